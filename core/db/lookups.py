"""Rows by one column, for the look-ups that every request makes: the statement is composed once, and not each time.

Building, resolving and compiling a queryset costs as much as everything else of such a query. The columns are selected as
the model's fields want it, so an encrypted value comes with its row's key, as in a queryset.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def rows(model: type[Row], column: str, value: object, *, ending: str = "") -> list[Row]:
    """Return the rows of ``model`` with ``value`` in ``column``; ``ending`` is SQL: an order, a limit."""
    statement = _statement(model, column, ending)
    return list(model._default_manager.raw(statement, [value]))


@lru_cache(maxsize=32)
def _statement(model: type[Model], column: str, ending: str) -> str:
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    compiler = model._default_manager.all().query.get_compiler(connection=connection)
    selected = []
    for field in model._meta.concrete_fields:
        name = quote(str(field.column))
        value, _ = field.select_format(compiler, f"{table}.{name}", ())
        selected.append(f"{value} AS {name}")
    return f"SELECT {', '.join(selected)} FROM {table} WHERE {quote(column)} = %s {ending}"  # noqa: S608 - names of the model's
