"""The reader of each kind of mention.

A sentence's mentions become claims by standing: a value belongs to the nearest place before it ("월지에는 편관이"), or
to the one right behind it ("경진 일주", "편관이 월지에"). The table alone decides whether a claim is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from fortune.readings.grounding.claims import support
from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.named import gods, judged, luck, samjae, signs, starred, stars
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence


def _star(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    yield from stars.star(s, at, one)
    yield from starred.starred(s, at, one)


_READERS = {
    "god": gods.god,
    "useful": judged.role,
    "strength": judged.strength,
    "structure": judged.structure,
    "stem": signs.sign,
    "branch": signs.sign,
    "element": signs.element,
    "zodiac": signs.zodiac,
    "season": signs.season,
    "birth_month": signs.birth_month,
    "birth_hour": signs.birth_hour,
    "animal": signs.animal,
    "star": _star,
    "stage": stars.stage,
    "void": stars.void,
    "nayin": stars.nayin,
    "ganji": luck.ganji,
    "decade": luck.first_age,
    "luck_age": luck.luck_age,
    "direction": luck.direction,
    "animal_year": luck.animal_year,
    "lack": judged.lack,
    "samjae": samjae.samjae,
    "test": support.tested,
}


def read(s: Sentence) -> Iterator[Claim]:
    """Yield the claims that a sentence makes."""
    for at, one in enumerate(s.mentions):
        reader = _READERS.get(one.kind)
        if reader is not None:
            yield from reader(s, at, one)
