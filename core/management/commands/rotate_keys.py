"""Encrypts every stored value anew under the first of FIELD_ENCRYPTION_KEYS."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from core.security import crypto
from core.security.fields import EncryptedJSONField, EncryptedTextField

BATCH = 500


class Command(BaseCommand):
    help = (
        "Encrypt stored values anew under the first of FIELD_ENCRYPTION_KEYS. Safe to run while the site "
        "serves, and to run again; take an old key away only after it has ended well."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            fields = [
                field
                for field in model._meta.concrete_fields
                if isinstance(field, (EncryptedTextField, EncryptedJSONField))
            ]
            for field in fields:
                done = self._rotate(model._meta.db_table, str(model._meta.pk.column), str(field.column))
                if options["verbosity"]:
                    self.stdout.write(f"{model._meta.label}.{field.name}: {done}")

    def _rotate(self, table: str, key: str, column: str) -> int:
        """Ciphertext to ciphertext: plain text never leaves this function's callee, nor JSON its form."""
        quote = connection.ops.quote_name
        table, key, column = quote(table), quote(key), quote(column)
        select = (
            f"SELECT {key}, {column} FROM {table} WHERE {column} <> '' AND (%s::text IS NULL OR {key}::text > %s)"  # noqa: S608
            f" ORDER BY {key}::text LIMIT {BATCH}"
        )
        # Only if it is still what was read: a value changed meanwhile is under the first key already.
        update = f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"  # noqa: S608
        done, last = 0, None
        while True:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(select, [last, last])
                rows = cursor.fetchall()
                for pk, token in rows:
                    cursor.execute(update, [crypto.rotate(token), pk, token])
            if not rows:
                return done
            done, last = done + len(rows), str(rows[-1][0])
