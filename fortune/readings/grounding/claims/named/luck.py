"""Claims on pillars: of birth, of a year, a month, a day or a 대운."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.claims.named.births import written_out
from fortune.readings.grounding.names.endings import verbs
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.places import is_near, places_of
from fortune.readings.grounding.sentences.scope import BREAK, Sentence

_PASSING_NOW = re.compile(
    r"^(?:을|를|의|에|이(?= 한))? ?"
    r"(?: (?:that |which )?(?:you are|you're) (?:now |still |currently )?(?:in\b|living|passing|going)|"
    rf"{verbs('지나|보내|살고|살아가|걷고|걷는|머물|통과|한가운데|한창|중이|중에|있어|있으|흐르는 중|접어드|들어와 있')})"
)
_IN_NOW = re.compile(
    r"\b(?:[Yy]ou are|[Yy]ou're) (?:now |still )?(?:in|living in|living through|passing through|going through) "
    r"(?:the (?:first|second|third|middle|early|later|last|final|closing|opening) (?:years?|half|part|stretch|phase) of )?"
    r"(?:the |a |your )?$"
)
_ENDS = re.compile(
    r"^(?:년)?(?: ?(?:\d{1,2}월|말|초|[상하]반기))?(?:에|으?로|이면|까지)?(?:는)? ?(?:[가-힣]+ ){0,2}"
    rf"(?:{verbs('끝나|끝이|마무리|막을 내|바뀌|교체|넘어|이어지')})"
)


def ganji(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read what a pillar belongs to: a birth, a place, a year, a month, a day or a 대운."""
    written = written_out(s, at)
    if written is not None:
        yield from written
        return
    behind = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    if (
        behind is not None
        and behind.kind == "decade"
        and re.match(r"^(?:으?로)? ?$|^, (?:an? |your |the )(?:[\w-]+ )?$", s.gap(one, behind))
    ):
        yield from decade(s, at, one, behind, "decade")
        return
    if re.search(r"세운(?:이|은|는) $", s.text[: one.start]) and not any(
        m.kind == "year" for m in s.mentions
    ):
        yield from claim(s, "year", 0, one.value, one)
        return
    last = s.mentions[at - 1] if at else None
    if last and last.kind == "ganji" and re.match(r"^\)?(?:일주)?(?:은|는|이|가) $", s.gap(last, one)):
        yield from claim(s, "pictured", last.value, one.value, last, one)
        return
    if (
        _LIKENED.match(s.text[one.end :])
        and re.search("일주|당신|회원님|날에 태어", s.text)
        and not s.in_time(one.start)
    ):
        yield from claim(s, "pillar", "day", one.value, one)
        return
    yield from _beside(s, at, one)


