"""When a decade of luck that is named by no pillar begins and ends: the cycle you're in lasts until 2034."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.english.clauses import Clause
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.names.numbers import AGES_EN, age_en

WORDS = frozenset(("luck", "decade", "cycle"))
"""The words without which no decade of luck is named."""
_DECADE = r"(?:(?:ten[- ]year |10[- ]year |big |great |major )?luck(?: pillar| cycle| period| phase| decade)?|decade|(?:ten|10)[- ]year (?:luck )?(?:cycle|period|phase|pillar)|(?:luck )?cycle|(?:change|shift|turn) of (?:luck|decades?))"
_MONTH = r"(?:(?:early|late|mid|the (?:spring|summer|autumn|fall|winter|beginning|end|middle) of|[A-Z][a-z]+)[ -])?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)\b"
_PRESENT = rf"(?:(?:[Yy]our|[Tt]he) (?:current|present) {_DECADE}|[Tt]his {_DECADE}|[Tt]he {_DECADE} (?:(?:that )?you(?:'re| are) (?:now |currently )?in(?: now)?|(?:of|right) now))"
_COMING = rf"(?:[Yy]our|[Tt]he) (?:next|following|coming) {_DECADE}"
_BEGINS = r"(?:begins?|began|starts?|started|opens?|opened|arrives?|arrived|comes|came|kicks in)"
_SPANS = (
    # Your current ten-year cycle runs from 2020 to 2030.
    rf"(?P<now>{_PRESENT})[^.;]{{0,24}}? (?:from )?{_MONTH}{_YEAR.format('a')}(?: to | until | through |–|-){_MONTH}{_YEAR.format('b')}",
    rf"(?P<until>{_PRESENT})(?: will)?(?: still)? (?:lasts?|runs?|ends?|continues?|stays?|holds?|closes?|carries you)(?: with you)?(?: until| till| to| in| through| up to)? {_MONTH}{_YEAR.format('end')}",
    rf"(?P<since>{_PRESENT})(?: has)? {_BEGINS}(?: in| around| back in)? {_MONTH}{_YEAR.format('begun')}",
    rf"(?P<next>{_COMING})(?: will)?,? {_BEGINS}(?: in| around)? {_MONTH}{_YEAR.format('begins')}",
    # In 2028 you will step into a new luck pillar.
    rf"\b(?:[Ii]n|[Aa]round|[Ff]rom) {_MONTH}{_YEAR.format('turn')}(?: on(?:wards?)?)?,? (?:you(?:'ll| will| are going to)? )?(?:step(?:ped)? into|enter(?:ed)?|mov(?:e|ed) (?:in)?to|begin|began|start(?:ed)?|shift(?:ed)? into|cross(?:ed)? into)(?P<any> a (?:new|fresh|different) {_DECADE}| (?:your|the) next {_DECADE})\b",
)
_SPAN = re.compile("|".join(_SPANS))


# You'll be forty when the next decade begins.
_AGED = re.compile(
    rf"\b[Yy]ou(?:'ll| will) be (?P<age>{AGES_EN}|[1-9]\d) when {_COMING}(?:, [^,.;]{{2,30}},)? {_BEGINS}\b",
    re.IGNORECASE,
)


# At thirty-five you stand in the second half of your decade.
_AT_NOW = re.compile(
    rf"\b[Aa]t (?P<age>{AGES_EN}|[1-9]\d),? (?:you(?: now| currently)? stand|you(?:'re| are)(?: now| currently)?|you find yourself) in the"
    rf" (?:(?:first|second|last|early|final|middle) (?:half|part|third|years?|stretch)|middle|midst|thick|heart) of (?:your|the|this|a) [^,.;]{{0,24}}{_DECADE}\b",
    re.IGNORECASE,
)


def spans(c: Clause) -> Iterator[Claim]:
    """Read the years in which the present or the next decade is said to begin or to end."""
    for found in _AGED.finditer(c.text):
        part = c.part("age", 0, found)
        yield from c.claim("decade_start", "next", ("age", age_en(found["age"].lower())), part, affirmed=True)
    for found in _AT_NOW.finditer(c.text):
        age = age_en(found["age"].lower())
        yield from c.claim("age_within", (age, age), True, c.part("age", age, found), affirmed=True)
    if c.of("ganji"):
        return
    for found in _SPAN.finditer(c.text):
        told = found.groupdict()
        for name, topic, where in (
            ("a", "decade_start", "now"),
            ("b", "decade_end", "now"),
            ("end", "decade_end", "now"),
            ("begun", "decade_start", "now"),
            ("begins", "decade_start", "next"),
            ("turn", "decade_start", "any"),
        ):
            if told[name]:
                at = c.start + found.start(name)
                value = ("year", int(told[name]))
                part = Mention("year", value[1], at, at + 4)
                whole = Mention("decade", True, c.start + found.start(), c.start + found.end())
                yield from c.claim(topic, where, value, whole, part, affirmed=True)
