"""The true values of what a text may say of the chart itself, a function a topic.

Each takes the place asked about (``where``) and returns the values that fit there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fortune.readings.grounding.truths.truth import Truth, Values
from fortune.readings.inputs import Person
from fortune.saju.cycle import BRANCH_ELEMENT, STEM_ELEMENT
from fortune.saju.derive.basics import GROUPS, TEN_GODS
from fortune.saju.derive.facts import Column, Facts
from fortune.saju.korean import ELEMENT_KEYS

_POLARITIES = {"eum_signs": "yang_signs", "yang_signs": "eum_signs"}
_UNIONS = {"cheongan_hap", "yukhap", "samhap", "banhap", "banghap", "amhap"}
_FAMILIES = {
    **dict.fromkeys(_UNIONS, "hap"),
    **dict.fromkeys(("chung", "cheongan_chung"), "any_chung"),
    **dict.fromkeys(("hyeong", "samhyeong", "sanghyeong", "jahyeong"), "any_hyeong"),
}


def god_and_group(god: str) -> tuple[str, ...]:
    """Return a ten god with the name of its group; the day stem itself is a companion of none."""
    return (god,) if god == "ilgan" else (god, GROUPS[TEN_GODS.index(god) // 2])


def families(kind: str) -> set[str]:
    """Return a relation's kind with the looser names it also goes by: a 반합 is a 삼합 and a 합."""
    return {kind, _FAMILIES.get(kind, kind), *({"samhap"} if kind == "banhap" else ())}


def columns_of(where: str, f: Facts) -> tuple[list[Column], str]:
    """Return the columns that a cell, a pillar or "*" names, and which half of them ("" for both)."""
    place, _, part = where.partition(".")
    return [c for c in f.columns if where == "*" or c.place == place], part


def pillar(where: str, person: Person, truth: Truth) -> Values:
    return frozenset(c.pillar.index for c in columns_of(where, person.facts)[0])


def own_pillar(where: str, person: Person, truth: Truth) -> Values:
    """The pillars that a person is called by: of the day, and of the year."""
    return frozenset({person.pillars.day.index, person.pillars.year.index})


def pillars(where: str, person: Person, truth: Truth) -> Values:
    """The pillars in a row, from the year on or back to it, with the hour or without."""
    row = tuple(p.index for _, p in person.pillars.named())
    return frozenset({row, row[::-1], row[:3], row[2::-1]})


def row(where: str, person: Person, truth: Truth) -> Values:
    """The stems or the branches in a row, from the year on or back to it, with the hour or without."""
    signs = tuple(p.stem if where == "stem" else p.branch for _, p in person.pillars.named())
    return frozenset({signs, signs[::-1], signs[:3], signs[2::-1]})


def month_word(where: str, person: Person, truth: Truth) -> Values:
    """The branches whose name a month of birth may go by: 사월 is April as well as the month of 巳, 유월 June."""
    own = person.pillars.month.branch
    return frozenset(
        {
            own,
            *((5,) if own in (3, 4) else ()),
            *((9,) if own in (5, 6) else ()),
            *((6,) if own in (4, 5) else ()),
        }
    )


def stem(where: str, person: Person, truth: Truth) -> Values:
    columns, part = columns_of(where, person.facts)
    return frozenset(c.pillar.stem for c in columns if part != "branch")


def branch(where: str, person: Person, truth: Truth) -> Values:
    columns, part = columns_of(where, person.facts)
    return frozenset(c.pillar.branch for c in columns if part != "stem")


def seat(where: int, person: Person, truth: Truth) -> Values | None:
    """The branches below a stem; None where the chart has no such stem."""
    return frozenset(c.pillar.branch for c in person.facts.columns if c.pillar.stem == where) or None


def element(where: str, person: Person, truth: Truth) -> Values:
    stems = {STEM_ELEMENT[int(str(s))] for s in stem(where, person, truth)}
    return frozenset(stems | {BRANCH_ELEMENT[int(str(b))] for b in branch(where, person, truth)})


def polarity(where: str, person: Person, truth: Truth) -> Values:
    signs = stem(where, person, truth) | branch(where, person, truth)
    return frozenset(int(str(sign)) % 2 for sign in signs)


def god(where: str, person: Person, truth: Truth) -> Values:
    columns, part = columns_of(where, person.facts)
    gods = [c.stem_god for c in columns if part != "branch"]
    gods += [c.branch_god for c in columns if part != "stem"]
    return frozenset(name for god in gods for name in god_and_group(god))


