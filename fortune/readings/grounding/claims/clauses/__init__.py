"""Readers of whole clauses: what is said of a subject that stands far from it, or in a clause before.

``predicates`` (over an attribute), ``continued`` (of the subject of the clause before), ``meets`` (합 and 충 with each of several), ``shown`` (투출),
``of_luck`` (the ten gods of a 대운), ``acts`` (생 and 극).
"""

from __future__ import annotations

from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.clauses import acts, continued, meets, of_luck, predicates, shown
from fortune.readings.grounding.sentences.scope import Sentence


def read(s: Sentence) -> Iterator[Claim]:
    """Yield the claims of a sentence's clauses; one that names a single thing has few of them."""
    kinds = s.kinds
    if "stem" in kinds:
        yield from shown.shown(s)
    if len(s.mentions) < 2:
        return
    if "god" in kinds or "stage" in kinds:
        yield from predicates.predicates(s)
    if not continued.KINDS.isdisjoint(kinds):
        yield from continued.continued(s)
    if "relation" in kinds:
        yield from meets.meets(s)
    if "ganji" in kinds and "god" in kinds:
        yield from of_luck.of_luck(s)
    yield from acts.acts(s)
