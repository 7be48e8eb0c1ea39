"""The titled sections of each kind of reading, in their fixed order, and how far a text has come."""

from __future__ import annotations

import re

from fortune.readings.texts import lookup

_HEADING = re.compile(r"^## +(\S.*)$", re.MULTILINE)


def plan_of(kind: str, *, mode: str = "general", topic: str = "") -> str:
    """The key of the titles for a reading."""
    if kind == "full":
        return f"full_{mode}"
    return f"topic_{topic}" if kind == "topic" else kind


def titles(kind: str, *, mode: str = "general", topic: str = "", language: str = "ko") -> tuple[str, ...]:
    """The section titles, in order."""
    return tuple(lookup(language, f"titles.{plan_of(kind, mode=mode, topic=topic)}"))


def progress(text: str, total: int) -> tuple[int, int]:
    """How many sections of ``total`` have begun in ``text``: (n, total), n never above total."""
    return min(len(_HEADING.findall(text)), total), total
