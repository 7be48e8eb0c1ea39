"""The sentence that meets an aim of a question beyond its form: a shortcoming, a direction, a year, a warning."""

from __future__ import annotations

from fortune.readings.classic.answer.timing import When, best_years, groups_of
from fortune.readings.classic.draft.page import ELEMENT_KEYS, GROUP_KEYS, STEM_KEYS, Page
from fortune.readings.classic.paragraphs import portrait
from fortune.readings.classic.question.aims import BULLIED, HOMES
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
    if key in ("lend", "cut"):
        return page.say(f"asked.aim.{key}_{when.verdict}", year=when.year)
    if key in BULLIED:
        return page.say(f"asked.aim.{key}")
    if key == "leaves":
        return page.say("asked.aim.leaves", person=page.say(f"asked.person.{asked.who}"))
    if key in HOMES:
        return _selling(page, asked, when)
    if key == "habit" and when.months:
        months = page.months([(row.year, row.number, row.pillar) for row in when.months])
        return page.say("asked.aim.habit", months=months)
    if key == "has":
        return _has(page, asked)
    if key in ("careful", "tired", "direction"):
        return _of_element(page, key, when)
    return _years(page, asked, when) if key == "years" else ""


def _selling(page: Page, asked: Asked, when: When) -> str:
    """Return when, or whether in the year, a home is well sold or let."""
    if asked.form == "when" and when.months:
        months = page.months([(row.year, row.number, row.pillar) for row in when.months])
        return page.say("asked.when", act=page.say(f"asked.aim.{asked.aim}_act"), months=months)
    return page.say(f"asked.aim.{asked.aim}_{when.verdict}", year=when.year)


def _has(page: Page, asked: Asked) -> str:
    """Return how many signs of a matter the chart has; "" where a matter has none of its own or the hour is open."""
    groups = groups_of(asked.subject, page.person)
    of_groups = portrait.group_counts(page.person.facts)
    n = sum(of_groups[at] for at in groups)
    if not groups or (n == 0 and page.person.pillars.hour is None):
        return ""
    names = {at: page.say(f"groups.{GROUP_KEYS[at]}.name") for at in groups}
    counted = [page.say("self.count_one", name=names[at], n=of_groups[at]) for at in groups if of_groups[at]]
    kind = "none" if n == 0 else "some" if n <= 3 else "many"
    words = {"groups": page.listed(list(names.values()))} if n == 0 else {"counts": ", ".join(counted)}
    return page.say(f"asked.aim.has_{kind}", name=page.say(f"asked.{asked.subject}.name"), **words)


def _of_element(page: Page, key: str, when: When) -> str:
    """Return where the helping element lies, or what the burdening one brings."""
    useful = page.person.facts.useful
    burden = min(range(5), key=lambda at: WORTH[role_of(useful, at)])
    at, part = (useful.chosen.element, "direction") if key == "direction" else (burden, "over")
    text = page.say(f"elements.{ELEMENT_KEYS[at]}.{part}")
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
