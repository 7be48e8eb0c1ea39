"""Claims on ten gods: of a cell, of a time, of a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim, is_missing
from fortune.readings.grounding.claims.named.god_times import (
    comes_in_time,
    first_joined,
    god_of_coming,
    god_of_time,
    last_joined,
)
from fortune.readings.grounding.names.endings import BECOMES, IS, SITS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.places import CELLS, other_time, places_of
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.readings.grounding.sentences.shin import as_branch, is_shin
from fortune.saju.glossary import TERMS

_PATTERN_IS = re.compile(
    r"\b(?:pattern|structure)(?: here| of (?:your|this|the) chart)? is (?:the |an? )?$|격국[은이] $"
)


def god(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the cell, the sign or the time that a ten god is said of."""
    if _PATTERN_IS.search(s.text, 0, one.start) and f"{one.value}_gyeok" in TERMS:
        yield from claim(s, "structure", "", f"{one.value}_gyeok", one)
        return
    in_cells = list(_god_in_cells(s, at, one))
    yield from in_cells
    if not in_cells and SITS.search(s.text[one.end :]) and not s.in_time(one.start):
        yield from claim(s, "god", "day.branch", one.value, one)
    if not in_cells:
        yield from _in_half(s, one)
    yield from _sign_god(s, at, one)
    yield from god_of_coming(s, at, one)
    if comes_in_time(s, at, one):
        yield from god_of_time(s, at, one)


# 천간에 정인이 떠서
_IN_HALF = re.compile(r"(?<![가-힣])(?:(?:이 )?(?:사주|명식|원국)의 )?(천간|지지)에(?:는|도)? $")
# 편재 두 개가 나란히 지지에 있어
_HALF_BEHIND = re.compile(
    r"^(?: (?:\S+ )?\S{1,2} ?(?:개|글자|자))?(?:이|가|은|는|도)(?: 모두| 다| 전부| 나란히| 함께| 오직)* (천간|지지)에(?:만|는)? "
    r"(?:\S+ )?(?:있(?!지)|떠|뜬|떴|투출|드러나(?!지)|드러났|드러난|자리|놓여|놓인|앉아|모여|나와)"
)
_SHOWN = re.compile(
    r"^(?:이|가) ?(?:\S+ )?(?:있(?!지)|떠|뜬|떴|투출|드러나(?!지)|드러났|자리|놓여|앉아|나와)"
)


def _in_half(s: Sentence, one: Mention) -> Iterator[Claim]:
    """Read that a ten god stands among the stems, or among the branches, of the chart."""
    half = _IN_HALF.search(s.text[: one.start])
    is_told = half and _SHOWN.match(s.text[one.end :])
    if not half:
        half = is_told = _HALF_BEHIND.match(s.text[one.end :])
    if half and is_told and not s.in_time(one.start) and not s.in_hiding(one.start):
        yield from claim(s, "god_in", "stem" if half[1] == "천간" else "branch", one.value, one)


