"""One day: its pillar, its relations with the chart, things to try and things to watch. No grade."""

from __future__ import annotations

from datetime import timedelta

from fortune.readings.classic.draft.page import ELEMENT_KEYS, GROUP_KEYS, Page, group_of
from fortune.readings.classic.paragraphs import luck
from fortune.readings.classic.paragraphs.contacts import telling
from fortune.readings.facts.years import WORTH
from fortune.saju.calendar.pillars import date_pillar, last_second, year_and_month
from fortune.saju.calendar.solar_terms import jeol_at
from fortune.saju.cycle import BRANCH_ELEMENT, Pillar
from fortune.saju.derive.basics import stage
from fortune.saju.derive.judgements.useful import role_of
from fortune.saju.derive.relations import PLACES, relations_with

_STEMS = ("cheongan_hap", "cheongan_chung")
_BY_DAY = range(4, 11)  # 진시 to 술시: about 7:30 to 21:30
_HOURS = 3
_YOUNG = ("study", "heart")  # what a child or a teenager reads of instead of work and money
_ACTS = ("personality", "health", "compatibility")
_DAY = ("luck.day",)


def write(page: Page) -> None:
    """Write the four sections of a day."""
    on = page.inputs.about_day.toordinal()
    # Stems come again every ten days and branches every twelve: the sum keeps variants from returning with them.
    page.seed += on + on // 10
    page.section()
    _forces(page)
    page.section()
    _contacts(page)
    page.section()
    _doing(page)
    page.section()
    _closing(page)


def _forces(page: Page) -> None:
    on = page.inputs.about_day
    pillar = date_pillar(on)
    god, branch_god = luck.gods(page, pillar)
    page.paragraph(
        page.say(
            "daily.head",
            when=page.day_name(on),
            pillar=page.pillar(pillar),
            stem=page.stem(pillar.stem),
            branch=page.branch(pillar.branch),
            god=page.god(god),
            bgod=page.god(branch_god),
            text=page.say(f"gods.{god}.day"),
        ),
        facts=_DAY,
    )
    if branch_god != god:
        page.paragraph(
            page.say(
                "daily.branch",
                gist=page.say(f"gods.{branch_god}.gist"),
                text=page.say(f"gods.{branch_god}.day"),
            ),
            facts=_DAY,
        )
    _month(page, god)
    schools = page.person.facts.schools
    at = stage(page.person.pillars.day.stem, pillar.branch, schools.stage_earth, schools.stage_yin)
    element = BRANCH_ELEMENT[pillar.branch]
    page.paragraph(
        page.say("daily.stage", stage=page.say(f"stages.{at}")),
        page.say(
            f"today.{luck.bearing(page, element)}", element=page.element(element), day=page.day_name(on)
        ),
        facts=("luck.day", "yongsin"),
    )


def _month(page: Page, god: str) -> None:
    """Write of the month that the day lies in, where it brings another force than the day."""
    _, month = year_and_month(jeol_at(last_second(page.inputs.about_day)))
    lead = luck.gods(page, month)[0]
    if lead != god:
        gist, today = page.say(f"gods.{lead}.gist"), page.say(f"gods.{god}.gist")
        page.paragraph(page.say("today.month", gist=gist, today=today), facts=_DAY)


def _contacts(page: Page) -> None:
    pillar = date_pillar(page.inputs.about_day)
    rows = relations_with(page.person.pillars, pillar)
    stems = tuple(row for row in rows if row.kind in _STEMS)
    chosen = telling(stems, 1, touching="day") + luck.touched(page, pillar, 3)
    for kind in dict.fromkeys(row.kind for row in chosen):
        alike = [row for row in chosen if row.kind == kind]
        touched = {place for row in alike for place in row.places}
        places = [place for place in PLACES if place in touched]
        name = "stems" if kind in _STEMS else "cells"
        page.paragraph(
            page.say(
                "today.touch",
                cell=page.joined([page.say(f"relations.{name}.{place}") for place in places]),
                kind=page.say(f"relations.{kind}.name"),
                place=", ".join(page.say(f"daily.place_{place}") for place in places),
                text=page.say(f"relations.{kind}.day"),
            ),
            facts=(*_DAY, *(f"pillar.{place}" for place in places)),
        )
    if not chosen:
        page.paragraph(page.say("today.quiet"), facts=_DAY)
    page.paragraph(page.say("today.note"))


