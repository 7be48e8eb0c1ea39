"""Hanja in HTML, marked as such, so that it is read aloud and drawn as Hanja."""

from __future__ import annotations

import re
from typing import Final

_HANJA: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")


def with_marked_hanja(markup: str) -> str:
    """Return HTML, of which no attribute holds Hanja, with each run of Hanja in an element that says what it is."""
    if not _HANJA.search(markup):  # most words have none, and to ask takes a sixth of the time
        return markup
    return _HANJA.sub(r'<span lang="ko-Hani">\g<0></span>', markup)
