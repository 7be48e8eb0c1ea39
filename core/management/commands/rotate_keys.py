"""Encrypt every stored value again under the first of FIELD_ENCRYPTION_KEYS."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.utils import timezone

from core.accounts.second_factor import rewrite_secrets
from core.db import pool
from core.security import rotation


class Command(BaseCommand):
    help = (
        "Encrypt stored values anew under the first of FIELD_ENCRYPTION_KEYS, bound to their rows. Safe to run while "
        "the site serves, and to run again; take an old key away only after it has ended well."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = 0
        try:
            of_columns = rotation.rewrite(tell=self.stderr.write)
            for outcome in chain(of_columns, [rewrite_secrets(tell=self.stderr.write)]):
                self.stdout.write(f"{outcome.table}: {outcome.rewritten}")
                unreadable += outcome.unreadable
            if unreadable:
                raise CommandError(
                    f"{unreadable} values stay as they are, all others are rotated. Put the key that opens them "
                    "back at the end of FIELD_ENCRYPTION_KEYS and run this again, or delete their rows."
                )
            rotation.record(now=timezone.now())
        except (DatabaseError, pool.PoolTimeout) as error:
            reason = str(error).strip().partition("\n")[0]
            raise CommandError(f"the database: {reason}. What is rotated stays so; run this again.") from None
        if settings.FIELD_ENCRYPTION_KEYS:
            self.stdout.write(
                "everything is under the first key; the key from SECRET_KEY opens nothing any more"
            )
        else:
            self.stdout.write("everything is under the key from SECRET_KEY: FIELD_ENCRYPTION_KEYS is not set")