def _doing(page: Page) -> None:
    god, branch_god = luck.gods(page, date_pillar(page.inputs.about_day))
    group, under = GROUP_KEYS[group_of(god)], GROUP_KEYS[group_of(branch_god)]
    wanted = ELEMENT_KEYS[page.person.facts.useful.chosen.element]
    first, second = _YOUNG if page.inputs.young else ("work", "money")
    areas = (
        (first, group, under),
        (second, under, group),
        ("people", group, under),
        ("body", under, group),
    )
    page.items(
        [
            (page.say("daily.try", text=page.say(f"gods.{god}.try")), _DAY),
            (page.say("daily.care", text=page.say(f"gods.{branch_god}.care")), _DAY),
            (page.say("today.morning", text=page.say(f"today.mornings.{group}")), _DAY),
            *(
                (page.say(f"today.{area}", text=_area(page, area, key, other)), _DAY)
                for area, key, other in areas
            ),
            (page.say("today.evening", text=page.say(f"today.evenings.{wanted}")), ("yongsin",)),
            (_act(page), ("yongsin",)),
            *((line, ("yongsin",)) for line in _hours(page)),
        ]
    )


def _act(page: Page) -> str:
    """Return a small thing to do for the balance, another part of life each day."""
    at = page.inputs.about_day.toordinal()
    element = page.person.facts.useful.roles[at % 2]
    text = page.say(f"acts.{_ACTS[at % len(_ACTS)]}.{ELEMENT_KEYS[element]}")
    return page.say("months.act", element=page.element(element), text=text)


def _area(page: Page, area: str, group: str, other: str) -> str:
    """Return what the day's two groups of ten gods say of one part of life."""
    return " ".join(page.say(f"areas.{area}.{key}") for key in dict.fromkeys((group, other)))


def _hours(page: Page) -> list[str]:
    """Return lines on the waking hours that help the balance most, by what helps, and one on the hour that costs most. 五鼠遁."""
    roles = page.person.facts.useful.roles
    first = date_pillar(page.inputs.about_day).stem % 5 * 12
    rows = [(branch, Pillar((first + branch) % 60)) for branch in _BY_DAY]

    def worth(row: tuple[int, Pillar]) -> int:
        return (
            WORTH[role_of(page.person.facts.useful, row[1].stem // 2)]
            + WORTH[role_of(page.person.facts.useful, BRANCH_ELEMENT[row[0]])]
        )

    ranked = sorted(rows, key=worth, reverse=True)
    good = sorted(row for row in ranked[:_HOURS] if worth(row) > 0)
    by_god: dict[str, list[str]] = {}
    for branch, pillar in good:
        name = f"{page.half_past(2 * branch - 1)}{page.aside(page.bracketed(pillar), hour=True)}"
        by_god.setdefault(_helper(page, pillar, roles[:2]), []).append(name)
    lines = [
        page.say(
            "today.hours",
            hours=page.listed(names),
            gist=page.say(f"gods.{god}.gist"),
            text=page.say(f"gods.{god}.hour"),
        )
        for god, names in by_god.items()
    ]
    branch, pillar = ranked[-1]
    if worth((branch, pillar)) < 0 and BRANCH_ELEMENT[branch] not in roles[:2]:
        when = page.half_past(2 * branch - 1)
        lines.append(page.say("today.rest_hour", when=when, pillar=page.bracketed(pillar)))
    else:
        lines.append(page.say("today.no_rest"))
    return lines


def _helper(page: Page, pillar: Pillar, wanted: tuple[int, ...]) -> str:
    """Return the ten god of the sign of a pillar that helps the balance, of two the stem's."""
    stem_god, branch_god = luck.gods(page, pillar)
    return stem_god if pillar.stem // 2 in wanted else branch_god


def _closing(page: Page) -> None:
    on = page.inputs.about_day
    god, _ = luck.gods(page, date_pillar(on))
    question = page.say(f"today.questions.{GROUP_KEYS[group_of(god)]}")
    page.paragraph(page.say("today.close", question=question))
    following = date_pillar(on + timedelta(days=1))
    page.paragraph(
        page.say(
            "today.tomorrow",
            pillar=page.pillar(following),
            gist=page.say(f"gods.{luck.gods(page, following)[0]}.gist"),
        )
    )
