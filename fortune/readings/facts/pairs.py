"""Facts about two charts together: every contact, what each brings the other, and the void."""

from __future__ import annotations

from collections.abc import Iterator

from fortune.readings.inputs import Person
from fortune.saju.cycle import BRANCH_ELEMENT, ELEMENTS_KO, STEM_ELEMENT, Pillars
from fortune.saju.derive.basics import ten_god
from fortune.saju.derive.relations import between
from fortune.saju.glossary import en, ko
from fortune.saju.korean import (
    CELLS_KO,
    ELEMENTS_EN,
    PLACES_KO,
    branch_ko,
    cells_en,
    josa,
)
from fortune.saju.match import Contact, match
from fortune.saju.statements.contacts import with_signs
from fortune.saju.statements.statement import Statement

OTHER = "b."


def pair_facts(one: Person, other: Person) -> Iterator[Statement]:
    """Yield how two charts meet, the day pillars first. Cells of the second begin with "b."."""
    yield from _days(one, other)
    for mine in (True, False):
        yield _useful(one, other, mine=mine)
        yield _void(one, other, mine=mine)
    contacts = match(one.facts, other.facts).contacts
    for row in sorted(contacts, key=lambda row: -sum(".day." in cell for cell in row.cells)):
        yield _contact(row)


def _days(one: Person, other: Person) -> Iterator[Statement]:
    """Yield how the two day stems and day branches relate."""
    a, b = one.pillars.day, other.pillars.day
    both = ("day.stem", f"{OTHER}day.stem")
    to_a, to_b = ten_god(a.stem, b.stem), ten_god(b.stem, a.stem)
    yield Statement(
        "pair.stems",
        f"상대의 일간은 나에게 {ko(to_a)}, 나의 일간은 상대에게 {josa(ko(to_b), '이에요/예요')}.",
        f"The other's day stem is {to_a} to me, mine is {to_b} to the other.",
        both,
        "fact",
    )
    rows = between(a, b)
    told = [_between_days(row.kind, row.signs) for row in rows] or [
        ("두 일주는 서로 합이나 충이 없어요.", "The two day pillars neither unite nor clash.")
    ]
    yield Statement(
        "pair.days",
        " ".join(row[0] for row in told),
        " ".join(row[1] for row in told),
        (*both, "day.branch", f"{OTHER}day.branch"),
        "fact",
    )


def _between_days(kind: str, signs: str) -> tuple[str, str]:
    """Return a contact between the two day pillars, in both languages."""
    return (
        f"두 일주 사이에 {josa(with_signs(kind, signs), '이/가')} 있어요.",
        f"Between the two day pillars, {signs}: {en(kind)} ({kind}).",
    )


def _contact(row: Contact) -> Statement:
    """Return one contact between any two cells, or of a triad that the two charts make together."""
    cells = tuple(cell[2:] if cell[0] == "a" else cell for cell in row.cells)
    sides = [[cell.removeprefix(OTHER) for cell in cells if cell.startswith(OTHER) is second] for second in (False, True)]  # fmt: skip
    mine, theirs = ("·".join(CELLS_KO[cell] for cell in side) for side in sides)
    mine_en, theirs_en = (" and ".join(cells_en(cell) for cell in side) for side in sides)
    return Statement(
        f"pair.{row.id}",
        f"나의 {josa(mine, '과/와')} 상대의 {theirs}: {with_signs(row.kind, row.signs)}.",
        f"My {mine_en} and the other's {theirs_en}: {row.signs} {en(row.kind)} ({row.kind}).",
        cells,
        "fact",
    )


def _useful(one: Person, other: Person, *, mine: bool) -> Statement:
    """Return how much of the one's useful element stands in the other chart, and where."""
    wanting, having = (one, other) if mine else (other, one)
    element = wanting.facts.useful.chosen.element
    found = _cells_of(having.pillars, element)
    prefix = OTHER if mine else ""
    owner, holder = ("나", "상대") if mine else ("상대", "나")
    owner_en, holder_en = ("My", "the other's chart") if mine else ("The other's", "my chart")
    where = f" ({', '.join(CELLS_KO[cell] for cell in found)})" if found else ""
    where_en = f" ({', '.join(cells_en(cell) for cell in found)})" if found else ""
    return Statement(
        f"pair.useful.{'mine' if mine else 'theirs'}",
        f"{owner}의 용신 {josa(ELEMENTS_KO[element], '은/는')} {holder}의 사주에 {len(found)}개 있어요{where}.",
        f"{owner_en} useful element, {ELEMENTS_EN[element]}: {len(found)} in {holder_en}{where_en}.",
        tuple(f"{prefix}{cell}" for cell in found) or ("day.stem", f"{OTHER}day.stem"),
        "candidate",
    )


def _cells_of(pillars: Pillars, element: int) -> tuple[str, ...]:
    return tuple(
        f"{place}.{part}"
        for place, pillar in pillars.named()
        for part, of in (("stem", STEM_ELEMENT[pillar.stem]), ("branch", BRANCH_ELEMENT[pillar.branch]))
        if of == element
    )


def _void(one: Person, other: Person, *, mine: bool) -> Statement:
    """Return which branches of the other chart lie in the void (공망) of the one's day pillar."""
    base, seen = (one, other) if mine else (other, one)
    void = base.facts.void_day
    prefix, own = (OTHER, "") if mine else ("", OTHER)
    places = [place for place, pillar in seen.pillars.named() if pillar.branch in void]
    owner, holder = ("나", "상대") if mine else ("상대", "나")
    owner_en, holder_en = ("my", "the other's chart") if mine else ("the other's", "my chart")
    signs = "·".join(branch_ko(branch) for branch in void)
    where = ", ".join(PLACES_KO[place] for place in places)
    told = (
        f"{holder}의 {josa(where, '이/가')} 여기에 들어요" if places else f"{holder}에게는 이 글자가 없어요"
    )
    told_en = f"in {holder_en}: {', '.join(places)}" if places else f"none in {holder_en}"
    return Statement(
        f"pair.void.{'mine' if mine else 'theirs'}",
        f"{owner}의 일주에서 본 공망은 {signs}: {told}.",
        f"The void of {owner_en} day pillar: {told_en}.",
        (f"{own}day.stem", f"{own}day.branch", *(f"{prefix}{place}.branch" for place in places)),
        "reference",
    )
