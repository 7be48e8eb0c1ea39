"""The words behind a noun by which a sentence says that something is it, in Korean and English."""

from __future__ import annotations

import re

IS = (
    r"이에요|예요|입니다|이고|이며|(?:며|고|지만)(?=[ ,])|이라|라서|라(?= |,)"
    r"|이죠|죠|이니|니까|니(?= |,)|인데|이기|기 때문|이므로|므로"
    r"|인(?= 만큼| 사주| 명식| 팔자| 데다| 당신| 셈)"
    r"|이랍니다|랍니다|이십니다|이세요|세요|이자|이네요|네요|이어서|여서|이었|였|이지요|지요"
    r"|이다(?=[ .])|이(?:나|면서)"
)
"""The copula and the connectives that hold it."""

BECOMES = (
    r"에 (?:해당|속)"
    r"|(?:이|가) (?:되|돼|됩|된)"
    r"|으?로(?:서)? ?(?:작용|쓰|기능|나타나|봅|보|볼|읽|풀|분류|자리|놓|들어|서 있|앉|의 역할|역할|통|불)"
    r"|의? ?역할"
    r"|으?로(?:서|써)? \S{1,6}(?:을|를) (?:뜻|상징|나타|의미|관장|담당|맡|이루|이룹)"
)
"""Verbs by which a thing is said to be, or to count as, another."""

OF_CHART = (
    r"(?:(?:당신의|당신|이|제|나의|내|회원님의|본인의|[가-힣]{2,3}님의|전체) ?)?"
    r"(?:사주|명식|원국|팔자|여덟 글자)(?: ?(?:원국|팔자|명식|전체|구성))?(?: ?(?:안|속|가운데|중))?"
)
"""The chart as a place: 당신의 사주 안, 원국, 사주팔자 전체."""

SITS = re.compile(
    r"^(?:을|를) (?:일지에 |발밑에 )?깔고|^(?:의 자리)?에 (?:앉은|앉아 있는|앉아 있어|좌한|앉았|앉습)"
)
"""Of nothing named: what one sits on is the branch of the day."""


def verbs(words: str) -> str:
    """Return a pattern of verb stems with the finals that endings put on their last syllable: 끝나, 끝난, 끝날, 끝납, 끝났."""
    return "|".join(_inflected(word) for word in words.split("|"))


def _inflected(word: str) -> str:
    code = ord(word[-1]) - ord("가")
    if not 0 <= code < 11172 or code % 28:
        return word
    return f"{word[:-1]}[{word[-1]}{''.join(chr(ord(word[-1]) + final) for final in (4, 8, 17, 20))}]"
