"""The table of truths: for every topic that a claim may be about, the values that fit a person's chart.

A claim names a topic, a place in it ("where"), and a value. ``fitting`` answers with the values that are true
there, or None when the engine leaves the matter open; then nothing may be marked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from fortune.readings.grounding.truth import Truth
from fortune.readings.inputs import Person
from fortune.saju.calendar.pillars import month_pillars, year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT, STEM_ELEMENT, Pillar
from fortune.saju.derive.basics import GROUPS, TEN_GODS, branch_god, ten_god
from fortune.saju.derive.facts import Column, Facts
from fortune.saju.derive.relations import relations_with
from fortune.saju.korean import ELEMENT_KEYS

Values = frozenset[Hashable]
_UNIONS = {"cheongan_hap", "yukhap", "samhap", "banhap", "banghap", "amhap"}
_FAMILIES = {
    **dict.fromkeys(_UNIONS, "hap"),
    **dict.fromkeys(("chung", "cheongan_chung"), "any_chung"),
    **dict.fromkeys(("hyeong", "samhyeong", "sanghyeong", "jahyeong"), "any_hyeong"),
}
STRONG = ("singang", "taegang", "geukwang", "junghwa_singang")
WEAK = ("sinyak", "taeyak", "geukyak", "junghwa_sinyak")


def fitting(topic: str, where: Any, person: Person, truth: Truth) -> Values | None:
    """Return the true values of ``topic`` at ``where`` for a person; None when the engine leaves it open."""
    return _TOPICS[topic](where, person, truth)


def god_and_group(god: str) -> tuple[str, ...]:
    """Return a ten god with the name of its group; the day stem itself is a companion of none."""
    return (god,) if god == "ilgan" else (god, GROUPS[TEN_GODS.index(god) // 2])


def families(kind: str) -> set[str]:
    """Return a relation's kind with the looser names it also goes by: a 반합 is a 삼합 and a 합."""
    return {kind, _FAMILIES.get(kind, kind), *({"samhap"} if kind == "banhap" else ())}


def _columns(where: str, f: Facts) -> tuple[list[Column], str]:
    """Return the columns that a cell, a pillar or "*" names, and which half of them ("" for both)."""
    place, _, part = where.partition(".")
    return [c for c in f.columns if where == "*" or c.place == place], part


def _pillar(where: str, person: Person, truth: Truth) -> Values:
    return frozenset(c.pillar.index for c in _columns(where, person.facts)[0])


def _stem(where: str, person: Person, truth: Truth) -> Values:
    columns, part = _columns(where, person.facts)
    return frozenset(c.pillar.stem for c in columns if part != "branch")


def _branch(where: str, person: Person, truth: Truth) -> Values:
    columns, part = _columns(where, person.facts)
    return frozenset(c.pillar.branch for c in columns if part != "stem")


def _element(where: str, person: Person, truth: Truth) -> Values:
    stems = {STEM_ELEMENT[int(str(s))] for s in _stem(where, person, truth)}
    return frozenset(stems | {BRANCH_ELEMENT[int(str(b))] for b in _branch(where, person, truth)})


def _polarity(where: str, person: Person, truth: Truth) -> Values:
    signs = _stem(where, person, truth) | _branch(where, person, truth)
    return frozenset(int(str(sign)) % 2 for sign in signs)


def _god(where: str, person: Person, truth: Truth) -> Values:
    columns, part = _columns(where, person.facts)
    gods = [c.stem_god for c in columns if part != "branch"]
    gods += [c.branch_god for c in columns if part != "stem"]
    return frozenset(name for god in gods for name in god_and_group(god))


