"""Static files as they are served: style sheets in one piece, compressed, named by their content, and so cached for ever.

Collecting them once more leaves a file that hasn't changed as it is: a server may be reading the folder meanwhile.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.compress import Compressor  # type: ignore[import-untyped]
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

IMPORT: Final = re.compile(r'^@import "(.+)";$', re.MULTILINE)


class Joined:
    """A folder of static files in which a style sheet has what it imports in place of the imports.

    A browser asks for an import once it has read the sheet that names it, and shows nothing until then. Addresses in
    an imported sheet aren't changed: one with a ``url()`` stands in the same folder as the sheet that imports it.
    """

    def __init__(self, folder: Storage) -> None:
        self._folder = folder

    def open(self, path: str) -> ContentFile[bytes]:
        return ContentFile(self._read(path).encode())

    def _read(self, path: str) -> str:
        with self._folder.open(path) as file:
            sheet: str = file.read().decode()
        here = posixpath.dirname(path)
        return IMPORT.sub(lambda found: self._read(posixpath.normpath(posixpath.join(here, found[1]))), sheet)


class OnlyChanged(Compressor):  # type: ignore[misc]  # it has no types
    """Compress a file unless that has been done: what is compressed has the time of its original.

    Most files are there twice, under their own name and under one made of their content: the same is compressed once.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._made: dict[tuple[str, bytes], bytes] = {}
        self._turns: defaultdict[tuple[str, bytes], threading.Lock] = defaultdict(threading.Lock)

    def compress_brotli(self, data: bytes) -> bytes:
        return self._once("brotli", super().compress_brotli, data)

    def compress_gzip(self, data: bytes) -> bytes:
        return self._once("gzip", super().compress_gzip, data)

    def _once(self, form: str, make: Callable[[bytes], bytes], data: bytes) -> bytes:
        key = (form, hashlib.sha256(data).digest())
        with self._turns[key]:  # WhiteNoise compresses on several threads
            if key not in self._made:
                self._made[key] = make(data)
            return self._made[key]

    def compress(self, path: str) -> list[str]:
        used = {".br": self.use_brotli, ".gz": self.use_gzip}
        compressed = [Path(path + suffix) for suffix, is_used in used.items() if is_used]
        time = Path(path).stat().st_mtime
        if all(file.exists() and file.stat().st_mtime == time for file in compressed):
            return [str(file) for file in compressed]
        made: list[str] = super().compress(path)
        return made


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Hashed names also for the modules that a script imports, so that a page never mixes two releases."""

    support_js_module_import_aggregation = True
    _is_naming = False

    def post_process(self, paths: dict[str, tuple[Storage, str]], **options: Any) -> Iterator[Any]:
        ours = (name for name in paths if name.startswith("css/"))
        joined: dict[str, Any] = {name: (Joined(paths[name][0]), paths[name][1]) for name in ours}
        self._is_naming = True
        try:
            yield from super().post_process(paths | joined, **options)
        finally:
            self._is_naming = False

    def create_compressor(self, **options: Any) -> Compressor:
        return OnlyChanged(**options)

    def delete(self, name: str) -> None:
        """Delete a file, except before it is saved under a name made of its content: it may be the same."""
        if not self._is_naming:
            super().delete(name)

    def _save(self, name: str, content: File[bytes]) -> str:
        if self._is_naming and self.exists(name):
            with self.open(name) as there:
                if there.read() == b"".join(content.chunks()):
                    return name
            super().delete(name)
        saved: str = super()._save(name, content)
        return saved
