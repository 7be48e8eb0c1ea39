"""Ten gods of a year, when which decade of luck runs, and the years of 삼재."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.english.clauses import DEED, Clause
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.names.numbers import AGES_EN, age_en

_HALF = re.compile(
    r"\b(?P<stem>(?:heavenly )?stem|upper half|first half of the year)\b|\b(?P<branch>(?:earthly )?branch|lower half)\b",
    re.IGNORECASE,
)
_BRINGS_WITH = re.compile(
    r"\b(?:brings?|comes?|arrives?|opens?|begins?|rich|filled|charged) with\b|\b(?:ruled|led|coloured|colored|governed|carried|marked|driven) by\b"
)
_CHANGES = re.compile(
    r"\b(?:swap\w*|replac\w*|trad(?:es?|ing)|exchang\w*|leav\w*|ends?|drops?|loses?|instead)\b"
)


def years(c: Clause) -> Iterator[Claim]:
    """Read the ten god that a year is said to bring."""
    named = c.of("year")
    gods = c.of("god")
    if len(named) != 1 or not gods or c.of("decade", "month", "today", "place", "cell"):
        return
    year = named[0]
    for god in gods:
        gap = c.s.text[min(year.end, god.end) : max(year.start, god.start)]
        if (
            DEED.search(gap)
            or _CHANGES.search(c.text)
            or len(gap) > 70
            or (god.start < year.start and len(gap) > 30)
        ):
            continue
        loose = _BRINGS_WITH.sub("", gap)
        if re.search(r"\b(?:with|by|against|without) (?:\w+ )?$|\byour (?:natal|own) $", loose):
            continue
        half = _half(c, god, single=len(gods) == 1)
        where = (year.value, half) if half else year.value
        yield from c.claim("year_god", where, god.value, year, god)


def _half(c: Clause, god: Mention, *, single: bool) -> str:
    """Return the half of the year's pillar that a god is said to come in; "" where the clause leaves it open."""
    found = list(_HALF.finditer(c.text))
    if single and len(found) == 1:
        return "천간" if found[0]["stem"] else "지지"
    signs = [m for m in c.of("stem", "branch", "animal") if m.end <= god.start and god.start - m.end < 30]
    if not found and single and len(signs) == 1:
        return "천간" if signs[0].kind == "stem" else "지지"
    return ""


_ADDS = re.compile(
    r"^(?: ?\([^)]*\))? (?:adds?|brings?|carries|sends|gives you|puts?) (?:you |in )?(?:another|an extra|a second|a third|one more|more|the|an?)? ?$"
)


def signs(c: Clause) -> Iterator[Claim]:
    """Read a sign that a year is said to bring: 2027 adds another Ding."""
    named, told = c.of("year"), c.of("stem", "animal", "branch")
    if len(named) != 1 or c.of("decade", "month", "today", "place", "cell", "ganji"):
        return
    for one in told[:1]:
        if _ADDS.match(c.s.text[named[0].end : one.start]):
            topic = "year_stem" if one.kind == "stem" else "year_branch"
            yield from c.claim(topic, named[0].value, one.value, named[0], one)


_LUCK = re.compile(
    r"\b(?:decade|luck|ten[- ]year|ten years|chapter|daewoon|daeun|cycle|(?:live|living|walk|walking|stand|standing) under)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:current(?:ly)?|present(?:ly)?|right now|these days|at the moment|(?:you are|you're) (?:now |still )?(?:in|living|walking|moving|passing|halfway|midway|deep)|living through|you've been|you have been|you now|passing through|now)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:next|after (?:that|this|it|the present)|then comes?|follow(?:s|ed|ing)|hands? (?:over|on) to|gives? way to|yields? to|makes? way for|succeeded by|is replaced by|coming)\b[^,.]{0,40}$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:previous|last|behind you|past|before that|earlier|left|ended|ago|was|were|first|second|third)\b",
    re.IGNORECASE,
)
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_PART_OF = re.compile(
    r"\b(?:first|second|third|last|final) (?:stretch|part|years?|phase|leg|third|half|quarter|months?|few years) of\b"
)
_N = rf"(?P<{{0}}>{AGES_EN}|{'|'.join(_TEENS)}|[1-9]?\d)"
_AGES = re.compile(
    rf"\b(?:from|between|ages?|aged|at|since|when you (?:were|turned|turn|are)|turned|you turn)(?: (?:age|the age of|about|around|you were|you turned))*[ :(]{{1,2}}{_N.format('a')}(?:(?: to | and | until | till |[-–]| through )(?:age )?{_N.format('b')})?\b(?![%\d])",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:beg[aiu]n\w*|start\w*|entered|enter|stepped into|moved into|crossed into|opens?|opened|takes? over|took over|arriv\w*|chang\w*|comes?|came|set in|sets in|kick\w* (?:in|off)|cross(?:ed|es) into|turns? over|shift\w*)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:ends?|lasts?|runs?|closes?|continues?|stays?|finish\w*|carries you|holds|until|till)\b[^.]{0,24}?\b(?:in|until|till|to|through|up to|before)(?: (?:late|early|mid|about|around|[A-Z][a-z]+))*[ -]?$"
    r"|\buntil(?: (?:late|early|mid))?[ -]?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:in|from|since|around|by)(?: (?:late|early|mid|about|around|[A-Z][a-z]+))*[ -]?$", re.IGNORECASE
)


