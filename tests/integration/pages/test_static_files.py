"""Static files are collected beside a server that reads them: what hasn't changed is left as it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from whitenoise.compress import Compressor

from config.static import OnlyChanged

STORAGE = {"staticfiles": {"BACKEND": "config.static.HashedStorage"}}


def collect(folder: Path) -> None:
    with override_settings(STATIC_ROOT=folder, STORAGES=settings.STORAGES | STORAGE):
        call_command("collectstatic", "--no-input", verbosity=0)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return each file with its inode and the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Path:
    """Collect the files, most of which were collected with the template of the databases: compressing takes seconds."""
    folder = tmp_path_factory.mktemp("collected") / "static"
    shutil.copytree(settings.STATIC_ROOT, folder)
    collect(folder)
    return folder


@pytest.fixture
def folder(collected: Path, tmp_path: Path) -> Path:
    """Return a folder that the files were collected into, for one test to change."""
    return shutil.copytree(collected, tmp_path / "static")


def test_collecting_once_more_touches_no_file(folder: Path) -> None:
    first = stamps(folder)
    assert len(first) > 500
    collect(folder)
    assert stamps(folder) == first


def test_a_file_that_was_left_in_pieces_is_made_whole(folder: Path) -> None:
    names = json.loads((folder / "staticfiles.json").read_text())["paths"]
    sheet = folder / names["css/reading.css"]
    compressed = Path(f"{sheet}.br")
    whole = sheet.read_bytes(), compressed.read_bytes()
    sheet.write_bytes(whole[0][:100])
    compressed.write_bytes(whole[1][:100])
    collect(folder)
    assert (sheet.read_bytes(), compressed.read_bytes()) == whole


def test_what_is_there_under_two_names_is_compressed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []

    def compressed(data: bytes) -> bytes:
        made.append(data)
        return b"small"

    for form in ("compress_brotli", "compress_gzip"):
        monkeypatch.setattr(Compressor, form, staticmethod(compressed))
    texts = {"a.css": b"a {}" * 100, "a.1f2e.css": b"a {}" * 100, "b.css": b"b {}" * 100}
    compressor = OnlyChanged(quiet=True)
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
        assert len(compressor.compress(str(tmp_path / name))) == 2
    assert made == [texts["a.css"]] * 2 + [texts["b.css"]] * 2
    assert {path.read_bytes() for path in tmp_path.glob("*.[bg][rz]")} == {b"small"}
    assert len(list(tmp_path.iterdir())) == 9


@pytest.mark.django_db
def test_a_new_client_serves_what_has_been_collected_since(folder: Path) -> None:
    # The tests' clients share their list of a folder's files (tests/static_files.py).
    with override_settings(STATIC_ROOT=folder, STORAGES=settings.STORAGES | STORAGE):
        assert Client().get("/static/since.css").status_code == 404
        (folder / "since.css").write_text("a {}")
        (folder / "staticfiles.json").touch()
        served = Client().get("/static/since.css")
    assert (served.status_code, served.getvalue()) == (200, b"a {}")
