"""Static files as they are served: style sheets in one piece, compressed, named by their content, and so cached for ever."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
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


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Hashed names also for the modules that a script imports, so that a page never mixes two releases."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, tuple[Storage, str]], **options: Any) -> Iterator[Any]:
        ours = (name for name in paths if name.startswith("css/"))
        joined: dict[str, Any] = {name: (Joined(paths[name][0]), paths[name][1]) for name in ours}
        yield from super().post_process(paths | joined, **options)
