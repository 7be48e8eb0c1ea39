"""Claims on the pillars of a birth that a sentence writes out: 경진일에 태어난, 경오년 신사월 경진일 임오시, 庚午·辛巳·庚辰·壬午."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.saju.korean import PLACES_KO

_BORN = {
    "year": re.compile(
        r"^[)'’\"”]{0,2}(?:년생|년에 태어|년 출생|년에 출생|생이|년 태생|의 해에 (?:태어|난 |나신))"
    ),
    "month": re.compile(r"^[)]?(?:월에 태어|월생|월 태생)"),
    "day": re.compile(
        r"^[)'’\"”]{0,2}(?:일에 태어|날에? 태어|일생|일 출생|의 날에 (?:태어|난 |나신)|의 일주)"
    ),
    "hour": re.compile(r"^[)]?(?:시에 태어|시생)"),
}


def written_out(s: Sentence, at: int) -> Iterator[Claim] | None:
    """Return the claims of a birth's pillars in a row, or of the one that somebody was born in; None of other pillars."""
    one, row = s.mentions[at], _row_of(s, at)
    for place, born in _BORN.items():
        if born.search(s.text[one.end :]):
            return claim(s, "pillar", place, one.value, one)
    if row:
        return claim(s, "pillars", "", tuple(m.value for m in row), *row) if row[0] is one else iter(())
    told = re.match(r"^ ?\((year|month|day|hour)(?: pillar)?\)", s.text[one.end :])
    place = (told[1] if told else "") or _in_row(s, at) or _born_in(s.text[: one.start], s.text[one.end :])
    return claim(s, "pillar", place, one.value, one) if place else None


_LISTED = re.compile(r"^(?:[·,/]| |, |-| · |와 |과 | / |,? and |이고 |이며 )$")
_ALL_FOUR = re.compile(
    r"기둥|사주|팔자|명식|원국|년월일시|연월일시|[Ff]our [Pp]illars|\b[Cc]hart\b|四柱|八字"
)


def _row_of(s: Sentence, at: int) -> list[Mention]:
    """Return the three or four pillars of a birth that stand in one row, if the one at ``at`` is among them."""
    pillars = [m for m in s.mentions if m.kind == "ganji"]
    if not 3 <= len(pillars) <= 4 or not _ALL_FOUR.search(s.text) or s.in_time(0):
        return []
    listed = all(_LISTED.search(s.gap(a, b)) for a, b in itertools.pairwise(pillars))
    return (
        pillars
        if listed and not any(m.kind in ("place", "cell") and m.start < pillars[0].start for m in s.mentions)
        else []
    )


def _in_row(s: Sentence, at: int) -> str:
    """Return the place of a pillar in a birth written out: 계해년 을축월 기사일 갑자시, 갑자일에 병인시."""
    letters = dict(zip("년월일시", PLACES_KO, strict=False))
    units = {m: s.text[m.end : m.end + 1] for m in s.mentions if m.kind == "ganji"}
    own = units[s.mentions[at]]
    told = set(units.values())
    is_row = {"월", "일"} <= told and len(units) >= 3
    if own not in letters or not (is_row or {"일", "시"} <= told) or s.in_time(0):
        return ""
    return letters[own]


_DAY_NATIVE = re.compile(r"^ (year|month|day|hour)[- ](?:native|person|pillar|born)\b")
_BORN_IN = re.compile(
    r"\bborn (?:in|on|at|into|during) (?:the |an? )?(year|month|day|hour) (?:of )?(?:the )?$", re.IGNORECASE
)


def _born_in(before: str, after: str) -> str:
    found = _BORN_IN.search(before)
    if found is None and re.match(r"^ (?:by|in|for) (?:birth year|year of birth|your birth year)\b", after):
        return "year"
    if found is None and re.search(r"\b(?:man|woman|person|child|native|soul) of (?:the |an? )$", before):
        found = re.match(r"() (year|month|day|hour)\b", after)
        return found[2] if found else ""
    if found is None and re.search(r"\b(?:[Aa]s|[Yy]ou are|[Yy]ou're) an? $", before):
        native = _DAY_NATIVE.match(after)
        return native[1] if native else ""
    if found is None and re.search(r"\bborn (?:on|in|at) an? $", before):
        found = re.match(r"() (year|month|day|hour)\b", after)
        return found[2] if found else ""
    return found[1].lower() if found else ""
