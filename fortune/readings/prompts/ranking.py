"""The order of facts in a prompt: what matters most for a kind of reading stands first, what it doesn't need is out.

A model that skims, or a prompt that is cut, still has the main things. The order is by the beginnings of ids.
"""

from __future__ import annotations

from collections.abc import Iterable

from fortune.readings.facts.pairs import OTHER
from fortune.readings.inputs import ReadingInput
from fortune.saju.statements.statement import Statement

_SELF = ("ilgan", "pillar.day", "life.", "hour.unknown")
_BALANCE = ("strength", "yongsin", "structure", "elements", "useful.")
_NOW = ("luck.now", "luck.year", "luck.next", "luck.samjae")
_CHART = ("ten_god.", "relation.", "pillar.", "group.", "role.", "void.", "luck.decade.")
_BY_KIND = {
    "full": (*_SELF, *_BALANCE, "ten_god.month", "ten_god.day", *_NOW),
    "daily": ("luck.day", *_SELF, "yongsin", "strength", "luck.now", "luck.year"),
    "year": ("luck.year", "luck.area.", "luck.now", *_SELF, *_BALANCE, "luck.month.", "luck.samjae", "luck.next", "luck.decade."),
    "match": ("pair.stems", "pair.days", "pair.useful", *_SELF, "yongsin", "strength", "pair.contact.", "pair.void", "luck."),
    "question": (*_SELF, *_BALANCE, *_NOW, "luck.month.", "luck.decade."),
}  # fmt: skip
# The facts that a topic needs first, after those of the self. 재성 and 관성 stand for the partner of a man and of a woman.
_BY_TOPIC = {
    "personality": ("ten_god.month", "ten_god.day", "strength", "stage.day", "star."),
    "wealth": ("group.jaeseong", "group.siksang", "yongsin", "strength"),
    "career": ("structure", "ten_god.month", "group.gwanseong", "group.siksang", "yongsin"),
    "love": ("ten_god.day", "stage.day", "group.jaeseong", "group.gwanseong", "star."),
    "health": ("elements", "useful.johu", "yongsin", "strength", "pillar.month"),
    "study": ("group.inseong", "group.siksang", "ten_god.month", "star."),
    "compatibility": ("ten_god.day", "yongsin", "elements", "relation."),
    "teacher": ("ten_god.month", "group.siksang", "group.inseong", "group.gwanseong"),
}
# Statements that would lengthen the prompt more than they help a reading. 공망 is told where it falls, and with a pair.
_LEFT_OUT = ("nayin.", "own_stage.", "palace.", "samjae", "polarity", "command")
_NOT_OF_A_PAIR = (
    "hidden.",
    "sinsal12.",
    "star.",
    "stage.",
    "role.",
    "void.",
    "luck.decade.",
    "group.",
    "relation.",
)
_ENDINGS = (".level", ".weight", ".count")  # all counts stand in "elements"


def ranked(facts: Iterable[Statement], m: ReadingInput) -> list[Statement]:
    """Return the facts that a prompt tells, the most important first; equals keep the order of the sheet."""
    left_out = (*_LEFT_OUT, *_NOT_OF_A_PAIR) if m.kind == "match" else _LEFT_OUT
    told = [
        row
        for row in facts
        if not row.id.removeprefix(OTHER).startswith(left_out) and not row.id.endswith(_ENDINGS)
    ]
    order = order_of(m)
    return sorted(told, key=lambda row: _place(row.id, order))


def order_of(m: ReadingInput) -> tuple[str, ...]:
    """Return the beginnings of ids in their order for this reading."""
    if m.kind == "topic":
        return (*_SELF, *_BY_TOPIC[m.topic], *_NOW, *_BALANCE, *_CHART)
    first = _BY_KIND[m.kind]
    if m.kind == "question" and m.other is not None:
        first = ("pair.stems", "pair.days", "pair.useful", *first, "pair.")
    return (*first, *_CHART)


def _place(fact: str, order: tuple[str, ...]) -> int:
    """Return the place of the first beginning that fits; the second person's facts stand with the first's."""
    own = fact.removeprefix(OTHER)
    return next((at for at, beginning in enumerate(order) if own.startswith(beginning)), len(order))
