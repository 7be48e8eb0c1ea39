"""The sentence that stands beside a contradiction: what the engine has there, in Korean and in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fortune.readings.grounding.names.words import ANIMALS, ANIMALS_EN
from fortune.readings.grounding.truths import told_signs, told_times
from fortune.readings.grounding.truths.natal import count_of
from fortune.readings.grounding.truths.told_times import Said, is_so, spelt
from fortune.readings.grounding.truths.truth import Truth
from fortune.readings.grounding.truths.wholes import cells_of
from fortune.readings.inputs import Person
from fortune.readings.life import GENDERS
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, ELEMENTS_KO, STEMS
from fortune.saju.glossary import en, ko
from fortune.saju.korean import CELLS_KO, ELEMENT_KEYS, ELEMENTS_EN, PLACES_KO, branch_ko, josa, stem_ko

_UNKNOWN = "hour"
_SEASONS = (("봄", "spring"), ("여름", "summer"), ("가을", "autumn"), ("겨울", "winter"))


def told(topic: str, where: Any, person: Person, truth: Truth) -> Said:
    """Return the truth about a claim's topic and place, as a sentence in Korean and in English."""
    cell = where[1] if topic == "stage" else where
    place = cell.partition(".")[0] if isinstance(cell, str) else ""
    if place == _UNKNOWN and person.pillars.hour is None:
        name = CELLS_KO.get(cell) or PLACES_KO[cell]
        return f"태어난 시각을 몰라 {josa(name, '은/는')} 비워 두었어요.", "The hour is unknown."
    if where == "*" and topic not in ("star", "stage", "nayin", "relation"):
        return _signs(where, person, truth)
    return _TOLD[topic](where, person, truth)


def _named(where: str) -> Said:
    if where == "*":
        return "명식", "The chart"
    return CELLS_KO.get(where) or PLACES_KO[where], f"The {where.replace('.', ' ')}"


def _pillar(where: str, person: Person, truth: Truth) -> Said:
    real = dict(person.pillars.named())[where]
    return f"명식의 {is_so(PLACES_KO[where], spelt(real))}", f"The {where} pillar is {real.hanja}."


def _sign(where: str, person: Person, truth: Truth) -> Said:
    if where == "year.branch":
        at = person.pillars.year.branch
        return (
            f"태어난 해는 {BRANCHES_KO[at]}({BRANCHES[at]}), {ANIMALS[at].partition('|')[0]}띠예요.",
            f"The year branch is {BRANCHES[at]}, the {ANIMALS_EN[at]}.",
        )
    place, _, part = where.partition(".")
    real = dict(person.pillars.named())[place]
    if not part:
        return _pillar(place, person, truth)
    spelt = stem_ko(real.stem) if part == "stem" else branch_ko(real.branch)
    sign = real.hanja[0] if part == "stem" else real.hanja[1]
    return f"명식의 {is_so(CELLS_KO[where], spelt)}", f"The {place} {part} is {sign}."


def _month_word(where: str, person: Person, truth: Truth) -> Said:
    return _sign("month.branch", person, truth)


def _god(where: str, person: Person, truth: Truth) -> Said:
    place, _, part = where.partition(".")
    column = person.facts.column(place)
    assert column is not None
    names = {"stem": (column.stem_god,), "branch": (column.branch_god,)}.get(
        part, (column.stem_god, column.branch_god)
    )
    subject = _named(where)
    spelt = "·".join(ko(god) for god in names)
    return (
        f"명식의 {subject[0]} 십성은 {josa(spelt, '이에요/예요')}.",
        f"The ten god there is {', '.join(map(en, names))}.",
    )


def _god_in(where: str, person: Person, truth: Truth) -> Said:
    columns = person.facts.columns
    gods = [
        c.stem_god if where == "stem" else c.branch_god
        for c in columns
        if where != "stem" or c.place != "day"
    ]
    half = ("천간", "stems") if where == "stem" else ("지지", "branches")
    return (
        f"{half[0]}의 십성은 {josa('·'.join(map(ko, gods)), '이에요/예요')}.",
        f"Ten gods of the {half[1]}: {', '.join(map(en, gods))}.",
    )


def _hidden(where: str, person: Person, truth: Truth) -> Said:
    column = person.facts.column(where.partition(".")[0])
    rows = column.hidden if column is not None else ()
    spelt = ", ".join(f"{stem_ko(h.stem)} {ko(h.god)}" for h in rows)
    return (
        f"{_named(where)[0]}의 지장간은 {josa(spelt, '이에요/예요')}.",
        f"Hidden there: {', '.join(STEMS[h.stem] for h in rows)}.",
    )


def _rooted(where: tuple[str, int], person: Person, truth: Truth) -> Said:
    return _hidden(where[0], person, truth)


