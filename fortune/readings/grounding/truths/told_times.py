"""The engine's facts of a year, a month, a day or a 대운, as a sentence in Korean and in English."""

from __future__ import annotations

from typing import Any

from fortune.readings.grounding.truths.times import decade_at, years_of
from fortune.readings.grounding.truths.truth import Truth
from fortune.readings.inputs import Person
from fortune.saju.calendar.pillars import month_pillars, year_pillar
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, Pillar
from fortune.saju.derive.basics import branch_god, ten_god
from fortune.saju.glossary import en, ko
from fortune.saju.korean import josa

Said = tuple[str, str]


def spelt(p: Pillar) -> str:
    """ "경진(庚辰)"."""
    return f"{p.hangul}({p.hanja})"


def year(where: Any, person: Person, truth: Truth) -> Said:
    year = years_of(where[0] if isinstance(where, tuple) else where, truth)[0]
    real = year_pillar(year)
    day = person.pillars.day.stem
    gods = ten_god(day, real.stem), branch_god(day, real.branch)
    return (
        f"{year}년은 {spelt(real)}, {josa('·'.join(map(ko, gods)), '이에요/예요')}.",
        f"{year} is {real.hanja}, {en(gods[0])} and {en(gods[1])}.",
    )


def year_samjae(where: int, person: Person, truth: Truth) -> Said:
    signs = "·".join(BRANCHES_KO[b] for b in person.facts.samjae)
    return (
        f"삼재는 {signs}년이에요.",
        f"The three years are {', '.join(BRANCHES[b] for b in person.facts.samjae)}.",
    )


def year_relation(where: Any, person: Person, truth: Truth) -> Said:
    return year(where[0], person, truth)


def month(where: Any, person: Person, truth: Truth) -> Said:
    year, month = where
    about = years_of(year, truth)[0] - (month == 1)
    real = dict(month_pillars(about))[month]
    return f"{month}월에 시작하는 달은 {spelt(real)}이에요.", f"The month that begins then is {real.hanja}."


def day(where: str, person: Person, truth: Truth) -> Said:
    assert truth.day is not None
    return f"그날의 일진은 {josa(spelt(truth.day), '이에요/예요')}.", f"The day is {truth.day.hanja}."


def decade_end(where: Any, person: Person, truth: Truth) -> Said:
    places = decade_at(where, person, truth)
    ends = person.decades[places[0] + 1].begins if places else None
    if ends is None:
        return decade(where, person, truth)
    return (
        f"지금의 대운은 {ends.year}년 {ends.month}월까지예요.",
        f"The present decade runs to {ends:%B} {ends.year}.",
    )


def decade(where: Any, person: Person, truth: Truth) -> Said:
    places = decade_at(where, person, truth)
    if where == "now" and places:
        real = person.luck[places[0]]
        return f"지금의 대운은 {josa(real.hangul, '이에요/예요')}.", f"The present decade is {real.hanja}."
    ages = person.luck_age is not None and person.luck_sure
    if ages and isinstance(where, tuple):
        assert person.luck_age is not None
        first = person.luck_age
        rows = [f"만 {first + 10 * at}세 {p.hangul}" for at, p in enumerate(person.luck)]
        return f"대운은 {josa(', '.join(rows), '이에요/예요')}.", ", ".join(
            f"{first + 10 * at}: {p.hanja}" for at, p in enumerate(person.luck)
        ) + "."
    sequence, hanja = ", ".join(p.hangul for p in person.luck), ", ".join(p.hanja for p in person.luck)
    return f"이 명식의 대운은 {josa(sequence, '이에요/예요')}.", f"The decades are {hanja}."


def luck_age(where: str, person: Person, truth: Truth) -> Said:
    return f"대운수는 {josa(str(person.luck_age), '이에요/예요')}.", f"The count is {person.luck_age}."


def direction(where: str, person: Person, truth: Truth) -> Said:
    forward = bool(person.luck) and person.luck[0] == person.pillars.month.step(1)
    return (
        f"대운은 {josa('순행' if forward else '역행', '이에요/예요')}.",
        f"The decades run {'forward' if forward else 'backward'}.",
    )


def zodiac_of(where: int, person: Person, truth: Truth) -> Said:
    """Return the pillar of a calendar year."""
    real = year_pillar(where)
    return f"{where}년은 {spelt(real)}년이에요.", f"{where} is {real.hanja}."


def ganji_god(where: int, person: Person, truth: Truth) -> Said:
    """Return the ten gods of a pillar for the day stem."""
    real, day = Pillar(where), person.pillars.day.stem
    gods = ten_god(day, real.stem), branch_god(day, real.branch)
    return (
        f"{spelt(real)}의 십성은 {josa('·'.join(map(ko, gods)), '이에요/예요')}.",
        f"{real.hanja} is {en(gods[0])} and {en(gods[1])}.",
    )