def _god_in_cells(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    for place in places_of(s, at, CELLS, ("stem", "branch", "ganji", "element", "hidden", "zodiac")):
        seen = place.value == "day.stem" and (
            len(s.gap(place, one)) > 4 or _SEEN_BY.search(s.gap(place, one))
        )
        if not seen and not other_time(s, place, one) and not _TAKEN_FROM.match(s.gap(place, one)):
            topic = "hidden" if s.in_hiding(one.start) else "god"
            yield from claim(s, topic, place.value, one.value, place, one)


# 월령을 얻은 식신: where its force comes from, not where it stands.
_TAKEN_FROM = re.compile(r"^(?:을|를|의 (?:힘|도움)을) (?:얻|잃|받|타)")


# 을목은 일간 임수 입장에서 상관: whose eyes it is seen with, not where it stands.
_SEEN_BY = re.compile(r"(?:에게|한테|입장|기준|보기|보면|볼 때|대해|관점|눈)")
_IS_GOD = re.compile(
    # 병화는 당신에게, 목은 경금 일간의 입장에서는
    r"^(?: ?(?:오행|기운|글자|에너지))?(?:은|는|이|가|\(| \()? ?"
    r"(?:이 사주에서는?|당신|나|일간|본인|회원님|[가-힣]{2}|당신의 사주"
    r"|(?:당신의 )?일간(?:인)? ?\S{1,8}?|\S{1,4} ?일간)?"
    r"(?:의|에게는?|한테는?|에게서는?|(?:의)? ?입장에서는?|(?:을|를)? ?기준으로는?)?(?: 있어)? ?(?:바로 )?$"
    r"|^(?:년|월|대운)? ?(?:=|→) ?$"
    r"|^\)?(?: elements?| energy| stems?| branch(?:es)?| signs?)? (?:is|are|plays the role of|plays the part of|acts as|serves as|functions as|works as"
    r"|represents?|becomes?|corresponds to|is considered|counts? as|stands? for) (?:both |your |the |a |an )*$"
    r"|^ \($"
)
_CALLED_BRANCH = re.compile(
    r"(?:지지|[년연월일시]지)(?:의|에는|에|로는|인)? ?(?:놓인 |있는 |앉은 |자리한 )?$"
)
_GOD_OF = re.compile(
    # 재성인 목, 재성에 해당하는 글자는
    r"^(?:인|이자|에 해당하는(?: (?:글자|오행|것|기운)[은는])?|에 속하는"
    r"|을 뜻하는|를 뜻하는|을 상징하는|이 되는|가 되는|\()? ?$"
    r"|^(?:, | \(| |, which is |, that is )?"
    r"(?:is|are|represented by|shown by|expressed by|expressed as|seen in|namely) (?:the )?$"
    r"|^(?:은|는)(?: 당신에게| 이 사주에서| 본인에게| 회원님에게)?(?: 바로)? $"
)


# Any other words between a sign and the god it is said to be, if they are no deed of one to the other.
_SAID_OF = re.compile(
    r"^(?: ?(?:오행|기운|글자|에너지))?, ?(?:즉|곧) $"
    r"|^ (?:두|세|네) (?:글자|개)(?:은|는|이|가) (?:모두 |다 |나란히 |함께 )?$"
    r"|^(?:\([^)]*\))?(?: ?(?:오행|기운|글자|에너지))?(?:은|는|이|가) "
    r"(?!.*(?:돕|도와|생하|낳|극하|누르|설기|빼|막|제어|만나"
    r"|강하|약하|많|없|부족|필요|태어|인 |와 |과 |이고|며 |의 ))[^,.]{1,14}$"
    r"|^(?! and| or)[^.;]{0,30} "
    r"(?:is|means|represents|plays|becomes|acts as|stands for) (?:your |the |an? )*$"
)
_GOD_IS_EN = re.compile(
    r"^(?: (?:elements?|stars?|energy|gods?))?(?: (?:in|of) your chart)? "
    r"(?:is|are|corresponds to|comes from|is shown by|shows up as|means) (?:the )?(?:element )?$"
    r"|^(?: (?:elements?|stars?|energy))?: ?$"
)


def _sign_god(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read what a sign or an element is to the day stem: 병화는 편관, 재성인 목, 목(재성)."""
    first = s.mentions[first_joined(s, at)]
    before = _subject(s, first_joined(s, at))
    if before is None or before.kind != "ganji":
        before, first = _subject(s, at), one
    if before is not None and before.kind in ("stem", "branch", "element", "ganji"):
        yield from _god_of_sign(s, at, before, s.gap(before, first))
        return
    behind = next((m for m in s.mentions[at + 1 :] if m.kind != "self"), None)
    if behind is not None and behind.kind in ("stem", "branch", "element"):
        yield from _sign_behind(s, one, behind)


_GOD_SAID = re.compile(
    rf"^(?:{IS}|{BECOMES}|[.,]|의 (?:기운|에너지|별|오행|역할|자리|달|계절)(?:{IS}|[.,])"
    r"| for you| element| stars?|\((?:천간|지지)\)|$)"
)


# 갑목 편관을 시간에 두었으니
_APPOSED = re.compile(r"^(?:[을를이가은는도]|으로) ")


def _god_of_sign(s: Sentence, at: int, sign: Mention, gap: str) -> Iterator[Claim]:
    """Read the ten god told behind a sign: 병화는 편관이에요, 목(재성), 병화는 정화에게 겁재."""
    one = s.mentions[at]
    kind, value = sign_said(s, sign)
    after = s.text[(last_joined(s, at) if kind == "ganji" else one).end :]
    is_apposed = gap == " " and _APPOSED.match(after) and not is_shin(s, sign)
    if is_apposed and kind in ("stem", "branch"):
        yield from claim(s, "sign_god", (kind, value), one.value, sign, one, given=True)
        return
    if not (gap.strip() == "(" or re.search(r", ?(?:즉|곧) $", gap) or _GOD_SAID.match(after)):
        return
    if seen := _other_eyes(s, at):
        eyes, sign = seen
        yield from claim(s, "sign_god", sign_said(s, sign), one.value, sign, one, seen_by=eyes.value)
    elif gap and (_IS_GOD.search(gap) or _SAID_OF.search(gap)):
        topic, where = ("ganji_god", value) if kind == "ganji" else ("sign_god", (kind, value))
        more: dict[str, Any] = {"affirmed": True} if is_missing(s, one.end) else {}
        yield from claim(s, topic, where, one.value, sign, one, **more)


def _sign_behind(s: Sentence, one: Mention, sign: Mention) -> Iterator[Claim]:
    """Read the sign told behind a ten god: 재성인 목, 재성은 목이에요."""
    gap, after = s.gap(one, sign), s.text[sign.end :]
    is_one = gap.strip()[:1] not in ("은", "는") or re.match(
        rf"^(?: ?오행| ?기운)?(?:{IS}|{BECOMES}|[,.]|$)", after
    )
    apposed = gap == " " and re.match(r"^(?:이|가|을|를|은|는|의| 기운| 오행)(?: |$|[을를이가은는])", after)
    told = is_one and (_GOD_OF.search(gap) or _GOD_IS_EN.search(gap))
    if told and (gap.strip() or apposed or s.text[one.end - 1] in "는은"):
        more: dict[str, Any] = {"affirmed": True} if is_missing(s, sign.end) else {}
        yield from claim(s, "sign_god", (sign.kind, sign.value), one.value, one, sign, **more)


def _other_eyes(s: Sentence, at: int) -> tuple[Mention, Mention] | None:
    """Return the stem that sees and the sign that is seen: 병화는 정화에게 겁재."""
    one = s.mentions[at]
    before = [m for m in s.mentions[max(0, at - 4) : at] if m.kind != "self"][-2:]
    if len(before) < 2 or before[1].kind != "stem" or before[0].kind not in ("stem", "branch"):
        return None
    sign, eyes = before
    told = re.match(r"^(?:은|는|이|가)(?:\([^)]*\))? (?:바로 )?$", s.gap(sign, eyes))
    return (
        (eyes, sign)
        if told and re.match(r"^(?:인 \S{1,4}?)?(?:에게|에겐|한테|의? ?입장에서)", s.gap(eyes, one))
        else None
    )


def _subject(s: Sentence, at: int) -> Mention | None:
    """Return what a ten god is said of: the nearest thing named, but for the day stem that sees it."""
    one = s.mentions[at]
    rest = [m for m in s.mentions[:at] if m.kind not in ("self", "all_elements")]
    if rest and rest[-1].kind == "god" and s.gap(rest[-1], one) == ", your ":
        rest.pop()
    if rest and rest[-1].kind == "cell" and _SEEN_BY.search(s.gap(rest[-1], one)):
        cell = rest.pop()  # 병화는 일간에게 편관, 병화는 경금 일간에게 편관
        if len(rest) > 1 and rest[-1].kind == "stem" and s.gap(rest[-1], cell) == " ":
            rest.pop()
    elif len(rest) > 2 and rest[-2].kind == "cell" and _SEEN_BY.search(s.gap(rest[-1], one)):
        del rest[-2:]  # 병화는 일간 경금에게 편관
    return rest[-1] if rest else None


def sign_said(s: Sentence, one: Mention) -> tuple[str, Any]:
    """Return a sign's kind and value. 신금 is 申 where the sentence calls it a branch: 지지 신금, 지지의 신금."""
    if one.kind == "stem" and _CALLED_BRANCH.search(s.text[: one.start]):
        one = as_branch(s, one)
    return one.kind, one.value