def god_in(where: str, person: Person, truth: Truth) -> Values:
    """The ten gods of all stems or of all branches, with their groups."""
    columns = person.facts.columns
    gods = [c.stem_god if where == "stem" else c.branch_god for c in columns]
    return frozenset(name for god in gods for name in god_and_group(god))


def hidden(where: str, person: Person, truth: Truth) -> Values:
    """Hidden gods by key, stems as numbers, elements as ("element", n)."""
    rows = [h for c in columns_of(where, person.facts)[0] for h in c.hidden]
    names = {name for h in rows for name in god_and_group(h.god)}
    return frozenset({*names, *(h.stem for h in rows), *(("element", h.stem // 2) for h in rows)})


def stage(where: tuple[int | str | None, str], person: Person, truth: Truth) -> Values:
    """The 12운성 of the day stem at a place, if it is told of that stem; else of the stem above it too."""
    stem, place = where
    of_day = stem in ("day", person.pillars.day.stem)
    columns = columns_of(place, person.facts)[0]
    return loosely(key for c in columns for key in ((c.stage,) if of_day else (c.stage, c.own_stage)))


def loosely(stages: Iterable[str]) -> Values:
    """Return stages with the name that two of them share in English."""
    found = set(stages)
    return frozenset(found | {"prosperity"} if found & {"geonrok", "jewang"} else found)


def star(where: str, person: Person, truth: Truth) -> Values:
    columns, _ = columns_of(where, person.facts)
    keys = {star.key for c in columns for star in c.stars} | {c.sinsal for c in columns}
    for short, long in (("dohwa", "yeonsal"), ("yeokma", "yeokmasal"), ("hwagae", "hwagaesal")):
        if keys & {short, long}:
            keys |= {short, long}
    if "yangin_yin" in keys:
        keys.add("yangin")
    return frozenset(keys | {kind for row in person.facts.relations for kind in (row.kind,)})


def starred(where: Any, person: Person, truth: Truth) -> Values | None:
    """The 신살 of the pillars that hold a sign, each of ``where`` being one that is meant; None where none does."""
    places = {
        c.place
        for c in person.facts.columns
        for part, sign in where
        if sign == (c.pillar.stem if part == "stem" else c.pillar.branch)
    }
    return frozenset().union(*(star(place, person, truth) for place in places)) or None


def nayin(where: str, person: Person, truth: Truth) -> Values:
    return frozenset(c.nayin for c in columns_of(where, person.facts)[0])


def void(where: str, person: Person, truth: Truth) -> Values:
    """The 공망 counted from the day; of the year only where a text says so."""
    return frozenset(person.facts.void_year if where == "year" else person.facts.void_day)


def god_void(where: str, person: Person, truth: Truth) -> Values | None:
    """Whether branches of a ten god or a group stand in 공망; None where no branch is one."""
    return (
        frozenset(bool(c.void) for c in person.facts.columns if where in god_and_group(c.branch_god)) or None
    )


def void_at(where: str, person: Person, truth: Truth) -> Values:
    return frozenset(bool(c.void) for c in columns_of(where, person.facts)[0])


def count_of(key: str, person: Person) -> int:
    """Return how many signs are of an element, a ten god, a group of gods, 음 or 양."""
    e = person.facts.elements
    if key in _POLARITIES:
        return e.yin if key == "eum_signs" else e.yang
    if key in ELEMENT_KEYS:
        return e.counts[ELEMENT_KEYS.index(key)]
    if key in GROUPS:
        at = 2 * GROUPS.index(key)
        return e.god_counts[at] + e.god_counts[at + 1]
    return e.god_counts[TEN_GODS.index(key)]


def count(where: str, person: Person, truth: Truth) -> Values:
    counts = {count_of(where, person)}
    # The day stem is a sign of its own element, and some count it among the companions.
    if where in ("bigeop", "bigyeon"):
        counts.add(count_of(where, person) + 1)
    return frozenset(counts)


def sum_of(where: tuple[str, str], person: Person, truth: Truth) -> Values:
    """How many signs are of either of two kinds; the day stem may be counted as one of its companions."""
    n = sum(count_of(key, person) for key in where)
    return frozenset({n, n + 1} if {"bigeop", "bigyeon"} & set(where) else {n})


def sign_count(where: Any, person: Person, truth: Truth) -> Values:
    """How often a sign stands in the chart; 신금 may be 辛 or 申."""
    own = {
        "stem": [p.stem for _, p in person.pillars.named()],
        "branch": [p.branch for _, p in person.pillars.named()],
    }
    return frozenset(own[part].count(sign) for part, sign in where)


def more(where: tuple[int, int], person: Person, truth: Truth) -> Values:
    """Whether there is more of the first element than of the second, by signs or by weight."""
    one, two = where
    e = person.facts.elements
    return frozenset({e.counts[one] > e.counts[two] or e.weights[one] > e.weights[two]})


def god_over(where: int, person: Person, truth: Truth) -> Values | None:
    """The ten gods of the stems above a branch; None where the chart has no such branch."""
    gods = [c.stem_god for c in person.facts.columns if c.pillar.branch == where]
    return frozenset(name for god in gods for name in god_and_group(god)) or None


def amount(where: str, person: Person, truth: Truth) -> Values:
    """The words none, some, many, strong, few, most and least, as far as they are tenable.

    Between two and three signs of eight words are a matter of taste: there both "many" and "few" pass.
    """
    if where in _POLARITIES:
        return _amount_of_polarity(where, person)
    n, most, least, share = _weigh(where, person)
    tests = {
        "none": n == 0,
        "some": n > 0,
        "many": n >= 2 or most or share >= 25,
        "strong": n >= 2 or most or share >= 17 or (n == 1 and where in TEN_GODS),
        "few": n <= 2 and not (most and n > 1),
        "most": most,
        "least": least,
        "half": n >= 3 or share >= 40,
    }
    # Your Fire is weak: of the day stem's own element its strength may be meant.
    is_own = where in ELEMENT_KEYS and ELEMENT_KEYS.index(where) == person.pillars.day.stem // 2
    tests["weak"] = tests["few"] or (is_own and not person.facts.strength.strong)
    tests["strong"] = tests["strong"] or (is_own and person.facts.strength.strong)
    if where in ("bigeop", "bigyeon"):
        tests["some"] = True  # the day stem itself is one, to some
    return frozenset(word for word, holds in tests.items() if holds)


def _amount_of_polarity(where: str, person: Person) -> Values:
    """The words for how many of the signs are 음 or 양: half of them pass for many and for few."""
    n, other = count_of(where, person), count_of(_POLARITIES[where], person)
    tests = {
        "none": n == 0,
        "some": n > 0,
        "many": n >= other,
        "strong": n >= other,
        "few": n <= other,
        "most": n > other,
        "least": n < other,
        "half": n >= other - 1,
        "all": other == 0,
    }
    return frozenset(word for word, holds in tests.items() if holds)


def _weigh(where: str, person: Person) -> tuple[int, bool, bool, float]:
    """Return the count of a thing, whether it is the most or the least of its kind, and its weighted share."""
    e = person.facts.elements
    n = count_of(where, person)
    if where in TEN_GODS:
        return n, n == max(e.god_counts) and n > 0, n == min(e.god_counts), 0.0
    if where in ELEMENT_KEYS:
        rows, at = e.counts, ELEMENT_KEYS.index(where)
    else:
        rows = tuple(count_of(group, person) for group in GROUPS)
        at = (person.pillars.day.stem // 2 + GROUPS.index(where)) % 5
    weighs = e.weights[at]
    return (
        n,
        n == max(rows) or weighs == max(e.weights),
        n == min(rows) or weighs == min(e.weights),
        e.weighted[at],
    )


def complete(where: str, person: Person, truth: Truth) -> Values:
    return frozenset({all(person.facts.elements.counts)})


def relation(where: Any, person: Person, truth: Truth) -> Values:
    """Kinds between the cells or pillars of ``where`` (a frozenset), or anywhere in the chart for "*"."""
    found: set[str] = set()
    for row in person.facts.relations:
        places = set(row.cells) | set(row.places)
        if where == "*" or where <= places:
            found |= families(row.kind)
    return frozenset(found)


def touched(where: Any, person: Person, truth: Truth) -> Values:
    """Whether there is any contact between the cells or pillars of ``where``."""
    return frozenset({bool(relation(where, person, truth))})


def signs(where: Any, person: Person, truth: Truth) -> Values:
    """Whether signs (``where``: "stem" or "branch" and their numbers) all stand in the chart."""
    part, signs = where
    own = [p.stem if part == "stem" else p.branch for _, p in person.pillars.named()]
    return frozenset({all(own.count(sign) >= list(signs).count(sign) for sign in signs)})


def season(where: str, person: Person, truth: Truth) -> Values:
    return frozenset({(person.pillars.month.branch - 2) % 12 // 3})


def gender(where: str, person: Person, truth: Truth) -> Values | None:
    return None if person.life is None else frozenset({person.life.gender})
