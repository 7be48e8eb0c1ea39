"""Model fields that are encrypted in the database and plain in Python.

They can't be searched or sorted by, on purpose: the database never sees their content. Empty text and None
are stored as they are, so that the database can answer "is a key set?".

A value opens only in the cell that it was encrypted for (``core.security.crypto``), so both directions need the row's key:

- Writing: ``pre_save`` has the object, and encrypts for it. ``save``, ``create`` and ``bulk_create`` go through it;
  ``update`` and ``bulk_update`` don't, and refuse anything but an empty value, or one that is ``sealed`` for its row.
- Reading: every SELECT of the column asks for the row's key beside it (``select_format``), so that objects, deferred
  attributes, ``values`` and ``values_list`` all decrypt. An expression around the column would lose the key: it is refused.

The row's key must be known before the row is inserted: a UUID is, another row's key is, a number is with
``EarlyBigAutoField``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
from django.apps import apps
from django.core import checks
from django.db import connections, models, router
from django.db.models.lookups import Exact

from core.security import crypto

# Between the row's key and the stored value in what is selected; it occurs in neither.
BESIDE: Final = "|"


class Sealed(str):
    """A ciphertext for the row that is being saved."""

    __slots__ = ()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # generic only in the stubs
    """Text; ciphertext in the column."""

    description = "Encrypted text"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.sealed(model_instance, super().pre_save(model_instance, add))

    def sealed(self, row: models.Model, value: Any) -> str | None:
        """Return ``value`` as it is stored in ``row``; empty text and None as they are."""
        plain = self._plain(value)
        if not plain:
            return plain
        key = self.model._meta.pk.to_python(row.pk)
        if key is None:
            raise ValueError(f"{self} is encrypted for its row, whose key isn't known yet")
        return Sealed(self._sealed(plain, self.cell(str(key))))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "":
            return value
        if not isinstance(value, Sealed):
            raise TypeError(f"{self} is encrypted for its row: set it on an object and save that")
        return str(value)

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        quote = compiler.connection.ops.quote_name
        table, _, column = sql.rpartition(".")
        if not table or column != quote(self.column):
            raise TypeError(f"{self} is encrypted for its row: it can be selected, but not by an expression")
        stored = self.stored_sql(sql, quote)
        return f"{table}.{quote(self.model._meta.pk.column)}::text || '{BESIDE}' || {stored}", params

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        if value is None:
            return None
        row, beside, stored = value.partition(BESIDE)
        if not beside:
            raise TypeError(f"{self} is encrypted for its row: raw SQL can't select it")
        return self._value(self._opened(stored, self.cell(row))) if stored else stored

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return models.TextField().get_lookup(lookup_name)
        if lookup_name == "exact":
            return OnlyEmpty
        raise TypeError(f"{self.name} is encrypted: it can't be looked up by {lookup_name}")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        key: object = self.model._meta.pk
        if isinstance(key, EarlyBigAutoField) or not isinstance(key, models.AutoField):
            return super().check(**kwargs)
        hint = "Make the primary key a UUID or an EarlyBigAutoField."
        early = checks.Error(
            "An encrypted field needs its row's key before the INSERT.", hint, self, "core.E001"
        )
        return [*super().check(**kwargs), early]

    def stored_sql(self, column: str, quote: Callable[[str], str]) -> str:
        """Return the expression for what is stored, by that for the column."""
        return column

    def assigned(self, stored: str) -> dict[str, Any]:
        """Return what an UPDATE sets, by column, for this to be what is stored."""
        return {str(self.column): stored}

    def cell(self, row: str) -> crypto.Cell:
        return crypto.Cell(self.model._meta.db_table, str(self.column), row)

    def current_prefix(self) -> str | None:
        """Return how every value begins that a rotation leaves alone; None if that can't be told so."""
        return crypto.keyring().first.prefix if crypto.binds_rows() else None

    def is_current(self, stored: str) -> bool:
        """Return whether a rotation leaves this value alone."""
        return crypto.keyring().is_current(stored)

    def renewed(self, stored: str, row: str) -> str:
        """Return a stored value as it is written today. Raises ``crypto.Undecryptable``."""
        return crypto.rotate(stored, self.cell(row))

    def _sealed(self, plain: str, cell: crypto.Cell) -> str:
        return crypto.encrypt(plain, cell)

    def _opened(self, stored: str, cell: crypto.Cell) -> str:
        return crypto.decrypt(stored, cell)

    def _plain(self, value: Any) -> str | None:
        """Return the text to encrypt; an empty one or None is stored as it is."""
        return None if value is None else str(value)

    def _value(self, plain: str) -> Any:
        return plain