def _beside(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the place, the decade or the time that a pillar stands beside."""
    found = places_of(s, at, ("place", "decade", "year", "month", "today"), ("age", "when", "stem", "branch"))
    behind = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    is_own = behind is not None and behind.kind == "place" and s.gap(one, behind) in (" your ", " the ")
    for anchor in found:
        if anchor.kind == "place" and is_own and anchor is not behind:
            continue  # Ding Mao is your year pillar, Geng Xu your month pillar
        if anchor.kind == "place":
            yield from claim(s, "pillar", anchor.value, one.value, anchor, one)
        elif anchor.kind == "decade":
            yield from decade(s, at, one, anchor, "decade")
        elif anchor.kind == "year" and (month := _month_of(s, anchor)):
            yield from claim(s, "month", (anchor.value, month.value), one.value, month, one)
        elif anchor.kind == "year" and (
            _OF_DECADE.match(s.text, one.end)
            or _FROM_ON.search(s.text, 0, anchor.start)
            or _INTO.search(s.text, 0, one.start)
            or _LUCK_EN.search(s.text, anchor.end, one.start)
        ):
            continue
        elif anchor.kind == "year":
            yield from claim(s, "year", anchor.value, one.value, anchor, one)
        elif anchor.kind == "month" and anchor.value > 12:
            yield from claim(s, "month", (0, anchor.value), one.value, anchor, one)
        elif anchor.kind == "month" and not re.search(r"\d일", s.gap(anchor, one)):
            yield from claim(s, "month", (_year_before(s, at), anchor.value), one.value, anchor, one)
        elif "일진" in s.text[anchor.start : anchor.end] or re.match(
            r"^[)'’\"”]{0,2}(?:일|이에요|예요|입니다|이고|이라|라|의|,|\.|$)", s.text[one.end :]
        ):
            yield from claim(s, "day", "", one.value, anchor, one)


# Around 2030 the Water Tiger hands over: a decade that ends or begins in the year.
_OF_DECADE = re.compile(
    r"\)?(?: (?:decade|luck|cycle|pillar))? (?:hands?|gives? way|yields?|begins?|ends?|starts?|takes? over|follows?|closes?|opens?|makes? way)\b"
)
_FROM_ON = re.compile(
    r"\b(?:[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Aa]round|(?:middle|end|beginning|start|spring|summer|autumn|winter) of|\d{4} (?:to|and|through)) $"
)
_LUCK_EN = re.compile(r"\b(?:luck|decade|cycle)\b")
_INTO = re.compile(r"\b(?:entered|into|began|started|begun|in) (?:the |an? )?$")
_LIKENED = re.compile(r"^(?:에|로|으로)(?:도)? (?:비유|불리|불려|통하)")


def _month_of(s: Sentence, year: Mention) -> Mention | None:
    """Return the month in "January of the next year"."""
    months = (m for m in s.mentions if m.kind == "month" and m.end <= year.start)
    return next((m for m in months if re.match(r"^ of (?:the )?$", s.gap(m, year))), None)


def _year_before(s: Sentence, at: int) -> int:
    return next((m.value for m in reversed(s.mentions[:at]) if m.kind == "year"), 0)


def decade(
    s: Sentence, at: int, one: Mention, anchor: Mention, topic: str, half: str = ""
) -> Iterator[Claim]:
    """Read which 대운 a pillar or a ten god is said of: the present one, the next, that from an age on."""
    where: Any = "any"
    start = min(one.start, anchor.start)
    named = one
    for m in s.mentions:
        beside = m.end <= one.start and "," not in s.gap(m, one) and one.start - m.end <= 8
        near = beside or (m.end <= start and not BREAK.search(s.text[m.end : start].replace(", ", " ")))
        last = max(anchor.end, one.end)
        gap = s.text[last : m.start] if m.start >= last else ","
        behind = ("," not in gap and len(gap) <= 4) or gap in (" since ", " from age ", " at age ")
        if m.value == "next" and s.text[: m.start].endswith("까지 "):
            continue  # 쉰까지 이어지는 을미 대운
        if m.value == "before" and re.match(
            r" (?:until|till|for|through|stretch|part|years?|phase|leg|third|half|quarter|months?|few)\b",
            s.text[m.end :],
        ):
            continue  # it will last until 2033
        if m.kind == "when" and (near or (behind and m.value == "now" and where == "any")):
            where, named = m.value, m
        elif (
            m.kind in ("age", "year")
            and (near or behind)
            and (where == "any" or (beside and "까지" not in s.gap(m, one)))
        ):
            where, named = _since(s, m, last), m
    if where == "any" and re.search(r"(?<![가-힣])현 $", s.text[: anchor.start]):
        where = "now"
    if where == "any" and _IN_NOW.search(s.text, 0, start):
        where = "now"
    if _PASSING_NOW.search(s.text[max(one.end, anchor.end) :]) and where == "any":
        where = "now"
    if topic == "decade_god" and where == "any" and (own := _pillar_of(s, anchor)):
        yield from claim(s, "ganji_god", (own.value, half) if half else own.value, one.value, own, one)
    if topic == "decade" or where != "any":
        where = (where, half) if half else where
        yield from claim(s, topic, where, one.value, anchor, one, named, given=True)


def _pillar_of(s: Sentence, decade: Mention) -> Mention | None:
    """Return the pillar that a 대운 is called by: 신해 대운."""
    return next((m for m in s.mentions if m.kind == "ganji" and s.gap(m, decade) in (" ", "", ") ")), None)


_ENTERED_EN = re.compile(
    r",? (?:you(?:'ve|’ve| have)?|your life|there) (?:just |also |will |are about to )?"
    r"(?:entered|enter|began|begin|begun|started|moved? into|stepped? into|crossed into|switched to)\b"
    r"|,? your (?:luck|life|fortune)(?: cycle| pillar)? (?:shifts?|changes?|moves?|turns?|switche?s?) "
    r"(?:in)?to\b"
)
_SINCE_EN = re.compile(r"\b(?:[Ss]ince|[Ss]tarting(?: in| from)?|[Bb]eginning(?: in)?) $")
_HAD_ENTERED = re.compile(
    r"\b(?:entered|entering|enter|began|begun|started|(?:moved?|stepped?|crossed) into) (?:the |your |an? )[^,.]{3,40} (?:in|from) $"
)
_ENTERS = re.compile(
    r"(?:으로|로|에|이|가)? ?(?:\S+ )?"
    r"(?:바뀌|바뀐|바뀝|접어|들어서|들어섰|들어선|갈아타|갈아탄|갈아탔|시작|진입|넘어|열리|열린|열립|교체)"
)


def _since(s: Sentence, m: Mention, last: int = 0) -> Any:
    """Return ("from age", 33) for "33세부터" and "33–42세", ("age", 35) for "35세에는", ("from year", 2023)."""
    after, text = s.text[m.end :], s.text[m.start : m.end]
    begins = re.match(
        r"^ ?(?:부터|~|∼|–|-|에서|에 시작|에 들어|에 (?:찾아오|찾아올|열리|열릴|맞이하|바뀌|오는 |올 )|to |\d{1,2}월(?:부터|에 (?:시작|바뀌|들어)))",
        after,
    ) or re.search(r"[~∼–-]", text)
    if m.kind == "year":
        begins = (
            begins
            or _SINCE_EN.search(s.text, 0, m.start)
            or _HAD_ENTERED.search(s.text, 0, m.start)
            or _ENTERED_EN.match(after)
            or (_ENTERS.match(s.text, last) if last else None)
        )
        return ("from year", m.value) if begins else "any"
    return ("from age", m.value[1]) if begins and m.value[0] == "age" else m.value


def animal_year(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 말의 해 as a year of birth or as the branch of a year."""
    after, before = s.text[one.end :], s.text[: one.start]
    if re.match(r"^에 태어|^에 나", after) or re.search(
        r"(?:[Bb]orn (?:in|under)|belong to|come from|you are (?:of|from)) (?:the |a )?$", before
    ):
        yield from claim(s, "branch", "year.branch", one.value, one)
        return
    for year in places_of(s, at, ("year",), ("ganji",)):
        yield from claim(s, "year_branch", year.value, one.value, year, one)


def luck_age(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 대운수는 3."""
    found = re.match(r"^(?:는|가|은|이|:)? ?(?:만 )?(?P<n>\d{1,2})(?!\d)", s.text[one.end :])
    if found:
        yield from claim(s, "luck_age", "", int(found["n"]), one, end=one.end + found.end())


_TURNS_EN = re.compile(
    r" (?:change|turn|shift|begin|start)s? at (?:ages? )?(?P<ages>\d{1,2}(?:(?:, | and |, and )\d{1,2})+)"
)
_BEGINS = re.compile(r" (?:begins?|starts?|commences?) at (?:age )?(?P<n>\d{1,2})\b(?! ?:)")
_STARTS = re.compile(
    rf"^[^,.]{{0,8}}(?:{verbs('시작|바뀌|들어|열리|오|와요|오게|찾아|교체')}|begins?|starts?)"
)


def _starts(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the age or the year in which the next 대운 begins: 43세에 다음 대운이 시작돼요."""
    when = s.mentions[at - 1] if at else None
    if (
        when is not None
        and when.kind == "year"
        and when.value > 1000
        and re.match(r"^에 ?(?:는 )?$", s.gap(when, one))
        and re.match(rf"^(?:이|은)? ?(?:{verbs('바뀌|교체|시작')})", s.text[one.end :])
    ):
        yield from claim(s, "decade_start", "any", ("year", when.value), when, one)
        return
    if when is None or when.kind != "when" or when.value != "next" or not _STARTS.search(s.text[one.end :]):
        return
    near = [
        m
        for m in s.mentions[max(0, at - 2) : at + 2]
        if m.kind == "age" or (m.kind == "year" and m.value > 1000)
    ]
    if len(near) == 1 and not any(m.kind == "ganji" for m in s.mentions):
        value = near[0].value if near[0].kind == "age" else ("year", near[0].value)
        yield from claim(s, "decade_start", "next", value, near[0], when, one)


_TURNS = re.compile(
    r"(?:이|의)? ?(?:바뀌는|교체되는|교체|전환|시작되는) ?(?:나이|시기|때|시점)[는은] "
    r"(?P<ages>(?:\d{1,2}세?(?:, ?|·| |와 |과 )?)+)(?<=세)"
)


_ENDS_EN = re.compile(
    r"^ (?:will )?(?:ends?|finish(?:es)?|close[sd]?|lasts?|runs?|continues?|stays)(?: only| still)? (?:in|until|till|to|through|with) (?:[A-Z][a-z]+ )?$"
)


_IS_ENDING = re.compile(r"(?:이|은) (?:끝나|마무리되|막을 내리|저물)")


def _ends(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the year in which a 대운 ends: 지금의 대운은 2030년이면 끝나요, 2031년에 갑자 대운이 끝나요, ends in 2031."""
    behind = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    year = behind if behind and behind.kind == "year" else None
    now = next((m for m in s.mentions[:at] if m.kind == "when" and m.value == "now"), None)
    if now and year and year.value > 1000:
        yield from _ends_in(s, one, now, "now", year)
    own = s.mentions[at - 1] if at else None
    if own is None or own.kind != "ganji":
        return
    where = ("ganji", own.value)
    if year and s.gap(own, one) == " ":
        yield from _ends_in(s, one, own, where, year)
    before = s.mentions[at - 2] if at > 1 else None
    is_told = before and before.kind == "year" and _IS_ENDING.match(s.text, one.end)
    if before and is_told and is_near(s.gap(before, own)):
        yield from claim(s, "decade_end", where, before.value, before, one, given=True)


def _ends_in(s: Sentence, one: Mention, named: Mention, where: Any, end: Mention) -> Iterator[Claim]:
    gap = s.gap(one, end)
    verb = _ENDS.search(s.text[end.end :]) if is_near(gap) else None
    if verb or _ENDS_EN.match(gap):
        last = end.end + (verb.end() if verb else 0)
        yield from claim(s, "decade_end", where, end.value, named, end, end=last, given=True)


def first_age(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 첫 대운은 3세에 시작."""
    first = [m for m in s.mentions[:at] if m.kind == "when" and m.value == 0]
    ages = [m for m in s.mentions[at + 1 :] if m.kind == "age" and m.value[0] == "age"]
    if (
        ages
        and not first
        and re.match(
            r"^ ?(?:(?:부터|에) (?:처음 |새로 |또 |다시 |한 번 )*(?:바뀌|바뀝|시작|교체|들어)|를 (?:기점|시작|기준)으로)",
            s.text[ages[-1].end :],
        )
        and not any(m.kind == "ganji" for m in s.mentions)
    ):
        for age in ages:
            yield from claim(s, "luck_turn", "", age.value[1], one, age)
    yield from _starts(s, at, one)
    begins = _BEGINS.match(s.text, one.end)
    if begins:
        yield from claim(s, "luck_turn", "", int(begins["n"]), one, end=begins.end())
    turns = _TURNS.search(s.text, one.end) or _TURNS_EN.match(s.text, one.end)
    for n in re.findall(r"\d+", turns["ages"]) if turns else ():
        yield from claim(s, "luck_turn", "", int(n), one, end=turns.end() if turns else 0)
    yield from _ends(s, at, one)
    if first and ages and not any(m.kind == "ganji" for m in s.mentions) and is_near(s.gap(one, ages[0])):
        yield from claim(s, "luck_age", "", ages[0].value[1], one, ages[0])


def direction(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 순행 or 역행 of the 대운."""
    if any(m.kind == "decade" and abs(m.start - one.start) < 24 for m in s.mentions):
        yield from claim(s, "direction", "", one.value, one)
