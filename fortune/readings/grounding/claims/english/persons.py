"""The reader told as a sign, and the sign below: you are an ocean, Yang Water; Fire Ox people like you."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.english.clauses import DEED, Clause
from fortune.readings.grounding.names.mention import Mention

_YOU_ARE = re.compile(
    r"(?<!beneath )(?<!under )(?<!below )\b(?:[Yy]ou are|[Yy]ou're|[Yy]our (?:essence|core|nature|true nature|inner nature|self|spirit|heart|soul|element|identity)(?: is|:)|[Yy]ou were born(?: as)?|makes you|[Mm]eet yourself:|[Yy]ou come as|[Aa]t (?:your|the) (?:core|cent(?:er|re)|heart)(?: of (?:your|this) (?:chart|being|nature))? (?:burns|sits|stands|is|lies|glows|flows|grows|shines|we find|you find|there is))"
    r"(?P<gap>[^;.]{0,60})$"
)
_LOOSE = re.compile(
    r"\b(?:with|in|by|surrounded|near|born in|having|have|from|entering|moving|drawn|made|living|through|under|into|strong|weak|not|never|less|more|on|at|for|about|because|and)\b"
)
_LIKE_YOU = re.compile(
    r"^(?: (?:people|natives?|persons?|folks?|types?|souls?|women|men))? (?:(?:like you|such as you|such as yourself|as you are)\b|[^.;]{0,50}, and (?:you are|you're) (?:one|no exception|among)\b)"
    r"|^ (?:is|describes|means) (?:you|who you are|what you are)\b"
    r"|^[^.;]{0,60}\b(?:this|that|which)(?:'s| is) (?:what )?you(?: are)?\b"
)


def persons(c: Clause) -> Iterator[Claim]:
    """Read the day stem told as the person, and a picture of a pillar that the person is."""
    for at, one in enumerate(c.mentions):
        if one.kind not in ("stem", "ganji"):
            continue
        topic, where = ("stem", "day.stem") if one.kind == "stem" else ("own_pillar", "")
        before = c.s.text[max(0, one.start - 90) : one.start]
        found = _YOU_ARE.search(before)
        others = any(
            m.kind != "self"
            for m in c.mentions[:at]
            if found and m.start > one.start - len(before) + found.start()
        )
        is_told = found and found["gap"].endswith(": ") and re.match(r"[,.(]|$", c.s.text[one.end :])
        is_you = found and not (
            others or DEED.search(found["gap"]) or (_LOOSE.search(found["gap"]) and not is_told)
        )
        unit = re.match(r" (?:year|month|day|hour|luck|decade|pillar)\b", c.after(one))
        if (is_you and not unit) or _LIKE_YOU.match(c.s.text[one.end :]):
            yield from c.claim(topic, where, one.value, one)


_RIDES = re.compile(
    r"\b(?P<who>[Yy]ou|[Dd]ay [Mm]aster|[Dd]ay [Ss]tem)(?: \([^)]*\))? (?:\w+ )?(?:sits?|seated|sitting|stands?|rides?|riding|rests?|perch\w*)(?: \w+)?(?: (?:on|upon|atop|astride|over|above)| (?<=ride )| (?<=rides ))(?: top of)? ?(?:the |an? |your )?(?:\w+ )?$"
)


_OVER = re.compile(
    r"^(?: \([^)]*\))?,?(?: (?:sitting|seated|standing|resting|riding|perched|placed))? (?:on|over|upon|atop|above) (?:the |an? )$"
)


# Beneath your Yi Wood sits the Pig.
_BENEATH = re.compile(r"\b(?:[Bb]eneath|[Uu]nder|[Uu]nderneath|[Bb]elow) (?:your |the |this )?$")
_SITS = re.compile(
    r"^(?: \([^)]*\))?,? (?:sits?|lies?|rests?|is|waits?|swims?|sleeps?|stands?|crouch\w*|hides?|there is|you (?:have|find))(?: (?:the|an?))? $"
)


def seats(c: Clause) -> Iterator[Claim]:
    """Read the branch below a stem: you are Ren on the Dragon."""
    if c.of("stage") or c.is_timed:
        return
    for stem, branch in itertools.pairwise(c.mentions):
        if (
            stem.kind == "stem"
            and branch.kind in ("animal", "branch")
            and _OVER.search(c.s.text[stem.end : branch.start])
        ) or (
            stem.kind == "stem"
            and branch.kind in ("animal", "branch")
            and _BENEATH.search(c.before(stem))
            and _SITS.search(c.s.text[stem.end : branch.start])
        ):
            yield from c.claim("seat", stem.value, branch.value, stem, branch)


_BY_YEAR = re.compile(r"^(?: year| clan| sign)? by (?:birth )?year\b|^ clan\b")
_BY_OTHER = re.compile(r"^ by (?:birth )?(?P<unit>month|day|hour)\b")
_OF_UNIT = re.compile(r"^ (?P<unit>year|month|day|hour)(?=[,.;:)]|$)")
_CHILD_OF = re.compile(r"\b(?:[Cc]hild|[Nn]ative|[Pp]erson) of (?:the |an? )$")
_MAKES_YOU = re.compile(
    r"^ (?P<unit>hour) (?:makes?|made|gives?|gave|lends?|brings?|brought|turns?|keeps?) you\b"
    r"|^ (?P<past>year|month|day) (?:made|gave|turned|brought|lent|left) you\b"
)
_HOUR_GIVES = re.compile(r"\bhour (?:gives?|gave|brings?|brought|lends?|adds?) you (?:the |an? )$")
_BORN_IN = re.compile(r"\bborn\b[^.;]{0,12}, (?:in|on|at|during) (?:the |an? )$")
_BELONGS = re.compile(r"\b(?:belong|count|rank) (?:to|as|among) (?:the |an? )?$")
_ANIMAL_IS = re.compile(
    r"\b[Yy]our (?:birth |zodiac |year |own )*(?:animal|sign)(?: sign)?(?:,| is|:) (?:still )?(?:the |an? )?$"
)
_BORN_ON = re.compile(r"\bborn (?:on|in|at|into|under) (?:an? |the )$")
_UNIT = re.compile(r"^(?: \([^)]*\))? (?P<unit>year|month|day|hour)(?: pillar)?(?=$| ?[:—–])")


def births(c: Clause) -> Iterator[Claim]:
    """Read the animal of the year of birth, and a pillar that a label names: you belong to the Goat."""
    for one in c.of("animal", "ganji"):
        topic, where = ("pillar", "year") if one.kind == "ganji" else ("branch", "year.branch")
        belongs = _BELONGS.search(c.before(one)) and not re.match(r" (?:month|day|hour)\b", c.after(one))
        if belongs or (one.kind == "animal" and _BY_YEAR.match(c.after(one))):
            yield from c.claim(topic, where, one.value, one)
        if one.kind == "animal" and _ANIMAL_IS.search(c.before(one)):
            yield from c.claim("branch", "year.branch", one.value, one)
        if one.kind == "animal" and (place := _born_in(c, one)):
            yield from c.claim("branch", f"{place}.branch", one.value, one)
        unit = _UNIT.match(c.s.text[one.end :])
        if one.kind == "ganji" and unit and not c.is_timed and not c.before(one).strip(' *"“-•#'):
            yield from c.claim("pillar", unit["unit"], one.value, one)


def _born_in(c: Clause, one: Mention) -> str | None:
    """Return the pillar that an animal is said to be of: by day, a child of the Dog hour, the Pig hour makes you."""
    before, after = c.before(one), c.after(one)
    if found := _BY_OTHER.match(after):
        return found["unit"]
    if _CHILD_OF.search(before) or _BORN_IN.search(before):
        found = _OF_UNIT.match(after)
        return found["unit"] if found else None
    if _HOUR_GIVES.search(before):
        return "hour"
    found = _MAKES_YOU.match(after) if re.search(r"\b[Tt]he $", before) else None
    return (found["unit"] or found["past"]) if found else None


_AS_A = re.compile(r"\b(?:[Aa]s|[Yy]ou are|[Yy]ou're|[Bb]eing|[Mm]akes you) an? (?:\w+ )?$")
_SORT = re.compile(
    r"^ (?:[Dd]ay [Mm]aster|[Dd]ay [Ss]tem|person|soul|type|native|individual|man|woman)(?=[,.;:]|$| (?:you|like you|in|at|with|born)\b)"
)
_TO_THE = re.compile(r"\bbelongs? to the $")


def elements(c: Clause) -> Iterator[Claim]:
    """Read the element that the reader is: as an Earth Day Master, you belong to the Wood element."""
    for one in () if c.is_timed else c.of("element"):
        before, after = c.before(one), c.after(one)
        is_sort = _AS_A.search(before) and _SORT.match(after)
        if is_sort or (_TO_THE.search(before) and after.startswith(" element")):
            yield from c.claim("element", "day.stem", one.value, one)


def born_on(c: Clause) -> Iterator[Claim]:
    """Read the stem of a birth: you were born on a Yin Metal day."""
    for one in c.of("stem"):
        unit = re.match(r" (year|month|day|hour)\b", c.after(one))
        if unit and _BORN_ON.search(c.before(one)):
            yield from c.claim("stem", f"{unit[1]}.stem", one.value, one)


def riders(c: Clause) -> Iterator[Claim]:
    """Read the branch, or the ten god, that the reader sits on."""
    for one in c.of("animal", "branch", "god"):
        if (found := _RIDES.search(c.before(one))) and not c.of("place"):
            topic = "god" if one.kind == "god" else "branch"
            part = Mention("self", True, c.start + found.start("who"), c.start + found.end("who"))
            yield from c.claim(topic, "day.branch", one.value, part, one)
