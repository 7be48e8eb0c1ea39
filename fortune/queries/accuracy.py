"""The accuracy figures that the test suite measures and writes to docs/accuracy.json."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings


@cache
def figures() -> dict[str, Any]:
    """Return the file's content; empty if nothing has been measured."""
    path = settings.BASE_DIR / "docs" / "accuracy.json"
    if not path.is_file():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
