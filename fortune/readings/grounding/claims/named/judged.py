"""Claims on the engine's judgements: 용신 and the other roles, strength, 격국."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import IS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.places import is_near
from fortune.readings.grounding.sentences.scope import Sentence

# 금은 기신이라 관성운이 오면: it is said of what stands before it
_IS_SAID = re.compile(rf"(?:{IS}|이 (?:되|돼|됩|된)|에 해당)")


def role(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 용신 and the like: the element or the group of ten gods named for it."""
    back = 2 if at > 1 and s.mentions[at - 1].kind == "self" else 1
    steps = (at - back, at + 1) if _IS_SAID.match(s.text, one.end) else (at + 1, at - back)
    for step in steps:
        if not 0 <= step < len(s.mentions):
            continue
        other = s.mentions[step]
        first, second = (one, other) if step > at else (other, one)
        gap = s.gap(first, second)
        if (
            other.kind not in ("element", "god")
            or not (is_near(gap) or (gap in (", ", ", your ") and s.text[first.end - 1].isascii()))
            or re.search(r"돕|도와|생하|살리|극하|막|받쳐|(?<!기)운|설기", gap)
        ):
            continue
        if step < at and not re.match(
            r"^(?:의 기운|의| 기운|기운)?(?:을|를|이|가|이야말로|야말로) (?:바로 )?"
            r"(?:당신의 |당신에게 꼭 필요한 |당신에게 필요한 |이 사주의 |당신에게 |본인의 |회원님의 )?$"
            r"|^(?:은|는) (?:당신에게|당신의|이 사주의|이 사주에서|회원님에게) (?:꼭 |가장 )?$"
            r"|^(?:은|는|이|가|도) (?:이 사주에서 |이 명식에서 |바로 |곧 )?$"
            r"|^ $|^, your (?:\w+ )?$|^ as (?:your|the|a) $"
            r"| (?:is|are|counts? as|serves? as|acts? as|works? as|ranks? as|becomes?) (?:your |the |an? )*$",
            gap,
        ):
            continue
        yield from claim(s, "useful", school(s, one), (other.kind, other.value), one, other)
        if step > at:
            yield from _joined(s, step, one)
        return


# 조후를 따지면 겨울생이라 불이 필요합니다
_BY_CLIMATE = re.compile(r"조후(?:를|로|상|의|적으로|가|는|만|에서|에|까지)[^.]{0,24}$")
_IS_NEEDED = re.compile(
    r"^(?:의 기운| 기운)?(?:이|가) (?:\S+ ){0,2}?(?:필요(?!하지|없| 없)|급[하한해합]|절실|시급|요긴|간절|반갑|반가)"
)


# 조후로 보면 먼저 찾는 글자는 병화
_FIRST_ASKED = re.compile(
    r"(?:먼저|우선|가장 급히|제일 먼저) (?:\S+ )?(?:찾|필요|써야|쓰|구하|챙기|갖추)\S* (?:\S+ )?(?:것|글자|오행|기운|약)[은이] $"
)


def _asked_first(s: Sentence) -> Iterator[Claim]:
    """Read the sign that the season is said to ask for first."""
    for one in s.mentions:
        if one.kind in ("stem", "element") and _FIRST_ASKED.search(s.text, 0, one.start):
            yield from claim(s, "useful", "johu", ("element", _element_of(one)), one)


_FIRST = re.compile("먼저|우선|가장|제일")


def needed(s: Sentence) -> Iterator[Claim]:
    """Read the element that the season is said to ask for."""
    if "조후" not in s.text:
        return
    yield from _asked_first(s)
    for one in s.mentions:
        found = _IS_NEEDED.match(s.text[one.end :]) if one.kind in ("element", "stem") else None
        if found and _BY_CLIMATE.search(s.text[: one.start]) and not s.in_time(one.start):
            end, own = one.end + found.end(), _element_of(one)
            where = "johu" if _FIRST.search(found[0]) else "needed"
            yield from claim(s, "useful", where, ("element", own), one, end=end, given=True)


def _element_of(one: Mention) -> int:
    return int(one.value) // 2 if one.kind == "stem" else int(one.value)


_SCHOOLS = {"억부": "eokbu", "조후": "johu", "통관": "tonggwan"}


