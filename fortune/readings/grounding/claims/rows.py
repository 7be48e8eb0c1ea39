"""The stems or the branches of a chart in one row: 네 지지는 묘·유·오·묘."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, STEMS, STEMS_KO

_ELEMENT = r"(?:[목화토금수木火土金水]?(?:\([^)]{1,2}\))?)"
_JOIN = r"(?:[·,/]| |, |와 |과 | · )"


def _pattern(name: str, signs: str) -> re.Pattern[str]:
    sign = f"[{signs}]{_ELEMENT}"
    return re.compile(
        rf"{name}(?:는|은|에는|에|를 보면|을 보면|:)? ?"
        rf"(?P<row>{sign}(?:{_JOIN}{sign}){{2,3}})"
        # a particle may follow, but no letter of another word, and no element that would belong to the last sign
        r"(?![가-힣](?<![이가로으입예의])|[목화토금수])"
    )


_ROWS = (
    ("stem", _pattern("천간", STEMS_KO + STEMS), STEMS_KO, STEMS),
    ("branch", _pattern("지지", BRANCHES_KO + BRANCHES), BRANCHES_KO, BRANCHES),
)


def rows(s: Sentence) -> Iterator[Claim]:
    """Yield the signs that stand in a row behind 천간 or 지지."""
    for part, pattern, hangul, hanja in _ROWS:
        if ("천간" if part == "stem" else "지지") not in s.text:
            continue
        found = pattern.search(s.text)
        if found is None or s.in_time(found.start()):
            continue
        signs = tuple(
            (hangul + hanja).index(one[0]) % len(hangul) for one in re.split(_JOIN, found["row"]) if one
        )
        yield from claim(s, "row", part, signs, Mention("row", signs, found.start(), found.end()))
