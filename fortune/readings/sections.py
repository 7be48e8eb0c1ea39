"""The titled sections of each kind of reading, in their fixed order."""

from __future__ import annotations

from fortune.readings.texts import lookup


def plan_of(kind: str, *, mode: str = "general", topic: str = "", young: bool = False) -> str:
    """Return the key of the titles for a reading."""
    if kind == "full" and young and mode == "general":
        return "full_young"
    if kind == "full":
        return f"full_{mode}"
    return f"topic_{topic}" if kind == "topic" else kind


def titles(
    kind: str, *, mode: str = "general", topic: str = "", language: str = "ko", young: bool = False
) -> tuple[str, ...]:
    """Return the section titles, in order; ``young``: for a child or a teenager."""
    return tuple(lookup(language, f"titles.{plan_of(kind, mode=mode, topic=topic, young=young)}"))
