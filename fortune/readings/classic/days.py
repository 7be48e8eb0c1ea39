"""One day: its pillar, its relations with the chart, things to try and things to watch. No grade."""

from __future__ import annotations

from fortune.readings.classic import luck
from fortune.readings.classic import portrait as own
from fortune.readings.classic.page import ELEMENT_KEYS, GROUP_KEYS, STEM_KEYS, Page, group_of
from fortune.saju.calendar.pillars import date_pillar
from fortune.saju.cycle import BRANCH_ELEMENT
from fortune.saju.derive.basics import stage
from fortune.saju.derive.relations import PLACES, relations_with

_STEMS = ("cheongan_hap", "cheongan_chung")


def write(page: Page) -> None:
    """The four sections of a day."""
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
            month=on.month,
            day=on.day,
            pillar=page.pillar(pillar),
            stem=page.stem(pillar.stem),
            branch=page.branch(pillar.branch),
            god=page.god(god),
            bgod=page.god(branch_god),
            text=page.say(f"gods.{god}.day"),
        ),
        facts=("luck.day",),
    )
    own.stem_only(page)
    if branch_god != god:
        page.paragraph(
            page.say(
                "daily.branch",
                gist=page.say(f"gods.{branch_god}.gist"),
                text=page.say(f"gods.{branch_god}.day"),
            ),
            facts=("luck.day",),
        )
    schools = page.person.facts.schools
    at = stage(page.person.pillars.day.stem, pillar.branch, schools.stage_earth, schools.stage_yin)
    element = BRANCH_ELEMENT[pillar.branch]
    page.paragraph(
        page.say("daily.stage", stage=page.say(f"stages.{at}")),
        page.say(f"daily.{luck.bearing(page, element)}", element=page.element(element)),
        facts=("luck.day", "yongsin"),
    )


def _contacts(page: Page) -> None:
    pillar = date_pillar(page.inputs.about_day)
    rows = relations_with(page.person.pillars, pillar)
    stems = tuple(row for row in rows if row.kind in _STEMS)
    chosen = own.telling(stems, 1, touching="day") + luck.touched(page, pillar, 3)
    for kind in dict.fromkeys(row.kind for row in chosen):
        alike = [row for row in chosen if row.kind == kind]
        touched = {place for row in alike for place in row.places}
        places = [place for place in PLACES if place in touched]
        name = "stems" if kind in _STEMS else "cells"
        page.paragraph(
            page.say(
                "daily.touch",
                cell=page.joined([page.say(f"relations.{name}.{place}") for place in places]),
                kind=page.say(f"relations.{kind}.name"),
                place=", ".join(page.say(f"daily.place_{place}") for place in places),
                text=page.say(f"relations.{kind}.day"),
            ),
            facts=("luck.day", *(f"pillar.{place}" for place in places)),
        )
    if not chosen:
        page.paragraph(page.say("daily.quiet"), facts=("luck.day",))
    page.paragraph(page.say("daily.note"))


def _doing(page: Page) -> None:
    god, branch_god = luck.gods(page, date_pillar(page.inputs.about_day))
    group, under = GROUP_KEYS[group_of(god)], GROUP_KEYS[group_of(branch_god)]
    element = page.person.facts.useful.chosen.element
    wanted = ELEMENT_KEYS[element]
    fill = page.say(f"elements.{wanted}.fill")
    key = STEM_KEYS[page.person.pillars.day.stem]
    today = ("luck.day",)
    page.items(
        [
            (page.say("daily.try", text=page.say(f"gods.{god}.try")), today),
            (page.say("daily.care", text=page.say(f"gods.{branch_god}.care")), today),
            (page.say("daily.morning", text=page.say(f"daily.mornings.{group}")), today),
            (page.say("daily.noon", text=page.say(f"daily.noons.{under}")), today),
            (page.say("daily.evening", text=page.say(f"daily.evenings.{wanted}")), ("yongsin",)),
            (page.say("daily.fill", element=page.element(element), text=fill), ("yongsin",)),
            (page.say("daily.rest", text=page.say(f"stems.{key}.rest")), ("ilgan",)),
        ]
    )


def _closing(page: Page) -> None:
    god, _ = luck.gods(page, date_pillar(page.inputs.about_day))
    key = STEM_KEYS[page.person.pillars.day.stem]
    question = page.say(f"daily.questions.{GROUP_KEYS[group_of(god)]}")
    own.dominant(page)
    luck.year(page, touch=False)
    page.paragraph(page.say("daily.own", gift=page.say(f"stems.{key}.gift")), facts=("ilgan",))
    page.paragraph(page.say("daily.close", question=question))