def _stage(where: tuple[Any, str], person: Person, truth: Truth) -> Said:
    place = where[1].partition(".")[0]
    rows = [c for c in person.facts.columns if place in ("*", c.place)]
    spelt = ", ".join(f"{PLACES_KO[c.place]} {ko(c.stage)}" for c in rows)
    return f"12운성은 {josa(spelt, '이에요/예요')}.", "Stages: " + ", ".join(
        f"{c.place} {en(c.stage)}" for c in rows
    ) + "."


def _star(where: str, person: Person, truth: Truth) -> Said:
    if where == "*":
        return "이 명식에 있는 신살과 달라요.", "The chart's stars are others."
    column = person.facts.column(where.partition(".")[0])
    assert column is not None
    keys = dict.fromkeys([*(star.key for star in column.stars), column.sinsal])
    place = PLACES_KO[column.place]
    return (
        f"{place}의 신살은 {josa(', '.join(map(ko, keys)), '이에요/예요')}.",
        f"Stars of the {column.place} pillar: {', '.join(map(en, keys))}.",
    )


def _nayin(where: str, person: Person, truth: Truth) -> Said:
    rows = [c for c in person.facts.columns if where in ("*", c.place)]
    spelt = ", ".join(f"{PLACES_KO[c.place]} {ko(c.nayin)}" for c in rows)
    return f"납음은 {josa(spelt, '이에요/예요')}.", "Melodic elements: " + ", ".join(
        f"{c.place} {en(c.nayin)}" for c in rows
    ) + "."


def _void(where: Any, person: Person, truth: Truth) -> Said:
    signs = person.facts.void_day
    spelt = "·".join(f"{BRANCHES_KO[b]}({BRANCHES[b]})" for b in signs)
    return (
        f"일주로 본 공망은 {josa(spelt, '이에요/예요')}.",
        f"The void branches are {', '.join(BRANCHES[b] for b in signs)}.",
    )


def _count(where: str, person: Person, truth: Truth) -> Said:
    if where in ("eum_signs", "yang_signs"):
        e = person.facts.elements
        return (
            f"양의 글자는 {e.yang}개, 음의 글자는 {e.yin}개예요.",
            f"Yang signs {e.yang}, yin signs {e.yin}.",
        )
    if where in ELEMENT_KEYS:
        return _elements(where, person, truth)
    n = count_of(where, person)
    name = ko(where)
    return f"명식에서 {josa(name, '은/는')} {n}개예요.", f"The chart has {n} of {en(where)}."


def _theme(where: tuple[str, ...], person: Person, truth: Truth) -> Said:
    rows = [(key, count_of(key, person)) for key in where]
    korean = ", ".join(f"{josa(ko(key), '은/는')} {n}개" for key, n in rows)
    return (
        f"명식에서 {korean}예요.",
        f"The chart has {', '.join(f'{n} of {en(key)}' for key, n in rows)}.",
    )


def _only_at(where: str, person: Person, truth: Truth) -> Said:
    cells = cells_of(where, person)
    name = ELEMENTS_KO[ELEMENT_KEYS.index(where)] if where in ELEMENT_KEYS else ko(where)
    spelt = ", ".join(cell.replace(".", " ") for cell in cells) or "nowhere"
    at = f"{'·'.join(CELLS_KO[cell] for cell in cells)}에 있어요" if cells else "명식에 없어요"
    return f"{josa(name, '은/는')} {at}.", f"It stands here: {spelt}."


def _elements(where: str, person: Person, truth: Truth) -> Said:
    counts = person.facts.elements.counts
    listing = ", ".join(f"{name} {n}개" for name, n in zip(ELEMENTS_KO, counts, strict=True))
    english = ", ".join(f"{name} {n}" for name, n in zip(ELEMENTS_EN, counts, strict=True))
    return f"명식의 글자는 {listing}예요.", f"The chart has {english}."


def _relation(where: Any, person: Person, truth: Truth) -> Said:
    rows = [r for r in person.facts.relations if where == "*" or where <= set(r.cells) | set(r.places)]
    told_ko = ", ".join(
        dict.fromkeys(f"{'·'.join(PLACES_KO[p] for p in r.places)} {ko(r.kind)}" for r in rows)
    )
    told_en = ", ".join(dict.fromkeys(f"{', '.join(r.places)}: {en(r.kind)}" for r in rows))
    return (
        f"명식에 있는 것은 {josa(told_ko, '이에요/예요')}." if rows else "그 사이에는 합이나 충이 없어요.",
        f"There is {told_en}." if rows else "There is no such contact.",
    )


def _signs(where: Any, person: Person, truth: Truth) -> Said:
    f = person.pillars
    spelt = " ".join(p.hangul for _, p in f.named())
    hanja = " ".join(p.hanja for _, p in f.named())
    return f"명식의 글자는 {josa(spelt, '이에요/예요')}.", f"The chart's signs are {hanja}."


