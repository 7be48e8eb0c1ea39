"""Files go when their row does, after the commit.

Bound to the models that have files and to no other, and without a query: a model remembers the names it was
loaded with (`stored_files`, filled in its `from_db`). A roll-back keeps the file.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

log = logging.getLogger(__name__)


def follow(model: type[models.Model]) -> None:
    """This will delete a row's files with the row, and a file that another one has replaced."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.FileField)]

    def saved(instance: Any, **kwargs: object) -> None:
        now = {field.name: str(getattr(instance, field.name) or "") for field in fields}
        for field in fields:
            before = instance.stored_files.get(field.name, "")
            if before and before != now[field.name]:
                _delete_after_commit(field.storage, before)
        instance.stored_files = now

    def deleted(instance: Any, **kwargs: object) -> None:
        for field in fields:
            name = str(getattr(instance, field.name) or "")
            if name:
                _delete_after_commit(field.storage, name)

    post_save.connect(saved, sender=model, weak=False, dispatch_uid=f"files:{model._meta.label}:saved")
    post_delete.connect(deleted, sender=model, weak=False, dispatch_uid=f"files:{model._meta.label}:deleted")


def _delete_after_commit(storage: Storage, name: str) -> None:
    def delete() -> None:
        try:
            storage.delete(name)
        except OSError:
            log.warning("a file could not be deleted", exc_info=True)

    transaction.on_commit(delete)
