"""Facts for the reading of a year: its pillar in four areas of life, and the ten 대운 as a curve."""

from __future__ import annotations

from collections.abc import Iterator

from fortune.readings.inputs import Person
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT
from fortune.saju.derive.basics import GROUPS, MAIN_STEM
from fortune.saju.derive.useful import ROLES, role_of
from fortune.saju.glossary import en, ko
from fortune.saju.korean import josa
from fortune.saju.luck import Decade
from fortune.saju.statements.statement import Statement

# The groups of ten gods that stand for an area, by the day stem's element on (비겁 0, 식상 1, 재성 2, 관성 3, 인성 4).
# 배우자 is 재성 for a man and 관성 for a woman: the one question for which the tradition needs the gender.
AREAS = (
    ("work", "일", "work", (3, 1)),
    ("money", "재물", "money", (2, 1)),
    ("love", "관계", "relationships", ()),
    ("self", "몸과 배움", "health and learning", (4, 0)),
)
WORTH = dict(zip(ROLES, (2, 1, -2, -1, 0), strict=True))
"""용신 2, 희신 1, 기신 −2, 구신 −1, 한신 0: a convention, told with every curve."""


def areas(person: Person, year: int) -> Iterator[Statement]:
    """Yield for each area whether the year's stem or branch brings a group that stands for it."""
    pillar, own = year_pillar(year), person.pillars.day.stem // 2
    brought = {
        "천간": (pillar.stem // 2 - own) % 5,
        "지지": (MAIN_STEM[pillar.branch] // 2 - own) % 5,
    }
    english = {"천간": "stem", "지지": "branch"}
    for key, name, name_en, groups in AREAS:
        wanted = groups or ((2 if person.life and person.life.gender == "male" else 3), 4)
        told = ", ".join(ko(GROUPS[at]) for at in wanted)
        told_en = ", ".join(en(GROUPS[at]) for at in wanted)
        found = [(place, at) for place, at in brought.items() if at in wanted]
        if found:
            came = ", ".join(f"{place}에 {ko(GROUPS[at])}" for place, at in found)
            came_en = ", ".join(f"{en(GROUPS[at])} in the {english[place]}" for place, at in found)
            text = f"{name}: 이 분야를 맡은 {told} 가운데 {josa(came, '이/가')} 들어와요."
            text_en = f"{name_en.capitalize()} ({told_en}): the year brings {came_en}."
        else:
            text = f"{name}: 이 분야를 맡은 {josa(told, '은/는')} 그해 기둥에 없어요. 원국의 힘으로 이어 가는 해예요."
            text_en = f"{name_en.capitalize()} ({told_en}): the year brings none of these; the chart's own carry on."
        yield Statement(f"luck.area.{key}", text, text_en, ("day.stem",), "derived")


def curve(person: Person) -> Iterator[Statement]:
    """Yield the ten 대운, each with what its stem and branch are to the balance and a value from −2 to 2."""
    useful = person.facts.useful
    for number, (decade, value) in enumerate(zip(person.decades, bearings(person), strict=True), 1):
        pillar = decade.pillar
        stem, branch = role_of(useful, pillar.stem // 2), role_of(useful, BRANCH_ELEMENT[pillar.branch])
        title, title_en = decade_title(decade)
        yield Statement(
            f"luck.decade.{number}",
            f"{number}번째 {title}: {pillar.hangul}({pillar.hanja}). 천간은 {ko(stem)}, "
            f"지지는 {josa(ko(branch), '이에요/예요')}. 흐름의 높이는 {value:+g}.",
            f"{title_en}, number {number}: {pillar.hanja}, stem {en(stem)}, branch {en(branch)}; height {value:+g}.",
            ("day.stem",),
            "candidate",
        )


def bearings(person: Person) -> tuple[float, ...]:
    """Return the height of each 대운, −2 to 2, by ``WORTH``; the branch counts twice, as it weighs more than the stem."""
    useful = person.facts.useful
    found = []
    for pillar in person.luck:
        stem, branch = role_of(useful, pillar.stem // 2), role_of(useful, BRANCH_ELEMENT[pillar.branch])
        found.append(round((WORTH[stem] + 2 * WORTH[branch]) / 3, 1))
    return tuple(found)


def decade_title(decade: Decade) -> tuple[str, str]:
    """Name a 대운 by the months of its two 교운."""
    (first, last), begins, ends = decade.years, decade.begins, decade.ends
    return (
        f"대운({first}년 {begins.month}월–{last}년 {ends.month}월)",
        f"Decade luck ({begins:%B} {first}–{ends:%B} {last})",
    )
