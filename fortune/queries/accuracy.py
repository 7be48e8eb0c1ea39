"""The accuracy figures: measured by the test suite, written to docs/accuracy.json, read by a page."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings


@cache
def figures() -> dict[str, Any]:
    """The file's content; empty when it has not been measured."""
    path = settings.BASE_DIR / "docs" / "accuracy.json"
    if not path.is_file():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
