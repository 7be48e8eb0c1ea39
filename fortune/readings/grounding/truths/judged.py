"""The true values of what a text may say of the engine's judgements: strength and its tests, roots, 용신, 격국."""

from __future__ import annotations

from typing import Any

from fortune.readings.grounding.truths.natal import columns_of
from fortune.readings.grounding.truths.truth import Truth, Values
from fortune.readings.inputs import Person


def strength(where: Any, person: Person, truth: Truth) -> Values | None:
    """The levels that fit; None where they are told of another stem than the day's."""
    if where and not _is_own(where, person):
        return None
    s = person.facts.strength
    middle = s.level.startswith("junghwa")
    broad = "strong" if s.strong else "weak"
    level = s.level.removeprefix("junghwa_")
    very = {
        "taegang": "very_strong",
        "geukwang": "very_strong",
        "taeyak": "very_weak",
        "geukyak": "very_weak",
    }
    more = ("middle",) if middle else (very[s.level],) if s.level in very else ()
    return frozenset({s.level, level, broad, *more})


def useful(where: str, person: Person, truth: Truth) -> Values:
    u = person.facts.useful
    choices = {choice.method: choice for choice in u.choices}
    if where in ("eokbu", "johu", "tonggwan"):
        return frozenset({choices[where].element} if where in choices else ())
    if where in ("needed", "harmful"):
        chosen = {u.roles[0], *(choice.element for choice in u.choices)}
        return frozenset(chosen | {u.roles[1]}) if where == "needed" else frozenset(range(5)) - chosen
    at = ("yongsin", "huisin", "gisin", "gusin", "hansin").index(where)
    own = {u.roles[at]}
    if where == "yongsin":
        return frozenset(own | {choice.element for choice in choices.values()})
    return frozenset(own | {choice.roles[at] for choice in choices.values()})


def structure(where: str, person: Person, truth: Truth) -> Values:
    s = person.facts.structure
    keys = {s.key, *(candidate.key for candidate in s.candidates)}
    return frozenset(keys | {"jong" for key in keys if key.startswith("jong") and key != "jonghyeok_gyeok"})


def test(where: Any, person: Person, truth: Truth) -> Values | None:
    """Whether 득령, 득지, 득시 or 득세 holds; None where it is told of another sign than the day stem."""
    key, of = where
    if not _is_own(of, person):
        return None
    held = next(test.held for test in person.facts.strength.tests if test.key == key)
    return None if held is None else frozenset({held})


def _is_own(of: Any, person: Person) -> bool:
    """Return whether ("stem", n), ("element", n) or None, which names nothing, means the day stem."""
    day = person.pillars.day.stem
    return of is None or of[1] == (day if of[0] == "stem" else day // 2)


def rooted(where: tuple[str, int], person: Person, truth: Truth) -> Values:
    """Whether a cell hides the element; one that hides what feeds it passes for either."""
    cell, own = where
    return _rooted(own, {h.stem // 2 for c in columns_of(cell, person.facts)[0] for h in c.hidden})


def _rooted(own: int, elements: set[int]) -> Values:
    return frozenset({True} if own in elements else {True, False} if (own - 1) % 5 in elements else {False})


def root(where: Any, person: Person, truth: Truth) -> Values | None:
    """Whether the day stem has a root there: a hidden stem of its element; one that feeds it passes for either."""
    cell, of = where
    if not _is_own(of, person):
        return None
    own = person.pillars.day.stem // 2
    return _rooted(own, {h.stem // 2 for c in columns_of(cell, person.facts)[0] for h in c.hidden})
