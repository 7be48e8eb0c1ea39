"""The engine's facts of a year, a month, a day or a 대운, as a sentence in Korean and in English."""

from __future__ import annotations

from typing import Any

from fortune.readings.grounding.names.words import ANIMALS, ANIMALS_EN
from fortune.readings.grounding.truths import times
from fortune.readings.grounding.truths.times import decade_at, years_of
from fortune.readings.grounding.truths.truth import Truth
from fortune.readings.inputs import Person
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, Pillar
from fortune.saju.derive.basics import branch_god, ten_god
from fortune.saju.derive.stars import samjae_years
from fortune.saju.glossary import TERMS, en, ko
from fortune.saju.korean import CELLS_KO, ELEMENTS_EN, PLACES_KO, josa

Said = tuple[str, str]


def spelt(p: Pillar) -> str:
    """ "경진(庚辰)"."""
    return f"{p.hangul}({p.hanja})"


def is_so(subject: str, value: str) -> str:
    """Return "<subject> is <value>" in Korean."""
    return f"{josa(subject, '은/는')} {josa(value, '이에요/예요')}."


def year(where: Any, person: Person, truth: Truth) -> Said:
    year = years_of(where[0] if isinstance(where, tuple) else where, truth)[0]
    real = year_pillar(year)
    day = person.pillars.day.stem
    gods = ten_god(day, real.stem), branch_god(day, real.branch)
    return (
        f"{year}년은 {spelt(real)}, {josa('·'.join(map(ko, gods)), '이에요/예요')}.",
        f"{year} is {real.hanja}, {en(gods[0])} and {en(gods[1])}.",
    )


def completed(where: Any, person: Person, truth: Truth) -> Said:
    passing = where[0]
    is_pillar = isinstance(passing, tuple)
    return ganji_god(passing[1], person, truth) if is_pillar else year(passing, person, truth)


def year_samjae(where: int, person: Person, truth: Truth) -> Said:
    return _three_years(person.facts.samjae)


def zodiac_samjae(where: tuple[int, int], person: Person, truth: Truth) -> Said:
    return _three_years(samjae_years(where[1]))


def _three_years(signs: tuple[int, ...]) -> Said:
    korean, english = "·".join(BRANCHES_KO[b] for b in signs), ", ".join(BRANCHES[b] for b in signs)
    return f"삼재는 {korean}년이에요.", f"The three years are {english}."


def passing_relation(where: Any, person: Person, truth: Truth) -> Said:
    kind, which, cell = where
    found = sorted(map(str, times.passing_relation(where, person, truth) or ()))
    named = [key for key in found if key in TERMS and key not in ("banhap", "hap")]
    names = {"month": "그달", "today": "그날", "decade": "그 대운", "ganji": "그 기둥"}
    of = names.get(kind) or f"{years_of(which, truth)[0]}년"
    place, _, part = cell.partition(".")
    name = CELLS_KO.get(cell) or PLACES_KO[place]
    what = "·".join(map(ko, named))
    korean = f"{josa(what, '이에요/예요')}." if named else "합도 충도 아니에요."
    english = f"{', '.join(map(en, named))}." if named else "no such contact."
    return (
        f"{josa(of, '과/와')} {name} 사이는 {korean}",
        f"Between that time and the {place} {part or 'pillar'}: {english}",
    )


def month(where: Any, person: Person, truth: Truth) -> Said:
    real = next(Pillar(int(str(index))) for index in times.month(where, person, truth) or ())
    if where[1] > 12:
        return f"그달의 월건은 {josa(spelt(real), '이에요/예요')}.", f"The month is {real.hanja}."
    return (
        f"{where[1]}월에 시작하는 달은 {josa(spelt(real), '이에요/예요')}.",
        f"The month that begins then is {real.hanja}.",
    )


def day(where: str, person: Person, truth: Truth) -> Said:
    assert truth.day is not None
    return f"그날의 일진은 {josa(spelt(truth.day), '이에요/예요')}.", f"The day is {truth.day.hanja}."


def decade_end(where: Any, person: Person, truth: Truth) -> Said:
    places = decade_at(where, person, truth)
    ends = person.decades[places[0] + 1].begins if places else None
    if ends is None:
        return decade(where, person, truth)
    which = ("지금의", "The present") if where == "now" else ("그", "That")
    return (
        f"{which[0]} 대운은 {ends.year}년 {ends.month}월까지예요.",
        f"{which[1]} decade runs to {ends:%B} {ends.year}.",
    )


def decade(where: Any, person: Person, truth: Truth) -> Said:
    where, _ = times.halved(where)
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


def pictured(where: int, person: Person, truth: Truth) -> Said:
    """Return the animal of a pillar, with the element of its stem."""
    real = Pillar(where)
    element, animal = ELEMENTS_EN[real.stem // 2].capitalize(), ANIMALS_EN[real.branch].capitalize()
    return (
        is_so(spelt(real), f"{_COLOURS[real.stem // 2]} {ANIMALS[real.branch].partition('|')[0]}"),
        f"{real.hanja} is the {element} {animal}.",
    )


_COLOURS = ("푸른", "붉은", "누런", "하얀", "검은")


def ganji_god(where: Any, person: Person, truth: Truth) -> Said:
    """Return the ten gods of a pillar for the day stem."""
    real, day = Pillar(times.halved(where)[0]), person.pillars.day.stem
    gods = ten_god(day, real.stem), branch_god(day, real.branch)
    return (
        f"{spelt(real)}의 십성은 {josa('·'.join(map(ko, gods)), '이에요/예요')}.",
        f"{real.hanja} is {en(gods[0])} and {en(gods[1])}.",
    )