def _hidden(where: str, person: Person, truth: Truth) -> Values:
    """Hidden gods by key, stems as numbers, elements as ("element", n)."""
    rows = [h for c in _columns(where, person.facts)[0] for h in c.hidden]
    names = {name for h in rows for name in god_and_group(h.god)}
    return frozenset({*names, *(h.stem for h in rows), *(("element", h.stem // 2) for h in rows)})


def _stage(where: str, person: Person, truth: Truth) -> Values:
    return frozenset(key for c in _columns(where, person.facts)[0] for key in (c.stage, c.own_stage))


def _star(where: str, person: Person, truth: Truth) -> Values:
    columns, _ = _columns(where, person.facts)
    keys = {star.key for c in columns for star in c.stars} | {c.sinsal for c in columns}
    for short, long in (("dohwa", "yeonsal"), ("yeokma", "yeokmasal"), ("hwagae", "hwagaesal")):
        if keys & {short, long}:
            keys |= {short, long}
    if "yangin_yin" in keys:
        keys.add("yangin")
    return frozenset(keys | {kind for row in person.facts.relations for kind in (row.kind,)})


def _nayin(where: str, person: Person, truth: Truth) -> Values:
    return frozenset(c.nayin for c in _columns(where, person.facts)[0])


def _void(where: str, person: Person, truth: Truth) -> Values:
    """The 공망 reckoned from the day; of the year only where a text says so."""
    return frozenset(person.facts.void_year if where == "year" else person.facts.void_day)


def _void_at(where: str, person: Person, truth: Truth) -> Values:
    return frozenset(bool(c.void) for c in _columns(where, person.facts)[0])


def count_of(key: str, person: Person) -> int:
    """Return how many signs are of an element, a ten god, a group of gods, 음 or 양."""
    e = person.facts.elements
    if key in ("eum_signs", "yang_signs"):
        return e.yin if key == "eum_signs" else e.yang
    if key in ELEMENT_KEYS:
        return e.counts[ELEMENT_KEYS.index(key)]
    if key in GROUPS:
        at = 2 * GROUPS.index(key)
        return e.god_counts[at] + e.god_counts[at + 1]
    return e.god_counts[TEN_GODS.index(key)]


def _count(where: str, person: Person, truth: Truth) -> Values:
    counts = {count_of(where, person)}
    # The day stem is a sign of its own element, and some count it among the companions.
    if where in ("bigeop", "bigyeon"):
        counts.add(count_of(where, person) + 1)
    return frozenset(counts)


def _amount(where: str, person: Person, truth: Truth) -> Values:
    """The words none, some, many, strong, few, most and least, as far as they are tenable.

    Between two and three signs of eight words are a matter of taste: there both "many" and "few" pass.
    """
    n, most, least, share = _weigh(where, person)
    tests = {
        "none": n == 0,
        "some": n > 0,
        "many": n >= 2 or most or share >= 25,
        "strong": n >= 2 or most or share >= 17 or (n == 1 and where in TEN_GODS),
        "few": n <= 2 and not (most and n > 1),
        "most": most,
        "least": least,
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


def _complete(where: str, person: Person, truth: Truth) -> Values:
    return frozenset({all(person.facts.elements.counts)})


def _relation(where: Any, person: Person, truth: Truth) -> Values:
    """Kinds between the cells or pillars of ``where`` (a frozenset), or anywhere in the chart for "*"."""
    found: set[str] = set()
    for row in person.facts.relations:
        places = set(row.cells) | set(row.places)
        if where == "*" or where <= places:
            found |= families(row.kind)
    return frozenset(found)


def _signs(where: Any, person: Person, truth: Truth) -> Values:
    """Whether signs (``where``: "stem" or "branch" and their numbers) all stand in the chart."""
    part, signs = where
    own = [p.stem if part == "stem" else p.branch for _, p in person.pillars.named()]
    return frozenset({all(own.count(sign) >= list(signs).count(sign) for sign in signs)})


def _strength(where: str, person: Person, truth: Truth) -> Values:
    s = person.facts.strength
    middle = s.level.startswith("junghwa")
    broad = "strong" if s.strong else "weak"
    level = s.level.removeprefix("junghwa_")
    return frozenset({s.level, level, broad, *(("middle",) if middle else ())})


def _useful(where: str, person: Person, truth: Truth) -> Values:
    u = person.facts.useful
    choices = {choice.method: choice for choice in u.choices}
    if where in ("eokbu", "johu", "tonggwan"):
        return frozenset({choices[where].element} if where in choices else ())
    at = ("yongsin", "huisin", "gisin", "gusin", "hansin").index(where)
    first = {u.roles[at]}
    if where == "yongsin":
        return frozenset(first | {choice.element for choice in choices.values()})
    return frozenset(first | {choice.roles[at] for choice in choices.values()})


def _structure(where: str, person: Person, truth: Truth) -> Values:
    s = person.facts.structure
    return frozenset({s.key, *(candidate.key for candidate in s.candidates)})


def _season(where: str, person: Person, truth: Truth) -> Values:
    return frozenset({(person.pillars.month.branch - 2) % 12 // 3})


def _sign_god(where: Any, person: Person, truth: Truth) -> Values:
    """The ten god of a sign ("stem" or "branch", its number) or an element's group, for this day stem."""
    part, at = where
    day = person.pillars.day.stem
    if part == "element":
        group = GROUPS[(at - day // 2) % 5]
        place = 2 * GROUPS.index(group)
        return frozenset({group, *TEN_GODS[place : place + 2]})
    return frozenset(god_and_group(ten_god(day, at) if part == "stem" else branch_god(day, at)))


def years_of(where: int, truth: Truth) -> tuple[int, ...]:
    """Return the years that a year's name may mean: one of four digits, or an offset from "this year"."""
    return (where,) if where > 1000 else tuple(year + where for year in truth.years)


def _year(where: int, person: Person, truth: Truth) -> Values | None:
    return frozenset(year_pillar(year).index for year in years_of(where, truth)) or None


def _gods_of(pillars: list[Pillar], person: Person) -> Values | None:
    day = person.pillars.day.stem
    gods = [god for p in pillars for god in (ten_god(day, p.stem), branch_god(day, p.branch))]
    return frozenset(name for god in gods for name in god_and_group(god)) or None


def _year_god(where: int, person: Person, truth: Truth) -> Values | None:
    return _gods_of([year_pillar(year) for year in years_of(where, truth)], person)


def _year_stem(where: int, person: Person, truth: Truth) -> Values | None:
    return frozenset(year_pillar(year).stem for year in years_of(where, truth)) or None


def _year_branch(where: int, person: Person, truth: Truth) -> Values | None:
    return frozenset(year_pillar(year).branch for year in years_of(where, truth)) or None


def _year_samjae(where: int, person: Person, truth: Truth) -> Values | None:
    branches = person.facts.samjae
    keys: set[Hashable] = set()
    for year in years_of(where, truth):
        branch = year_pillar(year).branch
        if branch in branches:
            keys |= {"samjae", ("deul_samjae", "nul_samjae", "nal_samjae")[branches.index(branch)]}
    return frozenset(keys)


def _year_relation(where: Any, person: Person, truth: Truth) -> Values:
    """Kinds of contact between the pillar of a year and a cell or pillar of the chart."""
    year, cell = where
    found: set[str] = set()
    for one in years_of(year, truth):
        for row in relations_with(person.pillars, year_pillar(one)):
            if cell in row.cells or cell in row.places:
                found |= families(row.kind)
    return frozenset(found)


def _month(where: Any, person: Person, truth: Truth) -> Values | None:
    """The pillars of a calendar month: the one that begins in it, and the one before that."""
    year, month = where
    years = years_of(year, truth)
    asked = {y for one in years for y in (one, one - 1)} if month == 1 else set(years)
    begun = [p.index for y in sorted(asked) for number, p in month_pillars(y) if number == month]
    return frozenset({*begun, *((index - 1) % 60 for index in begun)}) or None


def _day(where: str, person: Person, truth: Truth) -> Values | None:
    return None if truth.day is None else frozenset({truth.day.index})


def _day_god(where: str, person: Person, truth: Truth) -> Values | None:
    return None if truth.day is None else _gods_of([truth.day], person)


def decade_at(where: Any, person: Person, truth: Truth) -> list[int] | None:
    """Return the places of the 대운 that a name may mean: "now", "next", "first", ("age", n) and the like."""
    own = person == truth.persons[0]
    if not person.luck:
        return None
    if where in ("now", "next", "before"):
        if not own or truth.now is None:
            return None
        at = truth.now + {"now": 0, "next": 1, "before": -1}[where]
        return [at] if 0 <= at < len(person.luck) else None
    if isinstance(where, int):
        return [where] if where < len(person.luck) else None
    if where == "any":
        return list(range(len(person.luck)))
    return _decades_of(where, person)


def _decades_of(where: Any, person: Person) -> list[int] | None:
    """("age", n): that age; ("ages", n): any age of that decade of life; ("from age" | "from year", n): begins then."""
    kind, n = where
    if person.luck_age is None or not person.luck_sure:
        return None
    places = range(len(person.luck))
    starts = [person.luck_age + 10 * at for at in places]
    if kind == "age":
        return [at for at in places if starts[at] <= n < starts[at] + 10]
    if kind == "ages":
        return [at for at in places if starts[at] <= n + 9 and n < starts[at] + 10]
    if kind == "from age":
        return [at for at in places if starts[at] == n]
    return [at for at, decade in enumerate(person.decades) if decade.begins.year == n]


def _decade(where: Any, person: Person, truth: Truth) -> Values | None:
    places = decade_at(where, person, truth)
    return None if places is None else frozenset(person.luck[at].index for at in places)


def _decade_god(where: Any, person: Person, truth: Truth) -> Values | None:
    places = decade_at(where, person, truth)
    return None if places is None else _gods_of([person.luck[at] for at in places], person)


def _luck_age(where: str, person: Person, truth: Truth) -> Values | None:
    if person.luck_age is None or not person.luck_sure:
        return None
    return frozenset({person.luck_age})


def _luck_turn(where: str, person: Person, truth: Truth) -> Values | None:
    """The ages at which any of the ten 대운 begins."""
    if person.luck_age is None or not person.luck_sure:
        return None
    return frozenset(person.luck_age + 10 * at for at in range(len(person.luck)))


def _direction(where: str, person: Person, truth: Truth) -> Values | None:
    if not person.luck or not person.month_sure:
        return None
    forward = person.luck[0] == person.pillars.month.step(1)
    return frozenset({"forward" if forward else "backward"})


_TOPICS: dict[str, Callable[[Any, Person, Truth], Values | None]] = {
    "pillar": _pillar, "stem": _stem, "branch": _branch, "element": _element, "polarity": _polarity,
    "god": _god, "hidden": _hidden, "stage": _stage, "star": _star, "nayin": _nayin, "void": _void,
    "void_at": _void_at, "count": _count, "amount": _amount, "complete": _complete, "relation": _relation,
    "signs": _signs, "strength": _strength, "useful": _useful, "structure": _structure, "season": _season,
    "sign_god": _sign_god, "year": _year, "year_god": _year_god, "year_stem": _year_stem, "year_branch": _year_branch,
    "year_samjae": _year_samjae, "year_relation": _year_relation, "month": _month, "day": _day,
    "day_god": _day_god, "decade": _decade, "decade_god": _decade_god, "luck_age": _luck_age, "luck_turn": _luck_turn,
    "direction": _direction,
}  # fmt: skip