_THIS = re.compile(r"\b(?:[Tt]his|[Yy]our (?:current|present)|[Tt]he (?:current|present)) (?:\w+[- ]){0,2}$")


_APART = re.compile(r"\b(?:with|by|against|without|for) (?:\w+ )?$")


def decade_gods(c: Clause) -> Iterator[Claim]:
    """Read the ten god of the present decade: this ten-year period is all Eating God."""
    named = [
        m
        for m in c.of("decade")
        if _THIS.search(c.before(m))
        or any(w.kind == "when" and w.value == "now" and w.end <= m.start for w in c.mentions)
    ]
    if (
        len(named) != 1
        or c.of("year", "age", "ganji", "place", "cell")
        or _CHANGES.search(c.text)
        or _NEXT.search(c.text)
    ):
        return
    one = named[0]
    for god in c.of("god"):
        gap = c.s.text[min(one.end, god.end) : max(one.start, god.start)]
        is_apart = god.start > one.start and _APART.search(_BRINGS_WITH.sub("", gap))
        if not (DEED.search(gap) or is_apart or len(gap) > 60):
            yield from c.claim("decade_god", "now", god.value, one, god)


_TODAY = re.compile(r"\b[Tt]oday(?:'s)?\b")


def today(c: Clause) -> Iterator[Claim]:
    """Read the pillar of the day, or a ten god that it brings."""
    found = _TODAY.search(c.text)
    if not found or c.of("year", "month", "decade", "place", "cell"):
        return
    start = c.start + found.start()
    part = Mention("today", True, start, start + len(found[0]))
    for one in c.of("god", "ganji"):
        gap = c.s.text[part.end : one.start]
        if (
            one.start > start
            and len(gap) <= 50
            and not DEED.search(gap)
            and not re.search(r"\b(?:with|by|against|without|for) (?:\w+ )?$", _BRINGS_WITH.sub("", gap))
        ):
            yield from c.claim("day_god" if one.kind == "god" else "day", "", one.value, part, one)


_SPAN = re.compile(
    r"\b(?:from|between)? ?(?P<a>(?:19|20)\d\d) ?(?:to|and|until|through|[–-]) ?(?P<b>(?:19|20)\d\d)\b"
)


_HANDED = re.compile(r"\b(?:hands? (?:over|on) to|gives? way to|yields? to|makes? way for) $")


def _age(word: str) -> int:
    return 10 + _TEENS.index(word.lower()) if word.lower() in _TEENS else age_en(word.lower())


def decades(c: Clause) -> Iterator[Claim]:
    """Read when a decade of luck runs: from thirty-one to forty-one, Fire Tiger sets the weather."""
    pillars = [
        m
        for at, m in enumerate(c.of("ganji"))
        if m.value not in [other.value for other in c.of("ganji")[:at]]
    ]
    if not pillars or c.of("place", "cell", "today", "month"):
        return
    is_luck = bool(c.of("decade") or _LUCK.search(c.text))
    ages = list(_AGES.finditer(c.text))
    named = [m for m in c.of("year") if m.value > 1000] or list(_months(c))
    span = _SPAN.search(c.text)
    is_luck = is_luck or bool(span and 9 <= int(span["b"]) - int(span["a"]) <= 11)
    if (
        len(pillars) == 2
        and (found := _NEXT.search(c.s.text[c.start : pillars[1].start]))
        and found.start() + c.start >= pillars[0].end
    ):
        yield from _handed(c, pillars, is_luck=is_luck or bool(ages or named))
        return
    if len(pillars) != 1:
        return
    one = pillars[0]
    before = c.before(one)
    if _NEXT.search(before) and is_luck:
        yield from c.claim("decade", "next", one.value, one, affirmed=True)
    elif (
        is_luck
        and _NOW.search(c.text)
        and not (_PAST.search(_PART_OF.sub("", c.text)) or _NEXT.search(c.text))
    ):
        yield from c.claim("decade", "now", one.value, one, affirmed=True)
    if ages and (is_luck or ages[0]["b"] or _BEGAN.search(c.text)):
        yield from _aged(c, one, ages[0])
    if span and is_luck:
        yield from _spanned(c, one, span)
        return
    if len(named) == 1 and _BEGAN.search(c.text) and one.value != (named[0].value - 4) % 60:
        is_luck = True
    for year in c.of("year"):
        if year.value < 2 and _BEGAN.search(before) and year.start > one.end:
            yield from c.claim("decade", ("from year", year.value), one.value, one, year, affirmed=True)
    for year in named if is_luck else ():
        yield from _dated(c, one, year)


