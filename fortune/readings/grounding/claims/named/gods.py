"""Claims on ten gods: of a cell, of a time, of a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim, is_missing
from fortune.readings.grounding.claims.named import luck
from fortune.readings.grounding.names.endings import BECOMES, IS, SITS, verbs
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.places import CELLS, other_time, places_of
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.saju.glossary import TERMS

_HALF = re.compile(r"(천간|지지|하늘|땅)(?:은|는|이|가|으로는?|로는?|에는?|에서는?) $")
_HALF_EN = re.compile(
    r"^(?: star| energy)?(?: [a-z]+){0,2} (?:in|on|by|through|from) (?:the|its) (?:heavenly |earthly )?(?P<half>stem|branch)\b"
)
_GOD_TIME = re.compile(
    rf"^(?:{BECOMES}|(?:와|과) (?:함께|같이)"
    rf"|(?:이|가) (?:주인공|중심|핵심|{verbs('주도하|이끄|지배하|이루|이어지|교차하|섞이|감돌|깃들|드리우|머무르|흐르')})"
    r"|으?로 (?:이루어|이뤄|구성|짜[여인]|채워|물든|물들)"
    r"|의 ?(?:해|달|기운|성질|성격|색깔|영향|힘|에너지|무대|시기|운|흐름|날|때"
    r"|대운|세운|시절|계절|바람|구간|국면|시대|십 ?년|10년|물결|파도|길목)"
    r"|(?:을|를) (?:몰고|데리고|데려|불러|가져|싣고|안고|이끌고) ?[오와온올옵]"
    r"|(?:이|가) (?:손을 잡|손잡|나란히|번갈아|동행|어우러|힘을 합|고개를 들|문을 두드|다가오|얼굴을 내밀)"
    r"|(?:이|가) (?:천간|지지|하늘|땅)(?:에서?|으?로|를|을)[, ]"
    r"|(?:이|가) (?:함께 |같이 |나란히 |동시에 |천간으로 |지지로 |천간에 |지지에 )?"
    r"(?:들어|찾아|작용|오는|온|되는|됩)"
    r"| ?운|이에요|예요|입니다|에 해당|이라|이고|의 하루| ?대운| 해| 날|년|라| year| energy| influence| period"
    r"| comes| arrives| appears| enters| takes| steps| moves"
    r"| (?:기운|에너지|운)(?:이|가)? ?(?:들어|찾아|오|온|작용|흐르|함께)"
    r"|,? 운이|운이|운을|운으로)"
)
# 관성이 강하게 작용하는 해: of the year as a whole, not of what it does to a sign of the chart.
_WHOLE_TIME = re.compile(
    r"^(?:이|가) (?:\S+[게히] |\S+적으로 )?"
    r"(?:들어오|작용하|흐르|이끄|이끌|주도하|지배하|움직이|찾아오|활약하|함께하|함께 하|머무르|머무|만나|어우러지)[는]? "
    r"(?:해|날|달|한 해|하루|시기)(?:이|예|입|로|라|여|,|\.)"
)


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
    yield from _god_of_coming(s, at, one)
    if _comes_in_time(s, at, one):
        yield from _god_of_time(s, at, one)


# 편재가 들어오는 병오년; 서른이 되는 올해, 관성의 해가 열려
_COMING = re.compile(
    r"^(?:이|가|을|를) (?:[가-힣]+ )?(?:들어오는|들어온|찾아오는|찾아온|오는|흐르는|이끄는|만나는|맞이하는|맞는) $"
)


def _god_of_coming(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read a ten god as the attribute of a time behind it, or said of the year before it after a comma."""
    last = s.mentions[at - 1] if at else None
    if last and last.kind == "year" and s.gap(last, one) == ", " and s.text.startswith("의 해", one.end):
        yield from claim(s, "year_god", last.value, one.value, last, one)
    time = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    if time is None or not _COMING.match(s.gap(one, time)):
        return
    if time.kind == "year":
        yield from claim(s, "year_god", time.value, one.value, one, time)
    elif time.kind == "ganji" and re.match(r"^\)?(?:년| ?대운)", s.text[time.end :]):
        yield from claim(s, "ganji_god", time.value, one.value, one, time)


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


# The year brings a Direct Officer, 2026's Seven Killings: what stands between a time and its ten god.
_BRINGS = re.compile(
    r"^\)?,?(?: (?:which )?(?:brings|is (?:ruled|governed|led|coloured|colored) by|is|carries|holds|marks|means) "
    r"(?:an? |the |you |year of |time of )*"
    r"|,? (?:you |it |we )?(?:meet|meets|encounter|face|see|feel|invite|invites|usher in|ushers in"
    r"|welcome|bring|carries|delivers|offers) (?:an? |the |you |out )*"
    r"|(?:'s|’s) )$"
)


# 병오년의 편관이 당신을 시험해요
_TIME_S = re.compile(
    r"^\)?(?:년|년도|월|일| 대운)?(?:의|에|에는)? ?(?:새로 |함께 |천간으로 |지지로 )?"
    r"(?:(?<=의 )|(?:들어온|들어오는|찾아온|찾아오는|맞이한|맞이하는|만난|만나는|작용하는|흐르는) )$"
)


