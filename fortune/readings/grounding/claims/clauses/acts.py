"""Claims on what one sign or element does to another: 올해의 병화는 일간을 극하는, 토가 금을 낳아, 물이 불을 생해요."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.claims.named.gods import sign_said
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

_ACTOR = re.compile(r"^(?:\([^)]{1,4}\))?(?: ?(?:기운|오행))?[은는이가] (?:[가-힣]+ )?$")
_DEED = re.compile(
    r"^(?:\([^)]{1,4}\))?(?: ?(?:기운|오행))?[을를] (?:직접 |다시 |그대로 |강하게 )?"
    r"(?:(?P<feed>생(?=하|해|합|[을를])|낳)|(?P<curb>극(?=하|해|합)|제극)|(?P<help>돕(?!지)|도와|도우))"
)
_SIGNS = ("stem", "branch", "element")
# 신금과 자수는 서로 상극 관계예요
_JOINS = re.compile(r"^(?:\([^)]{1,4}\))?(?: ?(?:기운|오행))?[와과] $")
_MUTUAL = re.compile(
    r"^(?:\([^)]{1,4}\))?(?: ?(?:기운|오행))?(?:[은는이가]|의 관계는) (?:서로 |원래 |본래 )?(?:(?P<feed>상생)|(?P<curb>상극))"
    r"(?= ?(?:관계|사이|하|해|이|의|으로|을))"
)


def acts(s: Sentence) -> Iterator[Claim]:
    """Yield that one feeds, curbs or helps the other, or that each does so to the other."""
    if "상생" in s.text or "상극" in s.text:
        yield from _mutual(s)
    for at, other in enumerate(s.mentions):
        deed = _DEED.match(s.text[other.end :])
        if deed is None or not at:
            continue
        one = s.mentions[at - 1]
        gap = s.gap(one, other)
        if other.kind in _SIGNS and one.value == "day.stem" and gap == " " and at > 1:
            one = s.mentions[at - 2]  # 병화가 일간 임수를
            gap = s.gap(one, s.mentions[at - 1])
        is_self = other.value == "day.stem" or other.kind == "self"
        if one.kind not in _SIGNS or not (is_self or other.kind in _SIGNS) or not _ACTOR.match(gap):
            continue
        if deed["help"] and other.kind not in ("cell", "stem"):
            continue  # 물이 당신을 도와요 tells what is useful, not what feeds
        yield from _told(s, one, None if is_self else sign_said(s, other), deed, other)


def _mutual(s: Sentence) -> Iterator[Claim]:
    """Yield that two signs feed or curb each other, in whichever direction."""
    for one, two in itertools.pairwise(s.mentions):
        told = _MUTUAL.match(s.text[two.end :]) if one.kind in _SIGNS and two.kind in _SIGNS else None
        if told and _JOINS.match(s.gap(one, two)):
            where = (sign_said(s, one), sign_said(s, two))
            kind = "feed" if told["feed"] else "curb"
            yield from claim(s, "mutual", where, kind, one, two, end=two.end + told.end())


def _told(s: Sentence, one: Mention, by: Any, deed: re.Match[str], other: Mention) -> Iterator[Claim]:
    kind = next(name for name, text in deed.groupdict().items() if text)
    yield from claim(s, "act", (sign_said(s, one), by), kind, one, other, end=other.end + deed.end())
