"""The engine's facts of signs by themselves and of what holds the day stem up, as a sentence in Korean and in English."""

from __future__ import annotations

from typing import Any

from fortune.readings.grounding.truths import signs
from fortune.readings.grounding.truths.told_times import Said, is_so
from fortune.readings.grounding.truths.truth import Truth
from fortune.readings.inputs import Person
from fortune.saju.cycle import BRANCHES, ELEMENTS_KO, STEMS
from fortune.saju.derive.basics import GROUPS, branch_god, stage, ten_god
from fortune.saju.derive.hidden_stems import parts
from fortune.saju.derive.relations import KINDS
from fortune.saju.glossary import en, ko
from fortune.saju.korean import ELEMENTS_EN, PLACES_KO, branch_ko, josa, stem_ko
from fortune.saju.statements.reasons import TEST


def test(where: Any, person: Person, truth: Truth) -> Said:
    """Return whether 득령, 득지, 득시 or 득세 holds."""
    key = where[0]
    held = next(test.held for test in person.facts.strength.tests if test.key == key)
    return TEST[key, held]


def root(where: Any, person: Person, truth: Truth) -> Said:
    """Return which branches hide the day stem's element."""
    own = person.pillars.day.stem // 2
    rows = [c for c in person.facts.columns if any(h.stem // 2 == own for h in c.hidden)]
    places = [PLACES_KO[c.place][:1] + "지" for c in rows]
    name = ELEMENTS_KO[own]
    if not rows:
        return f"{josa(name, '을/를')} 감춘 지지가 없어요.", f"No branch hides {ELEMENTS_EN[own]}."
    return (
        f"{josa('·'.join(places), '이/가')} {josa(name, '을/를')} 감추고 있어요.",
        f"The branches that hide {ELEMENTS_EN[own]}: {', '.join(c.place for c in rows)}.",
    )


def inside(where: int, person: Person, truth: Truth) -> Said:
    """Return the hidden stems of a branch."""
    stems = [stem for stem, _ in parts(where)]
    return (
        is_so(f"{branch_ko(where)}의 지장간", ", ".join(map(stem_ko, stems))),
        f"{BRANCHES[where]} hides {', '.join(STEMS[stem] for stem in stems)}.",
    )


def stage_over(where: tuple[int | None, int], person: Person, truth: Truth) -> Said:
    """Return the stage of a stem over a branch."""
    stem = person.pillars.day.stem if where[0] is None else where[0]
    key = stage(stem, where[1])
    return (
        is_so(f"{stem_ko(stem)}에게 {branch_ko(where[1])}", ko(key)),
        f"For {STEMS[stem]}, {BRANCHES[where[1]]} is {en(key)}.",
    )


def act(where: Any, person: Person, truth: Truth) -> Said:
    """Return what one sign or element does to another."""
    one, other = (signs.element_of(said, person) for said in where)
    ko_one, ko_other = ELEMENTS_KO[one], ELEMENTS_KO[other]
    if one == other:
        return (
            f"{josa(ko_one, '은/는')} {josa(ko_other, '과/와')} 같은 오행이에요.",
            f"Both are {ELEMENTS_EN[one]}.",
        )
    step = (other - one) % 5
    feeds = step in (1, 4)
    first, second = (one, other) if step in (1, 2) else (other, one)
    return (
        f"{josa(ELEMENTS_KO[first], '이/가')} {josa(ELEMENTS_KO[second], '을/를')} {'생해요' if feeds else '극해요'}.",
        f"{ELEMENTS_EN[first]} {'feeds' if feeds else 'curbs'} {ELEMENTS_EN[second]}.",
    )


def pillar_stage(where: int, person: Person, truth: Truth) -> Said:
    """Return the stage of the day stem over a pillar's branch."""
    return stage_over((None, where % 12), person, truth)


def contact(where: Any, person: Person, truth: Truth) -> Said:
    """Return the contacts that signs make."""
    part, numbers = where
    spelt = "·".join((stem_ko if part == "stem" else branch_ko)(n) for n in numbers)
    hanja = "".join((STEMS if part == "stem" else BRANCHES)[n] for n in numbers)
    kinds = [kind for kind in KINDS if kind in signs.contact(where, person, truth)]
    if not kinds:
        return f"{josa(spelt, '은/는')} 합도 충도 아니에요.", f"{hanja} make no such contact."
    return is_so(spelt, "·".join(map(ko, kinds))), f"{hanja}: {', '.join(map(en, kinds))}."


def turned(where: Any, person: Person, truth: Truth) -> Said:
    """Return the element that a union turns towards."""
    elements = sorted(int(str(n)) for n in signs.turned(where, person, truth) or ())
    spelt = "·".join((STEMS if where[0] == "stem" else BRANCHES)[n] for n in where[1])
    return (
        is_so(f"{spelt}의 합이 향하는 오행", "·".join(ELEMENTS_KO[n] for n in elements)),
        f"{spelt} turn towards {', '.join(ELEMENTS_EN[n] for n in elements)}.",
    )


def sign_god(where: Any, person: Person, truth: Truth) -> Said:
    """Return what a sign is to the day stem."""
    part, at = where
    day = person.pillars.day.stem
    if part == "element":
        group = GROUPS[(at - day // 2) % 5]
        return is_so(
            f"이 명식에서 {ELEMENTS_KO[at]}", ko(group)
        ), f"To this day stem {ELEMENTS_EN[at]} is {en(group)}."
    god = ten_god(day, at) if part == "stem" else branch_god(day, at)
    name = stem_ko(at) if part == "stem" else branch_ko(at)
    sign = STEMS[at] if part == "stem" else BRANCHES[at]
    return is_so(f"이 명식에서 {name}", ko(god)), f"To this day stem {sign} is {en(god)}."
