"""The sentence that meets an aim of a question beyond its form: a shortcoming, a direction, a year, a warning."""

from __future__ import annotations

from fortune.readings.classic.answer.timing import When, best_years
from fortune.readings.classic.draft.page import ELEMENT_KEYS, STEM_KEYS, Page
from fortune.readings.classic.question.asked import Asked
from fortune.readings.facts.years import WORTH
from fortune.saju.derive.judgements.useful import role_of


def sentence(page: Page, asked: Asked, when: When) -> str:
    """Return the sentence that gives an aim; "" where the chart has nothing for it."""
    key = asked.aim
    if key == "mind":
        return page.say("asked.aim.mind", person=page.say(f"asked.person.{asked.who}"))
    if key in ("shadow", "gift"):
        stem = STEM_KEYS[page.person.facts.pillars.day.stem]
        return page.say(f"asked.aim.{key}", text=page.say(f"stems.{stem}.{key}"))
    if key == "lend":
        return page.say(f"asked.aim.lend_{when.verdict}", year=when.year)
    if key in ("careful", "direction"):
        return _of_element(page, key, when)
    return _years(page, asked, when) if key == "years" else ""


def _of_element(page: Page, key: str, when: When) -> str:
    """Return where the helping element lies, or what the burdening one brings."""
    useful = page.person.facts.useful
    burden = min(range(5), key=lambda at: WORTH[role_of(useful, at)])
    at = burden if key == "careful" else useful.chosen.element
    text = page.say(f"elements.{ELEMENT_KEYS[at]}.{'over' if key == 'careful' else 'direction'}")
    return page.say(f"asked.aim.{key}", year=when.year, element=page.element(at), text=text)


def _years(page: Page, asked: Asked, when: When) -> str:
    """Return the years of the coming ten that carry the matter most, where no year was asked for."""
    if asked.year or asked.months:
        return ""
    rows = best_years(page.inputs, asked)
    if not rows:
        return ""
    years = page.listed(
        [page.say("asked.aim.year", year=at, pillar=page.bracketed(pillar)) for at, pillar in rows]
    )
    return page.say("asked.aim.years", act=page.say(f"asked.{asked.about}.act"), years=years)
