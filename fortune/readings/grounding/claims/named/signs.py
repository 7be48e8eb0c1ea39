"""Claims on stems, branches and elements: in a cell, anywhere in the chart, or as the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import IS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.places import CELLS, INSTEAD, joined_places, other_time, places_of
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.readings.grounding.sentences.shin import as_branch

_AMONG = re.compile(
    r"(?:천간|지지|사주|명식|원국|팔자)(?: ?안)?"
    r"(?:을 보면|를 보면| 가운데(?:에)?| 중에서?| 중에는|에|에는|에서|에도|으로)(?: [가-힣]+)? ?$"
)
# 천간의 정화로 드러나, 지지의 오화가
_OF_HALF = re.compile(
    r"(?<![가-힣])(?:원국 |사주 |명식 )?(천간|지지)(?:의|에 (?:뜬|떠 있는|드러난|투출한|있는|놓인)) $"
)
_HIDDEN_IN = re.compile(r"지장간(?: 속| 안)?(?:에|에는|에도|으로) $")
_STANDS = re.compile(r"^(?:이|가|은|는|도) ?(?:\S+ ?개나? |\S+ )?(?:있|떠|투출|자리|놓|드러|없|보이|들어)")


def sign(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read where a stem or a branch stands: 월지에는 인목이, or, of no place, that it is in the chart at all."""
    through = ("god", "hidden") if _is_bracketed(s, at) else ("hidden",)
    if one.kind == "stem" and s.in_hiding(one.start):
        through = (*through, "branch")
    found = places_of(s, at, CELLS, through)
    yield from _in_cells(s, one, found)
    if not found and one.kind == "branch" and re.match(r"^ ?위에 (?:앉은|앉아)", s.text[one.end :]):
        yield from claim(s, "branch", "day.branch", one.value, one)
        return
    if found:
        return
    for year in places_of(s, at, ("year",), ("ganji",)):
        if re.search("천간|지지", s.text[year.end : one.start]):
            yield from claim(s, f"year_{one.kind}", year.value, one.value, year, one)
            return
    if one.kind == "stem" and s.in_hiding(one.start) and (branch := _holder(s, at)):
        yield from claim(s, "inside", branch.value, one.value, branch, one)
        return
    if (
        one.kind == "stem"
        and s.in_hiding(one.start)
        and _STANDS.search(s.text[one.end :])
        and _HIDDEN_IN.search(s.text[: one.start])
    ):
        yield from claim(s, "hidden", "*", one.value, one)
        return
    before = s.text[: one.start]
    half = _OF_HALF.search(before)
    there = bool(_AMONG.search(before) and _STANDS.search(s.text[one.end :]))
    there = there or (half is not None and (half[1] == "천간") == (one.kind == "stem"))
    if there and not s.in_time(one.start) and not s.in_hiding(one.start):
        yield from claim(s, one.kind, "*", one.value, one)
    elif one.kind == "stem":
        yield from _self(s, at, one, "stem", one.value)


_INSIDE = re.compile(
    r"^(?:\([^)]*\))? ?(?:속|안|의 지장간|지장간|에(?:는|도)? (?:숨|감|(?=[가-힣 ,·]{2,24}(?:들어 ?있|담겨|깃들))))|^(?:\([^)]*\))?(?:은|는|이|가) (?=[^.]{2,30}(?:품|숨기|감추|담고|간직))|^ (?:hides|conceals|contains)\b"
)


def _holder(s: Sentence, at: int) -> Mention | None:
    """Return the branch that a stem is said to be hidden in: 진토 속에는 을목과 신금이."""
    for one in reversed(s.mentions[:at]):
        if one.kind in ("branch", "animal"):
            return one if _INSIDE.search(s.text[one.end :]) else None
        if one.kind not in ("stem", "hidden", "god"):
            return None
    return None


_HAS_IT = re.compile(r"[이가은는] (?: ?\S+)?[을를] ")
_OF_ALL = re.compile(r"(?:에|인데|이고|이며|로),? (?:네 )?(?:지지|천간)[가는은이에]")


