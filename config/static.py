"""Static files in production: compressed, named by their content, and so cached for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Hashed names also for the modules that a script imports, so that a page never mixes two releases."""

    support_js_module_import_aggregation = True
