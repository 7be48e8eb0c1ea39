"""Static files are collected beside a server that reads them: what hasn't changed is left as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command

STORAGE = {"staticfiles": {"BACKEND": "config.static.HashedStorage"}}


def collect(settings: Any, folder: Path) -> dict[str, tuple[int, int]]:
    """Collect the files and return each with its inode and the time of its last change."""
    settings.STATIC_ROOT, settings.STORAGES = folder, settings.STORAGES | STORAGE
    call_command("collectstatic", "--no-input", verbosity=0)
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_collecting_once_more_touches_no_file(settings: Any, tmp_path: Path) -> None:
    first = collect(settings, tmp_path)
    assert len(first) > 500
    assert collect(settings, tmp_path) == first


def test_a_file_that_was_left_in_pieces_is_made_whole(settings: Any, tmp_path: Path) -> None:
    collect(settings, tmp_path)
    sheet = next(tmp_path.glob("css/reading.*.css"))
    compressed = Path(f"{sheet}.br")
    whole = sheet.read_bytes(), compressed.read_bytes()
    sheet.write_bytes(whole[0][:100])
    compressed.write_bytes(whole[1][:100])
    collect(settings, tmp_path)
    assert (sheet.read_bytes(), compressed.read_bytes()) == whole