_MONTH = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])}) (?:of )?(?P<year>(?:19|20)\d\d)\b")


def _months(c: Clause) -> Iterator[Mention]:
    """Yield the years of months: August 2026."""
    for found in _MONTH.finditer(c.text):
        yield Mention("year", int(found["year"]), c.start + found.start("year"), c.start + found.end("year"))


def _handed(c: Clause, pillars: list[Mention], *, is_luck: bool) -> Iterator[Claim]:
    """Read that one decade gives way to another: both are of the row, and the second follows the first."""
    if is_luck:
        for one in pillars:
            yield from c.claim("decade", "any", one.value, one, affirmed=True)


def _aged(c: Clause, one: Mention, found: re.Match[str]) -> Iterator[Claim]:
    first = _age(found["a"])
    if found["b"] and not 8 <= _age(found["b"]) - first <= 11:
        return
    yield from c.claim("decade", "any", one.value, one, affirmed=True)
    part = c.part("age", first, found)
    where: Any = ("ganji", one.value)
    if found["b"] or _BEGAN.search(c.text):
        yield from c.claim("decade_start", where, ("age", first), one, part, affirmed=True)


def _spanned(c: Clause, one: Mention, span: re.Match[str]) -> Iterator[Claim]:
    """Read the years from which to which a decade runs: from 2024 to 2034 you're under Gap-in."""
    part = Mention("year", int(span["a"]), c.start + span.start(), c.start + span.end())
    yield from c.claim("decade", "any", one.value, one, affirmed=True)
    yield from c.claim("decade_start", ("ganji", one.value), ("year", part.value), one, part, affirmed=True)


def _dated(c: Clause, one: Mention, year: Mention) -> Iterator[Claim]:
    before, where = c.before(year), ("ganji", one.value)
    if (handed := _HANDED.search(c.before(one))) and year.end <= c.start + handed.start():
        return  # it took over in 2021 and hands on to 丁巳
    if _ENDS.search(before):
        yield from c.claim("decade_end", where, year.value, one, year, affirmed=True)
    elif _FROM.search(before) and (_BEGAN.search(c.text) or re.search(r"\b[Ss]ince ", before)):
        yield from c.claim("decade", "any", one.value, one, affirmed=True)
        yield from c.claim("decade_start", where, ("year", year.value), one, year, affirmed=True)


_PARTS = (
    ("deul_samjae", r"first|opening|entering|beginning"),
    ("nul_samjae", r"second|middle|mid"),
    ("nal_samjae", r"third|last|final|closing|leaving"),
)
_PART = re.compile("|".join(rf"\b(?P<{key}>(?:{words})\b)" for key, words in _PARTS), re.IGNORECASE)
_IN_IT = re.compile(
    r"\b(?:you're|you are|you aren't|you are not)(?: not)?(?: now| currently| still| already| right)? (?:in|inside|going through|passing through|out of|free of|done with)\b|\bthis is (?:your|the|a)\b",
    re.IGNORECASE,
)
_NO_SAMJAE = re.compile(
    r"\b(?:free (?:of|from)|outside|clear of|behind you|over|past|out of|done with|not|no|isn't|aren't|never)\b|n't\b",
    re.IGNORECASE,
)


# Samjae won't touch you until 2031.
_SPARED = re.compile(
    r"\b(?:won't|will not|doesn't|does not) (?:touch|reach|affect|concern|visit|return|come|begin|start|bother|find|arrive)\b[^.;]{0,20} until\b"
)


def samjae(c: Clause) -> Iterator[Claim]:
    """Read whether a year is one of the three of 삼재, and which."""
    row, named = c.of("samjae"), c.of("year")
    if row and not named and (found := _IN_IT.search(c.text)):
        named = [c.part("year", 0, found)]
    if not row or not named or len({m.value for m in named} - {0}) > 1:
        return
    one, year = row[0], named[-1]
    parts = {found.lastgroup for found in _PART.finditer(c.text)}
    value = parts.pop() if len(parts) == 1 else "samjae"
    if _SPARED.search(c.text):
        yield from c.claim("year_samjae", 0, "samjae", one, affirmed=False)
        return
    if re.search(
        r"\b(?:begins?|starts?|enters?|ends?|leaves?|exits?|until|returns?|next time|again)\b", c.text
    ):
        return
    yield from c.claim("year_samjae", year.value, value, year, one, affirmed=not _NO_SAMJAE.search(c.text))
