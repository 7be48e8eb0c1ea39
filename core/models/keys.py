"""Which rotations of the encryption keys have finished."""

from __future__ import annotations

from django.db import models


class KeyRotation(models.Model):
    """Everything stored was under `key`, in `format`, when ``rotate_keys`` ended. Read through `core.security.rotation`."""

    key = models.CharField(primary_key=True, max_length=8)
    format = models.CharField(max_length=10)
    finished_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
