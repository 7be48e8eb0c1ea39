"""Safety: help lines at signs of crisis, and advice to see a professional.

At signs of crisis in any input the help lines stand in place of a reading, and cost no quota.
"""

from __future__ import annotations

import re

from fortune.readings.crisis import Sign, signs
from fortune.readings.texts import text

_CAUTIONS = {
    "health": re.compile(
        r"건강|아프|아픈|아파|병원|질병|수술|치료|진단|암(?:에|이|은|일|인)|우울|불면|임신|출산|난임|약을|증상|다이어트"
        r"|\b(?:health|ill(?:ness)?|sick|disease|surgery|hospital|pregnan\w*|depress\w*|cancer|medicine)\b",
        re.IGNORECASE,
    ),
    "money": re.compile(
        r"투자|주식|코인|비트코인|부동산|청약|대출|빚|펀드|로또|복권|창업|매수|매도|집을? (?:사|팔)|땅을"
        r"|\b(?:invest\w*|stocks?|crypto\w*|bitcoin|loans?|mortgage|debt|lottery|real estate)\b",
        re.IGNORECASE,
    ),
    "law": re.compile(
        r"소송|고소|고발|재판|변호사|법원|합의금|이혼|상속|계약서|위자료|형사|민사|처벌"
        r"|\b(?:lawsuit|sue|court|lawyer|divorce|inherit\w*|custody|contract)\b",
        re.IGNORECASE,
    ),
}


def crisis_in(*inputs: str) -> frozenset[Sign]:
    """Return the kinds of crisis that the visitor's own words speak of. Look before anything is written."""
    return frozenset[Sign]().union(*(signs(given) for given in inputs if given))


def crisis_text(found: frozenset[Sign], language: str) -> str:
    """Return the text that ``classic`` writes instead of a reading: the help lines, kindly.

    Pages show them above everything else, in words of their own (``templates/components/crisis.html``).
    """
    kinds = [kind for kind in ("self", "violence") if kind in found]
    return "\n\n".join(text(language, f"crisis.{kind}") for kind in kinds)


def cautions(question: str) -> tuple[str, ...]:
    """Return the domains among "health", "money" and "law" that a question touches."""
    return tuple(key for key, pattern in _CAUTIONS.items() if pattern.search(question))


def disclaimer(keys: tuple[str, ...], language: str) -> str:
    """Return a sentence for each domain that advises to see a professional."""
    return " ".join(text(language, f"care.{key}") for key in keys)
