"""Rows by one column, for the look-ups that every request makes: the statement is composed once, and not each time.

Building, resolving and compiling a queryset costs as much as everything else of such a query, and reading its rows through
one (``raw``) half as much again. The columns are selected as the model's fields want it, and converted as they convert it,
so an encrypted value comes with its row's key, as in a queryset.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class _Statement(NamedTuple):
    """SQL up to its ending, the names of its columns' attributes, and what converts some of them, by place."""

    sql: str
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]


def rows(model: type[Row], column: str, value: str | int | UUID, *, ending: str = "") -> list[Row]:
    """Return the rows of ``model`` with ``value`` in ``column``; ``ending`` is SQL: an order, a limit."""
    using = model._default_manager.db
    connection = connections[using]
    statement = _statement(model, column, using)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement.sql} {ending}", [value])
        found = cursor.fetchall()
    made = []
    for row in found:
        values = list(row)
        for at, converters, expression in statement.converters:
            for convert in converters:
                values[at] = convert(values[at], expression, connection)
        made.append(model.from_db(using, statement.names, values))
    return made


@lru_cache(maxsize=32)
def _statement(model: type[Model], column: str, using: str) -> _Statement:
    connection = connections[using]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    compiler = model._default_manager.all().query.get_compiler(connection=connection)
    fields = model._meta.concrete_fields
    selected = []
    for field in fields:
        name = quote(str(field.column))
        value, _ = field.select_format(compiler, f"{table}.{name}", ())
        selected.append(f"{value} AS {name}")
    columns = [field.get_col(model._meta.db_table) for field in fields]
    converters = compiler.get_converters(columns)
    return _Statement(
        f"SELECT {', '.join(selected)} FROM {table} WHERE {quote(column)} = %s",  # noqa: S608 - names of the model's
        tuple(field.attname for field in fields),
        tuple((at, tuple(functions), expression) for at, (functions, expression) in converters.items()),
    )
