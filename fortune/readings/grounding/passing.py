"""Claims about passing time: the pillar of a year, the 대운 and its ages, the pillar of the day asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.truth import AFTER, GANJI, Finding, Passage, Truth, finding, ganji_of
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.korean import josa

_YEAR = re.compile(rf"(?P<year>(?:19|20)\d\d)년[은의,]?\s?\(?(?P<ganji>{GANJI})(?=년|\)|[^가-힣]|$)")
_NOW = re.compile(rf"(?:지금은|현재는|현재|지금)\s?(?P<ganji>{GANJI})\s?대운")
_DECADE = re.compile(rf"(?<![가-힣])(?P<ganji>{GANJI})\s?대운")
_AGE = re.compile(
    rf"(?P<age>\d{{1,2}})세부터\s?(?:시작되는|시작하는|오는)?\s?(?P<ganji>{GANJI})\s?대운|대운수[는가]?\s?(?P<first>\d{{1,2}})(?!\d)"
)
_TODAY = re.compile(rf"(?:오늘의 )?일진[은이]?\s?['‘\"“]?(?P<ganji>{GANJI}){AFTER}")


def _years(text: Passage, truth: Truth) -> Iterator[Finding]:
    for match in _YEAR.finditer(text):
        real = year_pillar(int(match["year"]))
        if ganji_of(match["ganji"]) != real:
            spelt = f"{real.hangul}({real.hanja})"
            yield finding(
                match,
                f"{match['year']}년은 {josa(spelt, '이에요/예요')}.",
                f"{match['year']} is {real.hanja}.",
            )


def _decades(text: Passage, truth: Truth) -> Iterator[Finding]:
    first = truth.persons[0]
    if not first.luck:
        return
    known = {pillar for person in truth.persons for pillar in person.luck}
    sequence = ", ".join(pillar.hangul for pillar in first.luck)
    hanja = ", ".join(pillar.hanja for pillar in first.luck)
    for match in _NOW.finditer(text):
        if truth.now is not None and ganji_of(match["ganji"]) != first.luck[truth.now]:
            real = first.luck[truth.now]
            yield finding(
                match,
                f"지금의 대운은 {josa(real.hangul, '이에요/예요')}.",
                f"The present decade is {real.hanja}.",
            )
    for match in _DECADE.finditer(text):
        if ganji_of(match["ganji"]) not in known:
            yield finding(
                match, f"이 명식의 대운은 {josa(sequence, '이에요/예요')}.", f"The decades are {hanja}."
            )


def _ages(text: Passage, truth: Truth) -> Iterator[Finding]:
    person = truth.persons[0]
    # An unknown hour leaves the age open by a year or two; two charts have two answers.
    if person.luck_age is None or not person.luck_sure or len(truth.persons) > 1:
        return
    for match in _AGE.finditer(text):
        start = person.luck_age
        if match["first"]:
            if int(match["first"]) != start:
                yield finding(match, f"대운수는 {josa(str(start), '이에요/예요')}.", f"The count is {start}.")
            continue
        claimed = ganji_of(match["ganji"])
        at = person.luck.index(claimed) if claimed in person.luck else None
        if at is not None and int(match["age"]) != start + 10 * at:
            yield finding(
                match,
                f"{person.luck[at].hangul} 대운은 만 {start + 10 * at}세부터예요.",
                f"That decade begins at the age of {start + 10 * at}.",
            )


def _today(text: Passage, truth: Truth) -> Iterator[Finding]:
    if truth.day is None:
        return
    for match in _TODAY.finditer(text):
        if ganji_of(match["ganji"]) != truth.day:
            spelt = f"{truth.day.hangul}({truth.day.hanja})"
            yield finding(
                match, f"그날의 일진은 {josa(spelt, '이에요/예요')}.", f"The day is {truth.day.hanja}."
            )


RULES = (_years, _decades, _ages, _today)
