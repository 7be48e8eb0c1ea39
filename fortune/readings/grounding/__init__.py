"""Holds a text against the engine: sentences that state something else than the chart are found.

Precise rather than greedy: only plain statements of a form that can be decided are looked at, so that a
mark always means a contradiction. What is left unmarked is not thereby proved.
"""

from __future__ import annotations

from fortune.readings.grounding import english, natal, passing
from fortune.readings.grounding.truth import Finding, Passage, Truth

__all__ = ["Finding", "Truth", "check"]

_RULES = (*natal.RULES, *passing.RULES, *english.RULES)


def check(text: str, truth: Truth) -> tuple[Finding, ...]:
    """The contradictions in ``text``, in order, none overlapping."""
    found: list[Finding] = []
    passage, end = Passage(text), 0
    rows = (row for rule in _RULES for row in rule(passage, truth))
    for row in sorted(rows, key=lambda row: (row.start, -row.end)):
        if row.start >= end:
            found.append(row)
            end = row.end
    return tuple(found)