def _comes_in_time(s: Sentence, at: int, one: Mention) -> bool:
    """Return whether the words around a ten god tell it of a time as a whole."""
    after = s.text[_last_joined(s, at).end :]
    if re.match(r"^(?:이|가) \S*(?:게|히) ", after) and not _WHOLE_TIME.search(after):
        return False
    if _GOD_TIME.search(after) or _WHOLE_TIME.search(after):
        return True
    if at and _BRINGS.search(s.gap(s.mentions[at - 1], one)):
        return True
    if at and _TIME_S.match(s.gap(s.mentions[at - 1], one)):
        return s.mentions[at - 1].kind in ("year", "ganji", "decade", "today")
    return _HALF.search(s.text[: one.start]) is not None and (
        re.match(rf"^(?:{IS}|{BECOMES}|,|\.|$)", after) is not None
        or re.match(r"^(?:이|가) (?:들어|오|옵|와|작용|있|자리|흐르|찾아|놓)", after) is not None
    )


def _god_of_time(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the year, the month, the day or the 대운 that a ten god comes in."""
    passing = s.in_time(one.start) or not any(m.kind == "place" for m in s.mentions[:at])
    anchors = places_of(s, at, ("year", "today", "decade", "month"), ("ganji", "when", "age"))
    anchors = anchors or _time_of_half(s, at)
    if anchors and anchors[0].kind == "place":
        part = {"천간": "stem", "지지": "branch"}[_half_of(s, anchors[0], one)]
        yield from claim(s, "god", f"{anchors[0].value}.{part}", one.value, anchors[0], one)
        return
    in_month = any(m.kind in ("month", "decade") for m in s.mentions)
    for anchor in anchors or (places_of(s, at, ("ganji",)) if passing else ()):
        if anchor.kind == "year" and not in_month:
            half = _half_of(s, anchor, one)
            where = (anchor.value, half) if half else anchor.value
            yield from claim(s, "year_god", where, one.value, anchor, one)
        elif anchor.kind == "today":
            yield from claim(s, "day_god", "", one.value, anchor, one)
        elif anchor.kind == "month":
            year = anchor.value > 12 or next((m.value for m in s.mentions[:at] if m.kind == "year"), 0)
            yield from claim(s, "month_god", (int(year), anchor.value), one.value, anchor, one)
        elif anchor.kind == "ganji" and re.match(r"^\)?(?:년|월|일|대운)", s.text[anchor.end :]):
            yield from claim(s, "ganji_god", anchor.value, one.value, anchor, one)
        elif anchor.kind == "decade":
            yield from luck.decade(s, at, one, anchor, "decade_god", _half_of(s, anchor, one))


def _time_of_half(s: Sentence, at: int) -> list[Mention]:
    """Return the time whose halves are told one by one: 지금은 임진 대운으로, 천간은 정재이고 지지는 겁재예요."""
    if not _HALF.search(s.text[: s.mentions[at].start]):
        return []
    before = s.mentions[:at]
    if any(m.kind == "cell" for m in before):
        return []
    times = [m for m in before if m.kind in ("decade", "year", "today", "place")]
    decades = [m for m in times if m.kind == "decade"]
    return decades[-1:] or times[-1:]


def _half_of(s: Sentence, anchor: Mention, one: Mention) -> str:
    """Return which half of a year's pillar a ten god is said to come in; "" where a sentence leaves it open."""
    found = _HALF.search(s.text[: one.start]) or re.search("(천간|지지)", s.gap(anchor, one))
    found = found or re.match(r"^(?:이|가) (천간|지지|하늘|땅)(?:에|으?로|를|을)", s.text[one.end :])
    if found:
        return {"하늘": "천간", "땅": "지지"}.get(found[1], found[1])
    english = _HALF_EN.match(s.text[one.end :])
    return {"stem": "천간", "branch": "지지"}[english["half"]] if english else ""


_AND = re.compile(r"^(?:[와과] |[·,/] ?| 및 )$")


def _last_joined(s: Sentence, at: int) -> Mention:
    """Return the last of the ten gods joined to the one at ``at``: what is said behind it is said of each."""
    while at + 1 < len(s.mentions) and s.mentions[at + 1].kind == "god":
        if not _AND.match(s.gap(s.mentions[at], s.mentions[at + 1])):
            break
        at += 1
    return s.mentions[at]


def _first_joined(s: Sentence, at: int) -> int:
    while at and s.mentions[at - 1].kind == "god" and _AND.match(s.gap(s.mentions[at - 1], s.mentions[at])):
        at -= 1
    return at


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
    first = s.mentions[_first_joined(s, at)]
    before = _subject(s, _first_joined(s, at))
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


def _god_of_sign(s: Sentence, at: int, sign: Mention, gap: str) -> Iterator[Claim]:
    """Read the ten god told behind a sign: 병화는 편관이에요, 목(재성), 병화는 정화에게 겁재."""
    one = s.mentions[at]
    kind, value = sign_said(s, sign)
    after = s.text[(_last_joined(s, at) if kind == "ganji" else one).end :]
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
    if (
        one.kind == "stem"
        and s.text.startswith("신금", one.start)
        and _CALLED_BRANCH.search(s.text[: one.start])
    ):
        return "branch", 8
    return one.kind, one.value
