"""Model fields that are encrypted in the database and plain in Python.

They can't be searched or sorted by, on purpose: the database never sees what is in them. Empty text and
None are stored as they are, so that "is a key set?" is a question the database can answer.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.db import models
from django.db.models.lookups import Exact

from core.security import crypto


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # generic only in the stubs
    """Text; ciphertext in the column."""

    description = "Encrypted text"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return crypto.encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return crypto.decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        return _only_emptiness(self, lookup_name)


class EncryptedJSONField(models.TextField):  # type: ignore[type-arg]
    """Any JSON value; ciphertext in the column. None is stored as NULL."""

    description = "Encrypted JSON"

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        return crypto.encrypt(msgspec.json.encode(value).decode())

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return None if value is None else msgspec.json.decode(crypto.decrypt(value))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj)

    def get_lookup(self, lookup_name: str) -> Any:
        return _only_emptiness(self, lookup_name)


class OnlyEmpty(Exact):
    """Equal plain texts have different ciphertexts: looking for anything but "empty" would find nothing."""

    def get_prep_lookup(self) -> Any:
        if self.rhs not in ("", None):
            raise TypeError("an encrypted field can only be asked whether it is empty")
        return super().get_prep_lookup()


def _only_emptiness(field: models.Field[Any, Any], name: str) -> Any:
    if name == "isnull":
        return models.TextField().get_lookup(name)
    if name == "exact":
        return OnlyEmpty
    raise TypeError(f"{field.name} is encrypted: it can't be looked up by {name}")
