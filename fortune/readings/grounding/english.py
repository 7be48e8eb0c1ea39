"""The same claims in English sentences: pillars by their signs, years, and the day stem's element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.truth import Finding, Passage, Truth, finding, ganji_of
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.cycle import BRANCHES, STEMS
from fortune.saju.korean import ELEMENTS_EN

_SIGNS = f"[{STEMS}][{BRANCHES}]"
_NAME = r"(?:[A-Z][a-z]+-[A-Z][a-z]+ ?)?\(?"
_PILLAR = re.compile(
    rf"\b(?P<place>[Yy]ear|[Mm]onth|[Dd]ay|[Hh]our) pillar,? (?:is )?{_NAME}(?P<ganji>{_SIGNS})"
)
_YEAR = re.compile(
    rf"\b(?P<year>(?:19|20)\d\d) (?:is|brings) (?:an? |the )?(?:year (?:of )?)?{_NAME}(?P<ganji>{_SIGNS})"
)
_SELF = re.compile(
    r"\b[Dd]ay (?:stem|master)(?: is|,)? (?:\w+,? )?(?P<polarity>[Yy]in|[Yy]ang) (?P<element>[Ww]ood|[Ff]ire|[Ee]arth|[Mm]etal|[Ww]ater)"
)


def _pillars(text: Passage, truth: Truth) -> Iterator[Finding]:
    for match in _PILLAR.finditer(text):
        place = match["place"].lower()
        real = [dict(s.pillars.named()).get(place) for s in truth.persons]
        if ganji_of(match["ganji"]) not in real and real[0] is not None:
            name = {"year": "년주", "month": "월주", "day": "일주", "hour": "시주"}[place]
            yield finding(
                match, f"{name}: {real[0].hangul}({real[0].hanja})", f"The {place} pillar is {real[0].hanja}."
            )


def _years(text: Passage, truth: Truth) -> Iterator[Finding]:
    for match in _YEAR.finditer(text):
        real = year_pillar(int(match["year"]))
        if ganji_of(match["ganji"]) != real:
            year = match["year"]
            yield finding(match, f"{year}: {real.hangul}({real.hanja})", f"{year} is {real.hanja}.")


def _self(text: Passage, truth: Truth) -> Iterator[Finding]:
    stems = [s.pillars.day.stem for s in truth.persons]
    for match in _SELF.finditer(text):
        claimed = 2 * ELEMENTS_EN.index(match["element"].lower()) + (match["polarity"].lower() == "yin")
        if claimed not in stems:
            polarity = "yin" if stems[0] % 2 else "yang"
            yield finding(
                match,
                f"일간: {STEMS[stems[0]]}",
                f"The day stem is {STEMS[stems[0]]}, {polarity} {ELEMENTS_EN[stems[0] // 2]}.",
            )


RULES = (_pillars, _years, _self)
