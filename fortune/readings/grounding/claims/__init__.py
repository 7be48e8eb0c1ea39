"""The claims of a sentence about a chart: every reader takes a sentence and yields them (``claim``).

- ``named``: the claims about each thing that is named, by its kind.
- By whole sentences: ``amounts`` and ``counts`` (how many, how much), ``whole`` (all five elements, the four stems or
  branches, the strength), ``contacts`` (합 and 충), ``life`` (age and gender), ``ages`` (예순 초반), ``themes`` (식신생재), ``support`` (득령 and the like, roots),
  ``spans`` (when a 대운 begins and ends).
- ``clauses``: by clauses, whose subject may stand in the clause before.
- ``english``: an English sentence once more, clause by clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from fortune.readings.grounding.claims import (
    ages,
    amounts,
    clauses,
    contacts,
    counts,
    english,
    life,
    spans,
    support,
    themes,
    whole,
)
from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.named import by_name, judged
from fortune.readings.grounding.sentences.scope import Sentence

__all__ = ["Claim", "claims_of"]

_READERS = (
    by_name.read,
    amounts.amounts,
    counts.signs,
    counts.sums,
    counts.halves,
    contacts.relations,
    contacts.untouched,
    themes.themes,
    themes.mixed,
    whole.complete,
    whole.uniform,
    whole.only_at,
    whole.all_in,
    whole.own_force,
    whole.five,
    life.life,
    ages.ages,
    life.polarities,
    whole.rows,
    whole.present,
    support.support,
    clauses.read,
    spans.spans,
    judged.needed,
    english.read,
)


def claims_of(sentence: Sentence) -> Iterator[Claim]:
    """Yield the claims that a sentence makes."""
    for reader in _READERS:
        yield from reader(sentence)
