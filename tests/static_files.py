"""Static files as Django's test clients see them: listed once for all of them, not anew by each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.base import WhiteNoise

_listed: dict[tuple[object, ...], dict[str, Any]] = {}
_list = WhiteNoise.update_files_dictionary


def _list_once(self: WhiteNoise, root: str, prefix: str) -> None:
    """Take the files of a folder from an earlier client, unless they were collected anew or are to be served otherwise."""
    manifest = Path(root, "staticfiles.json")
    collected = manifest.stat().st_mtime_ns if manifest.exists() else 0
    key = (root, prefix, collected, self.max_age, repr(settings.STORAGES))
    if key not in _listed:
        before, self.files = self.files, {}
        _list(self, root, prefix)
        self.files, _listed[key] = before, self.files
    self.files.update(_listed[key])


def list_once() -> None:
    """Have WhiteNoise list a folder once in a process.

    Each test client builds all middleware at its first request, and listing the files took three quarters of it.
    """
    WhiteNoise.update_files_dictionary = _list_once
