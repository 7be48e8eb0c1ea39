"""The titled sections of each kind of reading, in their fixed order."""

from __future__ import annotations

from fortune.readings.texts import known, lookup


def plan_of(kind: str, *, mode: str = "general", topic: str = "", age: str = "") -> str:
    """Return the key of the titles for a reading: those of an age where it has its own, else the common ones."""
    plan = {"full": f"full_{mode}", "topic": f"topic_{topic}"}.get(kind, kind)
    own = f"{plan}_{age}"
    return own if known("ko", f"titles.{own}") else plan


def titles(
    kind: str, *, mode: str = "general", topic: str = "", language: str = "ko", age: str = ""
) -> tuple[str, ...]:
    """Return the section titles, in order. ``age`` is ``ReadingInput.age``."""
    return tuple(lookup(language, f"titles.{plan_of(kind, mode=mode, topic=topic, age=age)}"))
