"""Files beside the code: static ones, catalogues, what earlier releases left."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from core.ops.doctor.verdicts import Doubtful, Wrong


def static_files() -> str:
    hashed: dict[str, str] | None = getattr(staticfiles_storage, "hashed_files", None)
    if hashed is None:
        return "served from their folder"
    if not hashed:
        raise Wrong("no manifest: run collectstatic")
    for name in hashed.values():
        if not staticfiles_storage.exists(name):
            raise Wrong(f"{name} stands in the manifest and is not there: run collectstatic again")
    return f"{len(hashed)} files with their hashes"


def languages() -> str:
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).rglob("*.po"):
            if not source.with_suffix(".mo").exists():
                raise Doubtful(f"{source.parent.parent.name} is not compiled: run compilemessages")
    return ", ".join(name for _, name in settings.LANGUAGES)


def pictures() -> str:
    left = Path(settings.MEDIA_ROOT) / "pictures"
    if left.is_dir() and any(left.iterdir()):
        raise Doubtful(
            f"{left} holds pictures of an earlier release, now in the database: delete it (operations.md)"
        )
    return "in the database"