def _in_cells(s: Sentence, one: Mention, found: list[Mention]) -> Iterator[Claim]:
    for place in found:
        if other_time(s, place, one) or "끼리" in s.text:
            continue
        if place.kind == "place" and _OF_ALL.search(s.text, place.end, one.start):
            continue  # 무신일주에 지지가 유금 셋: of all the branches
        if place.value == "day.stem" and _HAS_IT.match(s.text[place.end : one.start] + s.text[one.end :]):
            continue  # 일간이 갑목 편관을 시간에 두었으니
        kind, value = one.kind, one.value
        if kind == "stem" and s.in_hiding(one.start) and not place.value.endswith(".stem"):
            kind = "hidden"
        elif kind == "stem" and place.value.endswith(".branch"):
            branch = as_branch(s, one)
            kind, value = branch.kind, branch.value
            if kind == "stem":
                continue
        if kind == "branch" and place.value.endswith(".stem"):
            continue
        yield from claim(s, kind, place.value, value, place, one)


def _is_bracketed(s: Sentence, at: int) -> bool:
    return at > 0 and s.gap(s.mentions[at - 1], s.mentions[at]).strip() in ("(", "인", ",")


_COPULA = rf"^(?:\)|의 기운| 기운|의| 오행)?(?:{IS}|인|,|\.)"


# 물이 시지에 있어
_AT_CELL = re.compile(r"^에(?:는|만)? (?:\S+ )?(?:있(?!지)|놓|자리|앉|떠|드러나(?!지)|뿌리)")
_HOLDS = re.compile(r"\b(?:includes?|contains?|holds?|hides?|are|is) (?:the )?(?:\w+ and )?$")


