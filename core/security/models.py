"""Which rotations of the encryption keys have finished."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyRotation(models.Model):
    """Everything stored was under ``key``, in ``format``, when ``rotate_keys`` ended."""

    key = models.CharField(primary_key=True, max_length=8)
    format = models.CharField(max_length=10)
    finished_at = models.DateTimeField()

    class Meta:
        verbose_name = _("열쇠 바꾸기")
        verbose_name_plural = _("열쇠 바꾸기")

    def __str__(self) -> str:
        return self.key

    @classmethod
    def has_finished(cls, keys: Iterable[str]) -> bool:
        """Return whether a rotation to one of the keys with these ids has ended well."""
        return cls._default_manager.filter(key__in=keys).exists()
