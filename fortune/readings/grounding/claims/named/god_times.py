"""Claims on the ten gods of a time: of a year, a month, a day or a 대운, as a whole or by the halves of its pillar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.claims.named import luck
from fortune.readings.grounding.names.endings import BECOMES, IS, verbs
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.places import places_of
from fortune.readings.grounding.sentences.scope import Sentence

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
    r"(?:들어오|작용하|흐르|이끄|이끌|주도하|지배하|움직이|찾아오|활약하|함께하|함께 하|머무르|머무|만나|어우러지"
    r"|강해지|커지|세지|왕성해지|두드러지|뚜렷해지|활발해지|힘을 (?:얻|받)|강한|센|왕성한|두드러진|뚜렷한|많은|가득한)[는]? "
    r"(?:해|날|달|한 해|하루|시기|때|십 ?년|10년|대운|구간|국면|흐름)(?:이|예|입|로|라|여|,|\.)"
)


# 편재가 들어오는 병오년; 서른이 되는 올해, 관성의 해가 열려
_COMING = re.compile(
    r"^(?:이|가|을|를) (?:[가-힣]+ )?(?:들어오는|들어온|찾아오는|찾아온|오는|흐르는|이끄는|만나는|맞이하는|맞는) $"
)


def god_of_coming(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
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


def comes_in_time(s: Sentence, at: int, one: Mention) -> bool:
    """Return whether the words around a ten god tell it of a time as a whole."""
    after = s.text[last_joined(s, at).end :]
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


def god_of_time(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
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


def last_joined(s: Sentence, at: int) -> Mention:
    """Return the last of the ten gods joined to the one at ``at``: what is said behind it is said of each."""
    while at + 1 < len(s.mentions) and s.mentions[at + 1].kind == "god":
        if not _AND.match(s.gap(s.mentions[at], s.mentions[at + 1])):
            break
        at += 1
    return s.mentions[at]


def first_joined(s: Sentence, at: int) -> int:
    while at and s.mentions[at - 1].kind == "god" and _AND.match(s.gap(s.mentions[at - 1], s.mentions[at])):
        at -= 1
    return at
