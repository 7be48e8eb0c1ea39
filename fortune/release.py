"""Which release this is: a digest of all that pages are made of, besides their values."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from django.conf import settings

SOURCES: Final = (
    "config/**/*.py", "core/**/*.py", "fortune/**/*.py", "fortune/**/*.toml", "templates/**/*.html", "locale/**/*.mo",
    "static/**/*.js", "static/**/*.css",
)  # fmt: skip


@cache
def release() -> str:
    """Return a digest of the code and the templates, the same in every worker of a release."""
    root: Path = settings.BASE_DIR
    digest = blake2b(digest_size=16)
    for pattern in SOURCES:
        for file in sorted(root.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()
