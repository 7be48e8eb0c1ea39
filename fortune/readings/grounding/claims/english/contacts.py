"""Contacts of two signs or two cells: Tiger and Pig embrace, the year and the day stand in opposition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.contacts import comparable
from fortune.readings.grounding.claims.english.clauses import Clause, joined
from fortune.readings.grounding.names.mention import Mention

# The more special name comes first: a six-harmony is also a harmony.
_KINDS = (
    ("yukhap", r"six[- ](?:harmon\w*|union|combination|combine)|yuk-?hap|liu ?he"),
    (
        "banhap",
        r"half[- ](?:harmon\w*|union|combination|combine|trine|frame)|half of (?:the|a) (?:\w+ )?(?:trine|frame|harmony)|banhap",
    ),
    ("samhap", r"(?:three|triple|triangular)[- ](?:harmon\w*|union|combination)|trine|samhap"),
    (
        "any_chung",
        r"clash\w*|collid\w*|collision|oppos(?:e|es|ed|ing|ition)|face(?:s)? off|at odds|head[- ]on|confront\w*|butt(?:ing)? heads|at war|lock(?:ed|ing)? horns|square(?:s|d)? off|spar(?:s|ring)?|fight(?:s|ing)?|battle(?:s|d)?|wrestl\w+|quarrel\w*|conflict(?:s|ing)?|enem(?:y|ies)|loggerheads|cross(?:es)? swords|duel\w*|stare each other down",
    ),
    ("wonjin", r"resent\w*|wonjin|grudges?"),
    ("any_hyeong", r"punish\w*"),
    ("hae", r"harm(?:s|ed|ing|ful)?|six harms?"),
    ("pa", r"destruction|destroys?|break(?:s|ing)? (?:each other|one another)"),
    (
        "hap",
        r"combin\w*|bond(?:s|ed|ing)?|unit(?:e|es|ed|ing)|unions?|harmon\w*|embrac\w*|join(?:s|ed|ing)? (?:hands|forces|together|up)|hold(?:s|ing)? hands|pair(?:s|ed)? up|all(?:y|ies|ied)|merg\w*|marr(?:y|ies|ied)|link(?:s|ed)? arms|lock(?:s|ed)? arms|reach(?:es)? for (?:each other|one another)|pull(?:s|ed)? toward (?:each other|one another)",
    ),
)
_CONTACT = re.compile("|".join(rf"\b(?P<{name}>{words})\b" for name, words in _KINDS), re.IGNORECASE)
_TWO = re.compile(r"\b(?:two|both|twin|pair of) (?:\w+ )?$")


def contacts(c: Clause) -> Iterator[Claim]:
    """Read the contact that a clause says two signs, or two cells, are in."""
    named = [(found.lastgroup or "", found) for found in _CONTACT.finditer(c.text)]
    if not named or c.of("star", "stage", "useful", "god"):
        return
    kind, found = min(named, key=lambda row: [name for name, _ in _KINDS].index(row[0]))
    if _general({name for name, _ in named}) > 1:
        return
    part = c.part("relation", kind, found)
    branches = list(c.of("branch", "animal"))
    if len(branches) == len(c.of("ganji")) == 1:
        pillar = c.of("ganji")[0]  # this year's Fire Horse clashes with your Goats
        branches.append(pillar._replace(kind="branch", value=pillar.value % 12))
    stems = c.of("stem")
    if len(branches) == 2 and not stems:
        yield from _of_signs(c, "branch", branches, kind, part)
    elif len(stems) == 2 and not branches:
        yield from _of_signs(c, "stem", stems, kind, part)
    elif (
        len(branches) == 1
        and not stems
        and c.s.text[branches[0].end - 1] in "sn"
        and _TWO.search(c.before(branches[0]))
    ):
        yield from _of_signs(c, "branch", branches * 2, kind, part)
    cells = c.of("cell", "place")
    years = c.of("year")
    if (
        len(cells) == len(years) == 1
        and len(branches) <= 2
        and not (stems or c.of("decade", "month", "today"))
    ):
        yield from c.claim("passing_relation", ("year", years[0].value, cells[0].value), kind, cells[0], part)
    if (
        len(cells) == 2
        and cells[0].value != cells[1].value
        and not (c.is_timed or _is_of_third(c, cells, part))
    ):
        where = comparable(frozenset(m.value for m in cells))
        yield from c.claim("relation", where, kind, *cells, part)


_OF_BOTH = re.compile(r"\b(?:between|of|binds?|joins?|links?|ties?|unites?) (?:(?:the|your) )?$")


def _is_of_third(c: Clause, cells: list[Mention], part: Mention) -> bool:
    """Return whether something else is in contact with both cells: a sign of the day clashes with the month and the hour."""
    return part.start < cells[0].start and not _OF_BOTH.search(c.before(cells[0]))


_ALL_HERE = re.compile(
    r"^[^.;]{0,40}\b(?:in (?:the (?:\w+ )?half of )?(?:your|this|the) chart|(?:line up|gather|come together|stand together|appear together)\b)"
)


def together(c: Clause) -> Iterator[Claim]:
    """Read that signs in a row are all in the chart: Tiger, Rabbit and Dragon line up."""
    if c.is_timed or c.of("void", "samjae"):
        return
    for row in joined(c, c.of("branch", "animal")):
        if len(row) > 1 and _ALL_HERE.match(c.after(row[-1])):
            yield from c.claim("signs", ("branch", tuple(m.value for m in row)), True, *row)


def _general(kinds: set[str]) -> int:
    """Return how many contacts of different nature are named."""
    unions = {"yukhap", "banhap", "samhap", "hap"}
    return len(kinds - unions) + bool(kinds & unions)


def _of_signs(c: Clause, half: str, signs: list[Mention], kind: str, part: Mention) -> Iterator[Claim]:
    where = (half, tuple(m.value for m in signs))
    yield from c.claim("contact", where, kind, *signs, part)