def _element_inside(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read which elements a branch hides: the hidden stems of your day branch include Fire."""
    if not _HOLDS.search(s.text, 0, one.start):
        return
    for place in places_of(s, at, CELLS, ("hidden", "branch", "element", "animal")):
        if not place.value.endswith(".stem"):
            yield from claim(s, "hidden", place.value, ("element", one.value), place, one)


def _element_at(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the cell or the pillar that an element is said to stand in: 물이 시지에 있어."""
    place = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    if place is None or place.kind not in CELLS or not re.match(r"^[이가은는] $", s.gap(one, place)):
        return
    row = joined_places(s, at + 1)
    if _AT_CELL.match(s.text[row[-1].end :]) and not s.in_time(one.start) and not s.in_hiding(one.start):
        for place in row:
            yield from claim(s, "element", place.value, one.value, one, place)


def element(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the element of a cell, or of the person."""
    if s.in_hiding(one.start):
        yield from _element_inside(s, at, one)
    found = places_of(s, at, ("cell",)) if not s.in_hiding(one.start) else []
    yield from _element_at(s, at, one)
    for place in found:
        if not other_time(s, place, one) and re.match(_COPULA, s.text[one.end :]):
            yield from claim(s, "element", place.value, one.value, place, one)
    # 당신은 굳은 나무예요 is a picture; 당신은 목(木)이에요 is a claim.
    if not found and not s.text.startswith(("나무", "불", "물", "흙", "쇠"), one.start):
        yield from _self(s, at, one, "element", one.value)


_SELF_AFTER = re.compile(
    r"^(?: ?특유의|의 날에 (?:태어|난)| (?:people|folks|natives) like you|으?로 살아"
    r"|에 해당하는 (?:사람|분|당신)"
    r"|에서 (?:나오|나옵|나와|비롯|시작|출발)"
    # 병화라는 글자가 곧 당신을
    r"|['’”]?(?:이?라는|란) (?:글자|기운|것|말)(?:이|가|은|는) (?:바로 |곧 )?(?:당신|본인|나|회원님)(?:의|을|를)"
    r"| ?일간| ?\)?의 ?사람"
    r"|(?:이라는|라는)? ?(?:같은|닮은) 사람|인 사람이|인 당신|답게|답고"
    # 병화로 태어난, 병화의 기운을 타고난
    r"|\)?(?:으)?로 (?:태어|타고|나)"
    r"|의 (?:기운|성정|기질|성품|성격)을 (?:타고|지니|지닌|지녔|가지|가진|가졌|갖)"
    r"|(?:을|를) (?:타고나|타고난|타고났|지니고 태어)"
    # 병화가 곧 사주에서 당신의 본질
    r"|(?:이|가|은|는) (?:곧 |바로 )?(?:사주(?:팔자)?(?:에서)? )?['‘“]?(?:당신|본인|회원님|나)['’”]?"
    r"(?:의|을|를)? ?(?:[가-힣]{1,6}(?:이자|와|과|하는|내는) )?"
    r"(?:본질|중심|본모습|본바탕|일간|모습|상징|나타|뜻|뿌리|얼굴|정체성|핵심|근본|대표|자신|그 자체|분신)"
    r"| 기운을 (?:타고|지니고)|의 기운으로 태어| 기운으로 태어| ?일간"
    r"| 타입| 성향의 사람| 체질| person(?! (?:might|may|would|could|will|can)\b)| type| individual| native| chart)"
)
_SELF_IS = re.compile(
    rf"^[)'’\"”]?(?:의 (?:기운|에너지|성질|기질|성정))?(?:{IS}|\.|,|:|;| ?[—–]| and|$"
    r"|(?:의 기운|의 물줄기|의 불꽃)?(?:이|가) (?:\S+ )?(?:흐르|자리|있|놓여|앉아|서 있|버티|빛나|타오르))"
)
_SELF_TOPIC = re.compile(
    # 당신은 밝고 따뜻한
    r"(?:당신|본인|회원님|[가-힣]님|(?<![가-힣])나|자신)(?:은|는|이란 사람은)\s(?:[가-힣·,]+\s){0,3}?['‘\"“]?$"
    r"|(?:당신|본인|나|회원님)의 (?:타고난 |기본 |본래 |진짜 )?"
    r"(?:본질|본성|본바탕|바탕|성정|기질|정체성|중심|뿌리|본모습|기본 기운|기운)(?:은|는|이)\s['‘\"“]?$"
    # 한 글자로 말하면, 비유하자면 해월에 태어난
    r"|(?:당신|본인|회원님|사주|명식)의 (?:중심|한가운데|한복판|바탕|뿌리|근본)에(?:는|서는)?,? (?:[가-힣]+ ){0,4}$"
    r"|한 글자로 (?:줄이면|말하면|하면|표현하면|요약하면)\s"
    r"|(?:표현|요약|정리|말|비유)(?:하자면|하면|한다면),?\s['‘“]?(?:[가-힣]월(?:의|에 태어난|에 난|생) )?$"
    r"|(?<!beneath )(?<!under )(?<!below )\b(?:[Yy]ou are|[Yy]ou're|[Yy]ou were born"
    r"|[Yy]ou (?:carry|have|embody|possess|share|hold) the "
    r"(?:spirit|nature|energy|essence|heart|qualities|soul) of"
    r"|came into the world|[Aa]s"
    r"|(?:heart|core|cent(?:er|re)) of (?:your|the) chart,? (?:you find|stands|is|sits|lies))\s"
    r"(?:an? |the |truly |essentially )*(?:of |under )?$"
)


# 임수는 큰 바다라서 당신은 …: what the stem is like, the reader is like.
_THEREFORE_YOU = re.compile(
    r"(?:은|는|이|가) (?!.{0,40}(?:필요|도움|만나|들어오|귀인|에게|부족|보완))[^.]{2,40}"
    r"(?:라|라서|처럼|같아서?|기에|으니|므로|듯이?),? "
    r"당신(?:은|도|의 (?:성격|마음|성품|기질)|역시)"
)
_SEAT = re.compile(
    r"(?:위에 앉은|깔고 앉은|뿌리를 둔|뿌리내린|뿌리를 내린|당신이 (?:지닌|가진|타고난|품은))\s$"
)


def _self(s: Sentence, at: int, one: Mention, topic: str, value: Any) -> Iterator[Claim]:
    """Read the day stem told as the person: 당신은 병화예요, 병화 같은 사람, 병화로 태어난."""
    after, before = s.text[one.end :], s.text[: one.start]
    last = s.mentions[at - 1] if at else None
    if last is not None and last.kind == "useful" and len(s.gap(last, one)) <= 3:
        return  # 용신이 토인 당신
    if (
        last is not None
        and last.kind == "birth_month"
        and re.match(r"^(?:의|에 태어난|에 난|생) $", s.gap(last, one))
    ):
        yield from claim(s, topic, "day.stem", value, last, one)
        return
    if (seat := _SEAT.search(before)) and topic == "stem":
        yield from claim(s, topic, "day.stem", value, Mention("self", True, seat.start(), seat.end()), one)
        return
    told = _SELF_TOPIC.search(before)
    if topic == "stem" and not before.strip("‘'\"“*- ") and _THEREFORE_YOU.match(after):
        yield from claim(s, topic, "day.stem", value, one)
        return
    if not (_SELF_IS.search(after) or _SELF_AFTER.search(after)):
        told = None
    if told or (
        _SELF_AFTER.search(after)
        and not s.in_time(one.start)
        and not re.search(r"(?:아주|마치|꼭|\b[Nn]o|\b[Aa]nother)\s$", before)
    ):
        if re.match(r"^ ?일간", after) and at + 1 < len(s.mentions) and s.mentions[at + 1].kind == "cell":
            return
        if re.match(r"^ ?(?:같은|닮은)", after) and one.kind == "element":
            return
        me = Mention("self", True, told.start(), told.end()) if isinstance(told, re.Match) else one
        yield from claim(s, topic, "day.stem", value, me, one)


# 쥐띠와, 쥐띠는, 쥐띠 친구: animals of others, and of people in general.
_ZODIAC_OTHERS = re.compile(
    r"^(?:와|과|랑|하고|들|끼리|라면|면|가(?! 아니)|이(?= )|를|에게|한테|는(?! 당신)|은|도|만|나 |거나"
    r"|, ?(?:[가-힣]{1,3}띠)|[·/와]"
    r"|인 (?!당신|회원|본인|만큼|분이시|데)"
    r"|의 (?!해|기질|성격|성향|특징|기운|매력|장점|당신|전형|특성)"
    r"| (?:친구|동료|상대|사람|자녀|아이|배우자|남편|아내|상사|부모|아버지|어머니|직원|선배|후배|손님|해))"
)


def zodiac(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 쥐띠예요 as the branch of the year."""
    after = s.text[one.end :]
    before = s.mentions[at - 1] if at else None
    if (
        before is not None
        and before.kind == "year"
        and before.value > 1000
        and s.gap(before, one) in ("생 ", "년생 ", " ")
    ):
        yield from claim(s, "zodiac_of", before.value, one.value, before, one)
    elif not _ZODIAC_OTHERS.search(after) and _is_only(s, at, one):
        yield from claim(s, "branch", "year.branch", one.value, one)


def _is_only(s: Sentence, at: int, one: Mention) -> bool:
    """Return whether a sentence names one animal, or this one instead of another: 원숭이띠가 아니라 닭띠."""
    rows = [m for m in s.mentions if m.kind == "zodiac"]
    if len(rows) == 2 and INSTEAD.search(s.gap(*rows)):
        return True
    return len(rows) == 1


def birth_month(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 해월에 태어난, 자월의 무토 as the branch of the month of birth."""
    yield from claim(s, "month_word", "", one.value, one)


def birth_hour(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 진시에 태어난 as the branch of the hour."""
    yield from claim(s, "branch", "hour.branch", one.value, one)


_ANIMAL_YEAR = re.compile(
    r"\b(?:[Yy]ou are|[Yy]ou're|[Aa]s"
    r"|[Yy]our (?:zodiac|animal|zodiac animal|zodiac sign|animal sign|birth animal) is"
    r"|[Bb]orn (?:as|under|in))"
    r"(?: the sign of)?(?: an?| the)? ?(?:\w+ )?$"
)


_IN_CELL = re.compile(r"^ (?:of|in|under|on|at) (?:the|your) $")
_SITS_ON = re.compile(
    r" (?:sits?|seated|sitting|rests?|stands?|rides?)(?: here)? (?:on|upon|above|over) (?:the |a |an )$"
)


def animal(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read an animal of English as the branch of a cell, or of the year of birth: you are a Rabbit."""
    if any(m.kind == "void" for m in s.mentions):
        return
    behind = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    is_in = behind is not None and behind.kind in CELLS and _IN_CELL.match(s.gap(one, behind))
    places = [behind] if behind and is_in else places_of(s, at, CELLS, ("god",))
    if places and not places[0].value.endswith(".stem"):
        yield from claim(s, "branch", places[0].value, one.value, places[0], one)
        return
    if (seat := _SITS_ON.search(s.text[: one.start])) and at:
        rider = s.mentions[at - 1]
        if rider.end < seat.start() - 1:
            return
        if rider.kind == "stem":
            yield from claim(s, "seat", rider.value, one.value, rider, one)
        elif rider.value == "day.stem":
            yield from claim(s, "branch", "day.branch", one.value, rider, one)
        return
    month = re.search(r"\b(month|day|hour) of the $", s.text[: one.start])
    if month and re.search(r"\b[Bb]orn\b|\b[Yy]our\b", s.text[: one.start]):
        yield from claim(s, "branch", f"{month[1]}.branch", one.value, one)
        return
    if s.text[one.start].isupper() and _ANIMAL_YEAR.search(s.text[: one.start]):
        unit = re.match(r" (month|day|hour)\b", s.text[one.end :])  # born in the Rat month
        yield from claim(s, "branch", f"{unit[1] if unit else 'year'}.branch", one.value, one)


def season(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 봄에 태어난."""
    yield from claim(s, "season", "", one.value, one)
