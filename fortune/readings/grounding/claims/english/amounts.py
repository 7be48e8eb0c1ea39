"""How much there is of an element, a ten god or a sign: none, some, many, the most, or so many."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.amounts import key
from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.english.clauses import Clause, joined
from fortune.readings.grounding.names.mention import Mention

_N = {"no": 0, "zero": 0, "none": 0, "one": 1, "a single": 1, "a lone": 1, "a solitary": 1, "two": 2, "a pair of": 2, "both": 2, "twin": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "once": 1, "twice": 2}  # fmt: skip
_NUMBER = rf"(?:[0-8]|{'|'.join(sorted(_N, key=len, reverse=True))})"
_ADJECTIVES = r"(?:(?!of\b|the\b|your\b|and\b|or\b|in\b)[a-z'-]+ ){0,2}"
_LEAD = re.compile(
    rf"(?:\b(?P<loose>at least|more than|over|about|nearly|up to|another|every|each|of (?:the|your)|part|years?|first|second|third|the other)\b[^,.]{{0,16}}"
    r"|\b(?P<none>(?:not|nor|never|without|doesn't|don't|do not|does not|isn't|hasn't|haven't|no)\b[^,.;]{0,24}?\b(?:a|an|any|one|single|trace of|sign of|hint of|scrap of|drop of|spark of)|(?:won't|will not|can't|cannot|don't|do not|never|couldn't) (?:find|see|spot|meet|detect)(?: any| a)?(?: (?:sign|trace) of)?|nowhere\b[^,.;]{0,30} (?:is|are) there(?: any| an?)?|neither(?: [A-Z]\w+(?: \w+)? n?or)?|without|no|zero|lack(?:s|ing)?(?: of| in| any)?|absen(?:ce of|t)|devoid of|empty of|free of|void of|missing)"
    r"|\b(?P<few>very little|little|hardly any|barely any|scarcely any|scant|few|short (?:on|of)|low (?:on|in)|thin on|light on|shortage of|scarcity of)"
    r"|\b(?P<some>a little|a touch of|a trace of|a hint of|a bit of|some|a dash of|a spark of|a drop of|enough)"
    r"|\b(?P<half>(?:half|most) (?:of )?(?:your|the|this) (?:whole |eight )?(?:chart|characters|signs|branches|stems)(?: is| are|:))"
    r"|\b(?P<strong>strong|powerful|prominent|pronounced)|\b(?P<weak>weak|faint)"
    r"|\b(?P<many>a lot of|lots of|plenty of|much|many|abundan(?:t|ce of)|(?:an )?excess(?:ive)?(?: of)?|wealth of|overflow\w* with|flood\w* (?:with|by|of)|full of|rich in|heavy (?:in|with|on)|crowded (?:with|by)|loaded with|packed with|brim\w* with|thick with|awash (?:in|with)|saturated with|steeped in|several|numerous|a surplus of|(?:well )?stocked with|teem\w* with|swim\w* in|drench\w* (?:in|with)|generous in)"
    r"|\b(?P<most>(?:dominated|ruled|led|governed|driven) by|(?:strongest|dominant|leading|most abundant|heaviest|main|largest|most common|prevailing|loudest|ruling|biggest)(?: (?:element|force|energy|group|star|presence|voice|power|influence|god))?(?: (?:in|of) (?:your|the|this) chart)?(?: is|:)|(?:you|chart) (?:have|has|holds?|contains?|carr(?:y|ies)) (?:the )?most(?: of)?(?: is|:))"
    r"|\b(?P<least>(?:weakest|scarcest|least abundant|faintest|rarest)(?: (?:element|force|energy|group|star))?(?: (?:in|of) (?:your|the|this) chart)?(?: is|:))"
    r"|\b(?P<gap>(?:missing|absent|lacking)(?: (?:element|ingredient|piece))?(?: (?:in|of|from) (?:your|the|this) chart)?(?: is|:)|(?:never|doesn't|does not) (?:shows?|appears?|turns?|comes?|figures?)\b[^.;:]{0,36}:|what(?:'s| is) (?:missing|absent|lacking)[^,.;:]{0,24}(?::| is)|(?:absent|missing|lacking)[^.;:]{0,30}(?:(?:, and|,|:) (?:that|it)(?:'s| is)|:)|(?:what|which) [^,.;]{0,30}(?:lacks?|misses|does not have|doesn't have|do not have|don't have|is missing|never find|won't (?:see|find)|can't (?:see|find)|cannot (?:see|find))[^.;]{0,30} is))"
    rf" (?:the |your |any )?{_ADJECTIVES}$",
    re.IGNORECASE,
)
_MEASURES = (
    "drops?|sparks?|pieces?|flames?|grains?|touch(?:es)?|characters?|signs?|points?|doses?|bits?|counts?"
)
_COUNTED = re.compile(
    rf"(?<![\w-])(?P<n>{_NUMBER})(?: of (?:your|the) [a-z ]{{4,20}} (?:are|is))?(?: (?:an? |the )?{_ADJECTIVES}(?P<measure>(?:{_MEASURES}) of )?| )$",
    re.IGNORECASE,
)
_CHART = r"(?:your|the|this) (?:whole |entire |birth |natal )?(?:chart|pillars|eight characters|four pillars|stems|branches)"
_VERB = re.compile(
    r"^(?: ?\([^)]{1,12}\))?(?: (?:stars?|signs?|characters?|energy|energies|elements?|gods?|stems?|branch(?:es)?|presence|itself|group))*"
    r"(?: (?:and|or) [A-Za-z]+)?(?: (?:both|all|each|alone|here|on the surface|in total|overall|altogether|in (?:your|the|this) chart))?,?"
    r"(?:"
    r"(?P<none> (?:is|are)(?: (?!not\b|never\b|far\b|hardly\b|neither\b)\w+){0,3} (?:absent|missing|lacking|nowhere|invisible|gone|not (?:present|there|found|visible|to be (?:seen|found))|unrepresented)\b"
    r"| (?:do|does)(?: not|n't) (?:appear|show|exist|figure|feature|turn up|come|stand)| (?:never|does not|doesn't|do not|don't) (?:appears?|shows?|features?|turns? up|comes? up|enters?|makes? an appearance)| (?:is|are)(?:n't| not) (?:present|there|found|visible|here|in "
    + _CHART
    + r"|anywhere)"
    r"| is the (?:only |one )?(?:one |element )?(?:that is |that's )?(?:left out|not (?:there|present|represented))| is the (?:blank|gap|missing (?:piece|element|ingredient)|void|hole|absent (?:one|element))| is (?:what|the one thing|the thing|the element)(?: that)? (?:you|your chart|this chart|the chart|it) (?:lacks?|misses|does not have|doesn't have|do not have|don't have|is missing|are missing|(?:were|was) born without|(?:are|is) without|miss(?:es)?)| counts? for nothing| has no place)"
    r"|(?P<most> (?:outweighs?|outnumbers?|outranks?|overshadows?|dwarfs?|towers? over|looms? over|drowns? out|eclipses?|exceeds?|surpass(?:es)?|beats?) (?:everything|all|every|the other|any other|the rest)| dominates?| prevails?| rules?| leads?| reigns?| predominates?| (?:is|are) (?:by far |clearly |easily )?(?:the )?(?:strongest|dominant|most abundant|leading|heaviest|main force|ruling|loudest|largest|biggest)| takes? (?:up )?the (?:lead|largest|biggest)| (?:comes? up|appears?|shows? up|occurs?|turns? up) (?:the )?most| (?:holds?|has|have) the (?:majority|upper hand|largest|most))\b"
    r"|(?P<least> (?:is|are) (?:by far )?the (?:weakest|scarcest|least|faintest)| (?:comes? up|appears?|shows? up|occurs?|turns? up) (?:the )?least)"
    r"|(?P<many> (?:crowds?|overflows?|abounds?|floods?|fills?|saturates?|pervades?|swamps?|overwhelms?|soaks?|runs? (?:all )?through)\b| (?:is|are)(?: \w+){0,2} (?:abundant|plentiful|everywhere|overwhelming|excessive|in (?:excess|abundance)|well represented|in surplus|overabundant)| piles? up| (?:comes?|appears?) in abundance)"
    r"|(?P<half> (?:fills?|makes? up|takes? up|covers?|holds?|accounts? for|occup(?:y|ies)) (?:about |nearly |almost )?half\b)"
    r"|(?P<share_of> (?:fills?|makes? up|takes? up|covers?|holds?|accounts? for|occup(?:y|ies)) (?:about |nearly |almost |roughly )?an? (?:quarter|third)\b)"
    r"|(?P<few> (?:is|are)(?: \w+)? (?:scarce|sparse|scant|rare|in short supply|thin|barely there|underrepresented))"
    r"|(?P<strong> (?:is|are)(?: \w+)? (?:strong|powerful|prominent|pronounced)\b(?! enough))|(?P<weak> (?:is|are)(?: \w+)? (?:weak|faint)\b)"
    r"|(?P<some> can be (?:found|seen)| (?:is|are) (?:there|here|present|represented)\b| (?:shows?|appears?|features?)(?: itself| up)?(?: \w+)? in "
    + _CHART
    + r")"
    rf"|(?: (?:appears?|shows? up|numbers?|totals?|counts?|comes? to|comes?|occurs?|repeats?|stands?|is|are|turns up|features?|recurs?)(?: (?:present|there|only|just|exactly|represented|found|itself|to|in))*)(?: (?P<n>{_NUMBER})\b(?!-| (?:of|element|step|thing|gift|part|who|that|way|sign of|year))(?: times)?)"
    rf"| (?:accounts? for|makes? up|takes?(?: up)?|occup(?:y|ies)|fills?|covers?|claims?|holds?|has|have|gets?)(?: just| only| exactly)? (?P<share>{_NUMBER}) (?:of (?:the|your)|characters|signs|places|positions|spots|slots|out)\b"
    r"| (?P<bare>once|twice|three times|four times)\b"
    r"|(?: ?[:=×x–-] ?| \()(?P<listed>[0-8]\b(?![%.\d–-])|(?:zero|none|one|two|three|four|five)\b(?= ?[.,;)]|$))"
    r")",
    re.IGNORECASE,
)
_WITH_COUNT = re.compile(
    rf"^(?: (?!and\b|or\b)[\w'-]+){{0,5}},? (?:with|counting|totall?ing) (?:\w+ )?(?P<n>{_NUMBER})(?: (?:characters|signs|of the|in all|in total|places|positions|occurrences|stars)\b|(?=[.,;]|$))",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:year|month|hour|day) (?:pillar|stem|branch)|\b(?:in|of) (?:the|your) (?:year|month|day|hour)\b|\b(?:above|below|beneath|beside) (?:the (?!rest\b|others?\b|average\b)|your|you\b|it\b)"
)
_OTHER = re.compile(
    r"^ (?:person|people|man|men|woman|women|friends?|partners?|types?|colleagues?|year|month|day|hour|decade|luck|phase|season|stage|frame|union|trine|combination|chart)\b|^[- ](?:dominated|rich|heavy)"
)


# An element that is advised, wished or expected is not there yet.
_ADVICE = re.compile(
    r"\b(?:add|bring|use|wear|seek|take|eat|drink|invite|choose|let(?!'s)|give|try|spend|plan|surround|put|needs?|wants?|should|must|can|will|when|comes?|enough|add|adding|bringing|wearing|too)\b",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"\b(?:have|has|is|there's|are|contains?|shows?|holds?|carry|carries|find|with|possess(?:es)?|include[sd]?)\b[^,.;]{0,12}$"
)


def amounts(c: Clause) -> Iterator[Claim]:
    """Read how much is said to be there of what a clause names."""
    if c.is_timed or c.of("hidden", "useful"):
        return
    for row in _counted_apart(c, joined(c, c.of("element", "god", "animal", "stem", "branch"))):
        if _OTHER.match(c.s.text[row[-1].end : c.end]) or _is_held(c, row[-1]):
            continue
        for value, start, end in _told(c, row):
            for one in row:
                yield from _claim(c, one, value, start, end)


_AND_SO_MANY = re.compile(rf"\b{_NUMBER} $", re.IGNORECASE)


def _counted_apart(c: Clause, groups: list[list[Mention]]) -> Iterator[list[Mention]]:
    """Yield the rows of things that one amount is told of: two Goats and two Dragons are two rows."""
    for group in groups:
        row = group[:1]
        for one in group[1:]:
            if _AND_SO_MANY.search(c.s.text[row[-1].end : one.start]):
                yield row
                row = []
            row.append(one)
        yield row


_STOP = re.compile("[,:]")


def _is_held(c: Clause, last: Mention) -> bool:
    """Return whether a place is named in the same breath: what is said then is of the place, not of the chart."""
    stop = _STOP.search(c.s.text, last.end, c.end)
    end = stop.start() if stop else c.end
    cells = (m for m in c.of("cell", "place") if m.start < end and m.value != "day.stem")
    return any(cells) or _HELD.search(c.s.text, c.start, end) is not None


_MORE = re.compile(r"\b(?:more|(?P<less>less|fewer)) $", re.IGNORECASE)
_THAN = re.compile(r"^(?: (?:characters|signs|energy|in (?:your|this|the) chart))? than $")
_OUTNUMBERS = re.compile(r"^ (?:outnumbers|outweighs|exceeds|outranks|overpowers|overshadows) $")


def comparisons(c: Clause) -> Iterator[Claim]:
    """Read that there is more of one element than of another: more Metal than Fire, Fire outnumbers Metal."""
    for one, two in itertools.pairwise(c.of("element")):
        gap, lead = c.s.text[one.end : two.start], _MORE.search(c.before(one))
        is_said = (lead and _THAN.match(gap)) or _OUTNUMBERS.match(gap)
        if is_said and not (c.is_timed or _is_held(c, two) or _ADVICE.search(c.before(one))):
            where = (two.value, one.value) if lead and lead["less"] else (one.value, two.value)
            yield from c.claim("more", where, True, one, two, affirmed=True)


_NONE_OF = re.compile(r"\b(?:no|not|nor|neither|never)(?: (?:the|a|an|one|single))* $", re.IGNORECASE)


_FRONTED = re.compile(
    r"^,? (?:you(?:'ve got| have| find)|there(?: is|'s| are)|your chart (?:has|holds|offers))(?: (?:got|absolutely|simply|practically))? "
    r"(?:(?P<many>plenty|a lot|lots|an abundance|more than enough|no shortage|quite a lot)|(?P<none>none|nothing|no trace)|(?P<few>little|very little|hardly any|not much))\b"
)
_ALL_FIVE = re.compile(
    r"\b(?:covers?|contains?|holds?|includes?|have|has|possess(?:es)?|spans?|boasts?|uses?|carry|carries|shows?|represents?|features?) (?:\w+ )?$"
)
_ALL_SIGNS = re.compile(
    r"\b(?:every(?: single)?|each|all(?: of)?|the whole)\b[^.;]{0,44}?\b(?:signs?|characters?|pillars?|letters?|stems? and branch(?:es)?|chart)\b[^.;]{0,24}? (?:is|are|being)(?: all)? (?P<sign>yin|yang)\b(?! (?:wood|fire|earth|metal|water))",
    re.IGNORECASE,
)


POLARITIES = frozenset(("yin", "yang"))
"""The words without which ``polarities`` and ``wholes`` have no sign to count."""
_POLAR = re.compile(
    rf"(?<![\w-])(?P<n>{_NUMBER}) (?:of (?:your|the) (?:eight )?(?:signs|characters) (?:are|is) (?P<a>yin|yang)\b|(?P<b>yin|yang) (?:signs|characters)\b)",
    re.IGNORECASE,
)


def polarities(c: Clause) -> Iterator[Claim]:
    """Read how many signs are yin or yang: six of the eight signs are yin."""
    for found in () if c.is_timed or not ("yin" in c.text or "yang" in c.text) else _POLAR.finditer(c.text):
        name = "eum_signs" if (found["a"] or found["b"]).lower() == "yin" else "yang_signs"
        part = c.part("yinyang", name, found)
        yield from c.claim("count", name, _number(found["n"]), part, affirmed=True)


def wholes(c: Clause) -> Iterator[Claim]:
    """Read that all five elements are there, or that all signs are yin or yang."""
    for one in c.of("all_elements"):
        if _ALL_FIVE.search(c.before(one)) and not (c.is_timed or _ADVICE.search(c.before(one))):
            yield from c.claim("complete", "", True, one)
    found = _ALL_SIGNS.search(c.text) if "yin" in c.text or "yang" in c.text else None
    if found and not c.is_timed and not re.search(r"\b(?:stem|branch)(?:e?s)?\b(?! and)", c.text):
        name = "eum_signs" if found["sign"].lower() == "yin" else "yang_signs"
        part = c.part("yinyang", name, found)
        yield from c.claim("amount", name, "all", part)


def _claim(c: Clause, one: Mention, value: Any, start: int, end: int) -> Iterator[Claim]:
    part = Mention(one.kind, one.value, min(start, one.start), max(end, one.end))
    if one.kind in ("element", "god"):
        topic = "count" if isinstance(value, int) else "amount"
        yield from c.claim(topic, key(one), value, part, affirmed=True)
        return
    number = {"none": 0}.get(value, value)
    if isinstance(number, int):
        kind = "branch" if one.kind == "animal" else one.kind
        yield from c.claim("sign_count", ((kind, one.value),), number, part, affirmed=True)


# The Officer stars in your chart point to …
_GIVEN = re.compile(
    r"^(?: (?:stars?|characters?|signs?|energy))? in (?:your|this) (?:birth )?(?:chart|pillars)\b(?! (?:is|are)\b)"
)
_WORDS = {"gap": "none", "share_of": "some"}


def _told(c: Clause, row: list[Mention]) -> Iterator[tuple[Any, int, int]]:
    first, last = row[0], row[-1]
    if len(row) == 1 and (beside := _WITH_COUNT.match(c.s.text[last.end :])):
        yield _number(beside["n"]), first.start, last.end + beside.end()
    if re.search(
        r"\b(?:[Aa]s for|[Ww]hen it comes to|[Ss]peaking of|[Rr]egarding) (?:the )?$", c.before(first)
    ) and (fronted := _FRONTED.match(c.after(last))):
        yield (
            next(name for name, text in fronted.groupdict().items() if text),
            first.start,
            last.end + fronted.end(),
        )
        return
    if re.search(r"\b[Tt]he $", c.before(first)) and (given := _GIVEN.match(c.after(last))):
        yield "some", first.start, last.end + given.end()
    found = _VERB.match(c.after(last))
    if found and not any(
        m.kind != "when" and last.end <= m.start < last.end + found.end() for m in c.mentions
    ):
        names = {name: text for name, text in found.groupdict().items() if text}
        name, text = next(iter(names.items()))
        value: Any = _number(text) if name in ("n", "share", "bare", "listed") else name
        if _NONE_OF.search(c.before(first)):
            if value not in ("some", "strong"):
                return
            value = "none" if value == "some" else "weak"
        yield _WORDS.get(value, value), first.start, last.end + found.end()
        return
    before = c.before(first)
    if _ADVICE.search(before):
        return
    lead = None if _N_OF_SIGNS.search(before) else _LEAD.search(before)
    if lead:
        name = next(name for name, text in lead.groupdict().items() if text)
        if name != "loose" and (
            name not in ("some", "strong", "weak") or _HAVING.search(before[: lead.start()])
        ):
            yield _WORDS.get(name, name), c.start + lead.start(), last.end
        return
    counted = _COUNTED.search(before)
    if counted and len(row) == 1 and _is_count(c, first, counted["n"]):
        yield _number(counted["n"]), c.start + counted.start("n"), last.end


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _N[word.lower().removesuffix(" times")]


_UNITS = re.compile(
    r"(?: ?\([^)]*\))?-?s? (?:stars?|signs?|characters?|elements?|stems?|branch(?:es)?|energies|gods)\b"
)


_N_OF_SIGNS = re.compile(
    rf"\b{_NUMBER} of (?:your|the)(?: eight| four)? (?:characters|signs|stems|branches) (?:are|is) $",
    re.IGNORECASE,
)
_OF_MEASURE = re.compile(rf"\b(?:{_MEASURES}) of $")
_OF_SIGNS = re.compile(r"\bof (?:your|the)(?: eight| four)? (?:characters|signs|stems|branches) (?:are|is) $")


_ONLY = re.compile(r"\b(?:only one|just one|a single|a lone|a solitary) $", re.IGNORECASE)


def _is_count(c: Clause, one: Mention, word: str) -> bool:
    """Return whether a number before a name counts it in the chart: two Metal signs, a pair of Dragons."""
    named = c.s.text[one.start : one.end]
    is_plural = named.endswith("s") or named == "Oxen" or _UNITS.match(c.after(one)) is not None
    if word.lower() == "both":
        return False
    if _ONLY.search(c.before(one)) and one.kind in ("animal", "branch", "stem"):
        return True
    if _OF_SIGNS.search(c.before(one)) or _OF_MEASURE.search(c.before(one)):
        return True
    return is_plural or (one.kind == "god" and word.lower() != "one")
