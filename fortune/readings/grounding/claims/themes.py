"""Claims on the named structures of ten gods: 식신생재의 구조, 관살혼잡이라, 상관패인을 이뤄요."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import IS, verbs
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

# 식신생재의 흐름이 이어져, 관살혼잡이라, 상관패인을 이뤄요, 살인상생 사주예요
_OF_CHART = re.compile(
    r"(?:격|형)?(?: ?\([^)]{1,10}\))?"
    r"(?:(?:의|인|이라는|을 이루는|을 이룬|이 되는|이 성립하는|를 이루는|를 이룬|가 되는)? ?"
    r"(?:구조|흐름|배치|사주|명식|팔자|구성|모습|형태|형국|조합|짜임)"
    rf"(?:{IS}|[가이를을은는로]|라)"
    rf"|(?!이라[는고])(?:{IS})"
    rf"|[이가을를] ?(?:\S+ )?(?:{verbs('이루|이뤄|성립|이어지|이어져|나타나|뚜렷하|뚜렷해|완성되|완성돼|갖춰|갖추|자리|있')}))"
)
# 은근한 식신생재, 지장간으로 보면: said with reserve, or of what is hidden.
_RESERVED = re.compile(
    r"은근|약하게|비슷|가까|엿보|희미|잠재|지장간|숨|암장|후보|처럼|넘어가|들어오|만나|오면"
)


_LACKING = re.compile("못|않|없|아니|아닌|어렵|힘들|드물")


# 관살이 섞이지 않아, 관살이 뒤섞여 있어
_MIXED = re.compile(
    r"^이 (?:서로 )?(?:뒤)?(?:섞(?:(?P<no>이지 ?않)|여|인|였)|혼잡(?:(?P<not>하지 ?않|되지 ?않)|하|해|한|되|돼))"
)


def mixed(s: Sentence) -> Iterator[Claim]:
    """Yield that 정관 and 편관 are both there, or are not."""
    for one in s.mentions if "관살이" in s.text else ():
        found = _MIXED.match(s.text[one.end :]) if s.text.startswith("관살", one.start) else None
        if found and not s.in_time(one.start):
            value = not (found["no"] or found["not"])
            where = ("jeonggwan", "pyeongwan")
            yield from claim(s, "theme", where, value, one, affirmed=True, end=one.end + found.end())


def themes(s: Sentence) -> Iterator[Claim]:
    """Yield that the chart has a structure; that it has none is never decided."""
    for one in s.mentions:
        if one.kind == "theme" and not _RESERVED.search(s.text) and not s.in_time(one.start):
            yield from _told(s, one)


def _told(s: Sentence, one: Mention) -> Iterator[Claim]:
    found = _OF_CHART.match(s.text, one.end)
    if found is not None and not _LACKING.search(s.clause_after(one.end)):
        for made in claim(s, "theme", one.value, True, one, end=found.end()):
            if made.affirmed:
                yield made
