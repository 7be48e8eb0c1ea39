"""The titled sections of each kind of reading, in their fixed order."""

from __future__ import annotations

from fortune.readings.texts import known, lookup


def plan_of(kind: str, *, mode: str = "general", topic: str = "", age: str = "") -> str:
    """Return the key of the titles for a reading: those of an age where it has its own, else the common ones.

    Those of a child speak of the child to a parent; where there are none, they are those of everybody young.
    """
    plan = {"full": f"full_{mode}", "topic": f"topic_{topic}"}.get(kind, kind)
    ages = ("child", "young") if age == "child" else (age,)
    own = (f"{plan}_{each}" for each in ages)
    return next((key for key in own if known("ko", f"titles.{key}")), plan)


def titles(
    kind: str, *, mode: str = "general", topic: str = "", language: str = "ko", age: str = ""
) -> tuple[str, ...]:
    """Return the section titles, in order. ``age`` is ``ReadingInput.age``."""
    return tuple(lookup(language, f"titles.{plan_of(kind, mode=mode, topic=topic, age=age)}"))
