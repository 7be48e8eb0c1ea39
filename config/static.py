"""Static files in production: compressed, named by their content, and so cached for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Also what a module imports goes by its hashed name: a page never mixes scripts of two releases."""

    support_js_module_import_aggregation = True
