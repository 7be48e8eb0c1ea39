"""Claims on 신살 of a sign, wherever it stands: 자수는 천을귀인이고, 역마살이 인목에 걸려 있어요."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import BECOMES, IS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.readings.grounding.sentences.shin import signs_meant

_SIGNS = ("stem", "branch")
_SIGN_IS = re.compile(
    r"^(?:\([^)]{1,6}\))?(?:[은는이가도]|에는|에도) (?:(?:바로|곧|모두|당신에게|회원님에게|동시에|또한) )*$"
)
_SAID = re.compile(
    rf"^(?:{IS}|{BECOMES}|[이가을를도]? ?(?:붙|있(?!지)|놓|걸려|자리|해당|임하|임해|들어|겸|지니|작용))"
)
_IN_SIGN = re.compile(r"^(?:[이가은는도]) (?:(?:바로|각각|모두) )?$")
_STANDS = re.compile(
    r"^(?:\([^)]{1,6}\))?에(?:는|도)? (?:\S+ )?(?:걸려|걸린|걸렸|있(?!지)|놓|자리|붙|임하|임해|들어)"
)


def starred(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the sign that a 신살 is said to be, or to stand in."""
    last = s.mentions[at - 1] if at else None
    is_sign = last is not None and last.kind in _SIGNS and not _is_in_cell(s, at - 1)
    if last and is_sign and _SIGN_IS.match(s.gap(last, one)) and _SAID.match(s.text[one.end :]):
        yield from _of_sign(s, last, one)
    sign = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    if (
        sign
        and sign.kind in _SIGNS
        and _IN_SIGN.match(s.gap(one, sign))
        and _STANDS.match(s.text[sign.end :])
    ):
        yield from _of_sign(s, sign, one)


def _is_in_cell(s: Sentence, at: int) -> bool:
    """Return whether the sign at ``at`` has its cell before it, whose stars are read by ``star``."""
    cell = s.mentions[at - 1] if at else None
    return cell is not None and cell.kind in ("cell", "place") and len(s.gap(cell, s.mentions[at])) <= 2


def _of_sign(s: Sentence, sign: Mention, one: Mention) -> Iterator[Claim]:
    if s.in_time(one.start):
        return
    yield from claim(s, "starred", signs_meant(s, sign), one.value, sign, one)