def school(s: Sentence, one: Mention) -> str:
    """Return the role that is told, or the one school that a 용신 is said to be of."""
    named = [key for word, key in _SCHOOLS.items() if word in s.text[: one.start]]
    return named[0] if one.value == "yongsin" and len(named) == 1 else str(one.value)


def _joined(s: Sentence, step: int, role: Mention) -> Iterator[Claim]:
    """Yield the further elements of a row: 용신은 목과 화."""
    while step + 1 < len(s.mentions) and s.mentions[step + 1].kind == "element":
        one, two = s.mentions[step], s.mentions[step + 1]
        if not re.match(r"^(?:와|과|, | 그리고 |·)\s?$|^,? and $", s.gap(one, two)):
            return
        yield from claim(s, "useful", role.value, (two.kind, two.value), role, two)
        step += 1


_STRENGTH_AFTER = re.compile(
    r"^(?:이|은|는|의)? ?"
    r"(?:한|하|해|합|이에요|예요|입니다|사주|인 |으로|에 |쪽|이라|이고|이며|명식|이지|편|판정|가 |\.|,"
    r"|아니|이 아니|이 아닌|chart|$| [·/] |라[ ,]|라서|으로|이기|이므로|이니|니)"
)


def lack(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 무관 사주 as a chart without the group."""
    yield from claim(s, "amount", one.value, "none", one)


_FORCE_OF = re.compile(r"^(?:의 ?|성 ?| ?)?(?:기운|세력|힘|오행)?(?:이|가|은|는|도) (?:[가-힣]{1,4} )?$")


# 책임감이 강한 사주: of the noun, not of the day stem.
_OF_A_NOUN = re.compile(
    r"(?<![가-힣])(?![가-힣]*(?:일간|일주|자신|본인|나|힘|몸|사주|명식)[이가] )[가-힣]+[이가] $"
)


def strength(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 신강, 신약 and the levels between."""
    after = s.text[one.end :]
    if s.text[one.start] in "강약" and _OF_A_NOUN.search(s.text[: one.start]):
        return
    if (
        at
        and s.mentions[at - 1].kind in ("element", "god", "yinyang")
        and _FORCE_OF.search(s.gap(s.mentions[at - 1], one))
    ):
        return  # 목 기운이 강한 사주
    others = [m for m in s.mentions if m.kind == "strength" and m is not one]
    if (others and after.startswith("한 사주는")) or after.startswith(":"):
        return  # 신강한 사주는 …, 신약한 사주는 …; 신강/신약: …
    near = [
        m
        for m in others
        if abs(m.start - one.start) < 8
        and not re.match(r"^: |^ (?:중|가운데|사이)", s.text[m.end : one.start])
    ]
    if (_STRENGTH_AFTER.search(after) or s.text[one.start].isascii()) and not near:
        end = one.end + (
            len(after) - len(after.lstrip("한 사주")) if after.startswith(("한 사주", " 사주")) else 0
        )
        denied = bool(
            re.match(
                r"^(?:한|하)? ?(?:사주|편|쪽|명식)?(?:이|가|은|는|지는|지)? ?(?:아니|아닌|아닙|않)", after
            )
        )
        yield from claim(s, "strength", "", one.value, one, affirmed=not denied, end=end)


def structure(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the name of a 격국, unless it is told as a possibility."""
    after = s.clause_after(one.end)
    if re.match(r"^(?:은|는|이란) .*(?:말[하해합]|뜻|가리|의미)", s.text[one.end :]):
        return
    if re.search(
        r"후보|가능성|볼 수도|볼 만큼|가까|가깝|성립하(?:기|려|지|는지|면)|되려|깨지|될 뻔", after
    ) or s.in_time(one.start):
        return
    more: dict[str, Any] = {"affirmed": False} if _NO_STRUCTURE.match(after) else {}
    yield from claim(s, "structure", "", one.value, one, **more)


_NO_STRUCTURE = re.compile(
    r"(?:으로|로|이라고|라고)(?:는|도)? "
    r"(?:보기(?:는|엔|에는)? (?:어렵|힘들)|보지(?:는)? 않|(?:볼|할|부를) 수(?:는)? 없|분류되지 않)"
    r"|(?:와|과)(?:는)? (?:거리가|무관|다르|달라|다른|관계가 없)"
    r"|(?:이|가|은|는) (?:성립되지|되지|이루어지지) ?(?:않|못)"
)