def _sign_count(where: Any, person: Person, truth: Truth) -> Said:
    return _signs("", person, truth)


def _strength(where: str, person: Person, truth: Truth) -> Said:
    level = person.facts.strength.level
    return f"이 명식은 {josa(ko(level), '이에요/예요')}.", f"The chart is {en(level)}."


def _useful(where: str, person: Person, truth: Truth) -> Said:
    first = person.facts.useful
    return (
        f"억부로는 {ELEMENTS_KO[first.eokbu.element]}, 조후로는 {josa(ELEMENTS_KO[first.johu.element], '을/를')} 용신으로 봐요.",
        f"The balancing element is {ELEMENTS_EN[first.eokbu.element]}, by season {ELEMENTS_EN[first.johu.element]}.",
    )


def _structure(where: str, person: Person, truth: Truth) -> Said:
    key = person.facts.structure.key
    return f"이 명식의 격국은 {josa(ko(key), '이에요/예요')}.", f"The pattern is the {en(key)}."


def _season(where: str, person: Person, truth: Truth) -> Said:
    month = person.pillars.month
    season = _SEASONS[(month.branch - 2) % 12 // 3]
    return (
        f"태어난 달은 {BRANCHES_KO[month.branch]}월, {josa(season[0], '이에요/예요')}.",
        f"The month of birth is in {season[1]}.",
    )


def _gender(where: str, person: Person, truth: Truth) -> Said:
    assert person.life is not None
    korean, english = GENDERS[person.life.gender]
    return f"이 명식은 {korean}으로 셈했어요.", f"The chart was cast for {english}."


def _age(where: Any, person: Person, truth: Truth) -> Said:
    assert person.life is not None and truth.day_on is not None
    own, counted = person.life.age(truth.day_on), person.life.korean_age(truth.day_on.year)
    return f"만 {own}세, 세는나이로는 {counted}세예요.", f"The age is {own}."


_TOLD: dict[str, Callable[[Any, Person, Truth], Said]] = {
    "pillar": _pillar,
    "pillars": _signs,
    "own_pillar": _signs,
    "month_word": _month_word,
    "stem": _sign,
    "branch": _sign,
    "element": _sign,
    "polarity": _sign,
    "god": _god,
    "god_in": _god_in,
    "seat": _signs,
    "hidden": _hidden,
    "stage": _stage,
    "star": _star,
    "starred": lambda where, *more: _star("*", *more),
    "nayin": _nayin,
    "void": _void,
    "god_void": lambda where, *more: _TOLD["void"]("", *more),
    "void_at": _void,
    "count": _count,
    "sum": lambda where, *more: _count(where[0], *more),
    "amount": _count,
    "more": _elements,
    "god_over": _signs,
    "complete": _elements,
    "relation": _relation,
    "touched": _relation,
    "signs": _signs,
    "strength": _strength,
    "useful": _useful,
    "structure": _structure,
    "season": _season,
    "sign_god": told_signs.sign_god,
    "sign_count": _sign_count,
    "test": told_signs.test,
    "root": told_signs.root,
    "rooted": _rooted,
    "inside": told_signs.inside,
    "pictured": told_times.pictured,
    "turned": told_signs.turned,
    "stage_over": told_signs.stage_over,
    "pillar_stage": told_signs.pillar_stage,
    "sign_stage": lambda where, *more: told_signs.stage_over((None, where), *more),
    "zodiac_samjae": told_times.zodiac_samjae,
    "contact": told_signs.contact,
    "act": told_signs.act,
    "mutual": told_signs.act,
    "year": told_times.year,
    "year_god": told_times.year,
    "year_stem": told_times.year,
    "year_branch": told_times.year,
    "zodiac_of": told_times.zodiac_of,
    "decade_start": told_times.decade,
    "completed": told_times.completed,
    "ganji_god": told_times.ganji_god,
    "samjae": told_times.year_samjae,
    "row": _signs,
    "theme": _theme,
    "uniform": _signs,
    "only_at": _only_at,
    "year_samjae": told_times.year_samjae,
    "passing_relation": told_times.passing_relation,
    "month": told_times.month,
    "month_god": told_times.month,
    "day": told_times.day,
    "day_god": told_times.day,
    "decade": told_times.decade,
    "decade_after": lambda where, *more: told_times.decade(("ganji", where), *more),
    "decade_end": told_times.decade_end,
    "decade_god": told_times.decade,
    "luck_age": told_times.luck_age,
    "luck_turn": told_times.luck_age,
    "direction": told_times.direction,
    "gender": _gender,
    "age": _age,
    "age_within": _age,
}
