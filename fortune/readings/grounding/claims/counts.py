"""Claims about how often one sign stands in a chart, and about half of its signs: 자수가 두 개, 절반이 불."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.amounts import BARE, COUNT, PLAIN, counted, key
from fortune.readings.grounding.claims.claim import DENIED, Claim, claim
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.names.numbers import NUMBER, number
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.readings.grounding.sentences.shin import signs_meant

_SIGNS = ("stem", "branch")
_COUNTED = re.compile(r"[\d하한둘두셋세넷네다여]")
_PIECES = re.compile(rf"\)?(?:이|가|은|는|도)? ?(?P<n>{NUMBER}) ?(?:그루|송이|마리|자루)")


def signs(s: Sentence) -> Iterator[Claim]:
    """Yield how often a sign is said to stand in the chart."""
    for at, one in enumerate(s.mentions):
        if one.kind in _SIGNS:
            yield from _often(s, at, one)


def _often(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read how often one sign stands in the chart: 자수가 두 개, 갑목이 하나뿐."""
    if not _COUNTED.search(s.text, one.end, one.end + 14):
        return
    row = s.mentions[max(0, at - 1) : at + 2]
    if (
        s.in_hiding(one.start)
        or s.in_time(one.start)
        or any(m.kind == one.kind and m is not one for m in row)
    ):
        return
    if any(
        m.kind in ("place", "cell") and m.value != "day.stem" for m in s.mentions[:at]
    ) and not _OF_ALL.search(s.text, 0, one.start):
        return
    where = signs_meant(s, one)
    rest = s.text[one.end : one.end + 44]
    found = COUNT.search(rest) or BARE.search(rest) or _PIECES.match(rest)
    if found and "더" not in found.group():
        n = counted(found)
        only = found.re is COUNT and found["only"]
        affirmed = bool(only) or not DENIED.search(s.clause_after(one.end + found.end()))
        yield from claim(s, "sign_count", where, n, one, affirmed=affirmed, end=one.end + found.end())


# 무신일주에 지지가 유금 셋
_OF_ALL = re.compile(
    r"(?:지지|천간|사주|원국|명식)(?:에는?|가|는|은|이) [^,.]{0,12}$|(?:지지|천간)[가는은이] [^.]{0,16}, $"
)


# 비견과 겁재를 합치면 네 글자
_SUM = re.compile(
    rf"(?:[을를] |까지 )?(?:모두 |다 )?(?:합치면|합하면|더하면|합쳐서?|합해서?) (?:모두 |무려 |총 )?(?P<n>{NUMBER}) ?(?:개|글자|자)"
)
_ADDED = re.compile(r"^(?:\([^)]{1,4}\))?(?:와|과|에|하고) $")


def sums(s: Sentence) -> Iterator[Claim]:
    """Yield how many signs of two kinds there are together."""
    if "합하" not in s.text and "합치" not in s.text and "합쳐" not in s.text and "더하" not in s.text:
        return
    for one, two in itertools.pairwise(s.mentions):
        told = (
            _SUM.match(s.text, two.end) if one.kind == two.kind and one.kind in ("god", "element") else None
        )
        if told and _ADDED.match(s.gap(one, two)) and not s.in_time(one.start) and not s.in_hiding(one.start):
            where = (key(one), key(two))
            yield from claim(s, "sum", where, number(told["n"]), one, two, affirmed=True, given=True)


_HALF = re.compile(r"(?<![가-힣])절반(?: ?(?:이상|가까이|가량|정도|쯤))?(?:이|은|을|가)? ?$")
_HALF_BEHIND = re.compile(r"^\)?(?: ?기운| ?오행)?\S (?:\S+ ){0,2}?절반(?:을|이|에|쯤|가까|이상| )")


def halves(s: Sentence) -> Iterator[Claim]:
    """Read that half of the signs are of an element or a group: 절반이 불로 채워져, 목이 절반을 차지."""
    if "절반" not in s.text:
        return
    for one in s.mentions:
        if one.kind not in ("element", "god") or s.in_time(one.start):
            continue
        if s.text[one.start : one.end] in PLAIN and s.text.startswith("에 ", one.end):
            continue  # 용돈의 절반을 나무에 쓰세요
        if _HALF_BEHIND.search(s.text[one.end :]) or _HALF.search(s.text[: one.start]):
            yield from claim(s, "amount", key(one), "half", one)
