"""Find the sentences of a text that contradict the engine.

Precision comes before recall: only plain statements of a form that can be decided are checked, so that a mark
always means a contradiction. An unmarked sentence is not proved by that.
"""

from __future__ import annotations

from fortune.readings.grounding import english, natal, passing
from fortune.readings.grounding.truth import Finding, Passage, Truth

__all__ = ["Finding", "Truth", "check"]

_RULES = (*natal.RULES, *passing.RULES, *english.RULES)


def check(text: str, truth: Truth) -> tuple[Finding, ...]:
    """Return the contradictions in ``text``, in order, none overlapping."""
    found: list[Finding] = []
    passage, end = Passage(text), 0
    rows = (row for rule in _RULES for row in rule(passage, truth))
    for row in sorted(rows, key=lambda row: (row.start, -row.end)):
        if row.start >= end:
            found.append(row)
            end = row.end
    return tuple(found)
