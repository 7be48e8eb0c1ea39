"""The true values of what a text may say of signs by themselves, whether or not they stand in the chart.

The ten god of a sign, its hidden stems, the stage of a stem over it, and the contacts that signs make.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from fortune.readings.grounding.truths.natal import families, god_and_group, loosely
from fortune.readings.grounding.truths.truth import Truth, Values
from fortune.readings.inputs import Person
from fortune.saju.cycle import BRANCH_ELEMENT, BRANCHES
from fortune.saju.derive.basics import GROUPS, TEN_GODS, branch_god, stage, ten_god
from fortune.saju.derive.hidden_stems import parts
from fortune.saju.derive.relations import BRANCH_KINDS, STEM_KINDS, TRIADS


def sign_god(where: Any, person: Person, truth: Truth) -> Values:
    """The ten god of a sign ("stem" or "branch", its number) or an element's group, for this day stem."""
    part, at = where
    day = person.pillars.day.stem
    if part == "element":
        group = GROUPS[(at - day // 2) % 5]
        place = 2 * GROUPS.index(group)
        return frozenset({group, *TEN_GODS[place : place + 2]})
    return frozenset(god_and_group(ten_god(day, at) if part == "stem" else branch_god(day, at)))


def turned(where: Any, person: Person, truth: Truth) -> Values | None:
    """The element that a union of signs turns towards; None of signs that make none."""
    part, signs = where
    table = STEM_KINDS if part == "stem" else BRANCH_KINDS
    pairs = tuple(combinations(signs, 2))
    found = {rows[pair] for rows in table.values() for pair in pairs if rows.get(pair) is not None}
    for triad, element in (row for rows in TRIADS.values() for row in rows if part == "branch"):
        if element is not None and set(signs) <= {BRANCHES.index(sign) for sign in triad}:
            found.add(element)
    return frozenset(found) or None


def pictured(where: int, person: Person, truth: Truth) -> Values:
    """The pillar itself: it is told again by a colour and an animal."""
    return frozenset({where})


def inside(where: int, person: Person, truth: Truth) -> Values:
    """The hidden stems of a branch."""
    return frozenset(stem for stem, _ in parts(where))


def stage_over(where: tuple[int | None, int], person: Person, truth: Truth) -> Values:
    """The 12운성 of a stem (None: the day's) over a branch."""
    stem, branch = where
    return loosely((stage(person.pillars.day.stem if stem is None else stem, branch),))


def element_of(said: tuple[str, int] | None, person: Person) -> int:
    """Return the element of a sign or an element; of the day stem where nothing is said."""
    if said is None:
        return person.pillars.day.stem // 2
    part, at = said
    return {"stem": at // 2, "branch": BRANCH_ELEMENT[at % 12], "element": at}[part]


def act(where: Any, person: Person, truth: Truth) -> Values:
    """The deeds of one sign or element to another (None: the day stem): whether it feeds, curbs or helps it."""
    step = (element_of(where[1], person) - element_of(where[0], person)) % 5
    return frozenset({0: {"help"}, 1: {"feed", "help"}, 2: {"curb"}}.get(step, set()))


def mutual(where: Any, person: Person, truth: Truth) -> Values:
    """The deeds of two signs or elements, of either to the other."""
    one, two = where
    return act((one, two), person, truth) | act((two, one), person, truth)


def pillar_stage(where: int, person: Person, truth: Truth) -> Values:
    """The 12운성 of the day stem over a pillar's branch, and that of the pillar's own stem."""
    stem, branch = where % 10, where % 12
    return loosely((stage(person.pillars.day.stem, branch), stage(stem, branch)))


def sign_stage(where: int, person: Person, truth: Truth) -> Values:
    """The 12운성 of the day stem over a branch, and those that its pillars have of their own."""
    own = {c.own_stage for c in person.facts.columns if c.pillar.branch == where}
    return loosely((stage(person.pillars.day.stem, where), *own))


def contact(where: Any, person: Person, truth: Truth) -> Values:
    """The kinds of contact that signs ("stem" or "branch", their numbers) make, with the looser names they go by."""
    part, signs = where
    table = STEM_KINDS if part == "stem" else BRANCH_KINDS
    pairs = tuple(combinations(signs, 2))
    found = {
        name for kind, rows in table.items() if any(pair in rows for pair in pairs) for name in families(kind)
    }
    for kind, rows in TRIADS.items() if part == "branch" else ():
        if any(set(signs) <= {BRANCHES.index(sign) for sign in triad} for triad, _ in rows) and pairs:
            found |= (
                {"samhyeong", "any_hyeong", "hyeong"} if kind == "samhyeong" else {"samhap", "banghap", "hap"}
            )
    if "cheongan_geuk" in found:
        found |= {"cheongan_chung", "any_chung"}  # 갑무충: some call it so
    if found & {"wonjin", "gwimun"}:
        found |= {"wonjin", "gwimun"}
    return frozenset(found)
