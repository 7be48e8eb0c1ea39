"""Facts of time: a year in four areas of life, the ten 대운 as a curve, 삼재, and what a question asks about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.inputs import Person, ReadingInput
from fortune.saju.calendar.pillars import month_pillars, year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT, Pillar
from fortune.saju.derive.basics import GROUPS, MAIN_STEM, branch_god, ten_god
from fortune.saju.derive.judgements.useful import ROLES, role_of
from fortune.saju.glossary import en, ko
from fortune.saju.korean import branch_ko, josa
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
# A question about time brings the months along, which no other one needs.
_WHEN = re.compile(
    r"언제|몇 ?월|\d ?월|달(?:에|은|이|쯤|까지)|시기|타이밍|올해|금년|내년|상반기|하반기|연초|연말|(?:올|이번|다음) ?(?:봄|여름|가을|겨울)"
    r"|\b(?:when|which months?|what months?|this year|next year|spring|summer|autumn|fall|winter|timing)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:년|(?!\d|\w))")
MOST_YEARS = 3  # of those that a question names
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
    useful, day = person.facts.useful, person.pillars.day.stem
    for number, (decade, value) in enumerate(zip(person.decades, bearings(person), strict=True), 1):
        pillar = decade.pillar
        gods = ten_god(day, pillar.stem), branch_god(day, pillar.branch)
        stem, branch = role_of(useful, pillar.stem // 2), role_of(useful, BRANCH_ELEMENT[pillar.branch])
        title, title_en = decade_title(decade)
        yield Statement(
            f"luck.decade.{number}",
            f"{number}번째 {title}: {pillar.hangul}({pillar.hanja}). 천간은 {ko(gods[0])}({ko(stem)}), "
            f"지지는 {josa(f'{ko(gods[1])}({ko(branch)})', '이에요/예요')}. 흐름의 높이는 {value:+g}.",
            f"{title_en}, number {number}: {pillar.hanja}, stem {gods[0]} ({en(stem)}), "
            f"branch {gods[1]} ({en(branch)}); height {value:+g}.",
            ("day.stem",),
            "candidate",
        )


def samjae(m: ReadingInput) -> Iterator[Statement]:
    """Yield whether the year asked about, and the coming one where it is told, is one of the three years of 삼재."""
    years = [year for year in (m.about_year, m.coming_year) if year is not None]
    branches = m.person.facts.samjae
    told, told_en = [], []
    for year in years:
        branch = year_pillar(year).branch
        if branch in branches:
            at = branches.index(branch)
            told.append(f"{year}년({branch_ko(branch)})은 {('들', '눌', '날')[at]}삼재 해예요")
            told_en.append(f"{year} is the {('first', 'second', 'last')[at]} of the three years of care")
        else:
            told.append(f"{year}년({branch_ko(branch)})은 삼재가 아니에요")
            told_en.append(f"{year} is not one of the three years of care")
    yield Statement(
        "luck.samjae", f"{'. '.join(told)}.", f"{'; '.join(told_en)}.", ("year.branch",), "reference"
    )


def asks_when(question: str) -> bool:
    """Return whether a question is about a time, so that its answer needs months."""
    return bool(_WHEN.search(question))


def years_asked(m: ReadingInput) -> tuple[int, ...]:
    """Return the years that a question names beside those that are facts anyway."""
    known = {m.about_year, m.coming_year}
    found = dict.fromkeys(int(year) for year in _YEAR.findall(m.question))
    return tuple(year for year in found if year not in known)[:MOST_YEARS]


def months_asked(m: ReadingInput) -> Iterator[tuple[int, int, Pillar]]:
    """Yield (year, month, pillar) from this month on to the end of the coming year, where a question asks for a time.

    Without a coming year, to the end of this one. A month is the one that begins (절) in it.
    """
    if m.kind != "question" or not asks_when(m.question):
        return
    last = m.coming_year or m.today.year
    for pillar_year in range(m.today.year - 1, last + 1):
        for number, pillar in month_pillars(pillar_year):
            year = pillar_year + (number == 1)  # 축월 begins in January of the next year
            if (m.today.year, m.today.month) <= (year, number) <= (last, 12):
                yield year, number, pillar


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