class FormerlyPlainTextField(EncryptedTextField):
    """Text of a column that the release before has plain: such a value is read, and encrypted by a rotation.

    It is written, too, as long as that release must be able to read it (``crypto.seals_texts``).
    """

    def current_prefix(self) -> str | None:
        return super().current_prefix() if crypto.seals_texts() else None

    def is_current(self, stored: str) -> bool:
        return super().is_current(stored) if crypto.seals_texts() else not crypto.is_bound(stored)

    def renewed(self, stored: str, row: str) -> str:
        cell = self.cell(row)
        plain = crypto.keyring().open(stored, cell)[1] if crypto.is_bound(stored) else stored
        return self._sealed(plain, cell)

    def _sealed(self, plain: str, cell: crypto.Cell) -> str:
        if crypto.seals_texts():
            return crypto.encrypt(plain, cell, is_compressed=True)
        # A text in the form of a ciphertext would be taken for one.
        return super()._sealed(plain, cell) if crypto.is_bound(plain) else plain

    def _opened(self, stored: str, cell: crypto.Cell) -> str:
        return super()._opened(stored, cell) if crypto.is_bound(stored) else stored


class PackedTextField(FormerlyPlainTextField):
    """A long text, written as bytes into a column of their own (``BytesOf``), which has no base64.

    Releases before have it in the column of this field's name, and may write there beside this one: what that
    column has is the newer value, because each release empties the one that it does not write. An UPDATE by ``save`` writes there,
    too: it need not have both columns. ``stored_in`` is for an ``update``.
    """

    def __init__(self, *args: Any, in_bytes: str, **kwargs: Any) -> None:
        self.in_bytes = in_bytes
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "in_bytes": self.in_bytes}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if add:
            return self.stored_in(model_instance, self.value_from_object(model_instance))[self.name]
        return super().pre_save(model_instance, add)

    def stored_in(self, row: models.Model, value: Any) -> dict[str, Any]:
        """Return both fields as they are stored in ``row``, for an ``update`` of it."""
        return self.assigned(self.sealed(row, value) or "")

    def stored_sql(self, column: str, quote: Callable[[str], str]) -> str:
        table, dot, _ = column.rpartition(".")
        held = f"{table}{dot}{quote(self.in_bytes)}"
        return (
            f"CASE WHEN {held} IS NULL OR {column} <> '' THEN {column} ELSE 'v' || get_byte({held}, 0) || '.' ||"
            f" encode(substr({held}, 2, 4), 'hex') || '.' || encode(substr({held}, 6), 'base64') END"
        )

    def assigned(self, stored: str) -> dict[str, Any]:
        if stored and crypto.packs():
            return {str(self.column): "", self.in_bytes: SealedBytes(crypto.to_bytes(stored))}
        return {str(self.column): Sealed(stored), self.in_bytes: None}


class SealedBytes(bytes):
    """A ciphertext for the row that is being saved, as bytes."""

    __slots__ = ()


class BytesOf(models.BinaryField):  # type: ignore[type-arg]  # generic only in the stubs
    """The bytes of a ``PackedTextField``, which reads and writes them: in Python it is always None."""

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(**{**kwargs, "null": True, "default": None})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not add:
            return models.F(self.name)  # as it is: the text, if it is saved, goes into the other column
        text: PackedTextField = self.model._meta.get_field(self.of)  # type: ignore[assignment]
        return text.stored_in(model_instance, text.value_from_object(model_instance))[self.name]

    def get_prep_value(self, value: Any) -> Any:
        if not isinstance(value, SealedBytes | None):
            raise TypeError(f"{self} is written by {self.of}")
        return value

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        return "NULL::bytea", ()


class EncryptedJSONField(EncryptedTextField):
    """Any JSON value; ciphertext in the column. None is stored as NULL."""

    description = "Encrypted JSON"

    def _plain(self, value: Any) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def _value(self, plain: str) -> Any:
        return msgspec.json.decode(plain)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj)


class OnlyEmpty(Exact):
    """The one lookup of an encrypted field. Equal texts have different ciphertexts: any other would find nothing."""

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        sql, params = super().process_lhs(compiler, connection, lhs)
        field: EncryptedTextField = self.lhs.output_field
        return field.stored_sql(sql, connection.ops.quote_name), params

    def get_prep_lookup(self) -> Any:
        if self.rhs not in ("", None):
            raise TypeError("an encrypted field can only be asked whether it is empty")
        return super().get_prep_lookup()


class EarlyBigAutoField(models.BigAutoField):  # type: ignore[type-arg]
    """A numbered primary key that is drawn from its sequence before the INSERT, in a statement of its own.

    The column is that of a ``BigAutoField``, and migrations see one.
    """

    def get_pk_value_on_save(self, instance: models.Model) -> int:
        using = instance._state.db or router.db_for_write(type(instance))
        connection = connections[using]
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(self.model._meta.db_table)
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table, self.column])
            return int(cursor.fetchone()[0])

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigAutoField", args, kwargs


def encrypted_columns() -> Iterator[tuple[type[models.Model], list[EncryptedTextField]]]:
    """Yield every model that has encrypted fields, with them."""
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        if fields:
            yield model, fields
