"""Paragraphs about the time ahead in one part of life: decade, years, months."""

from __future__ import annotations

from fortune.readings.classic.draft.page import GROUP_KEYS, Page, group_of
from fortune.readings.classic.paragraphs import luck
from fortune.saju.calendar.pillars import month_pillars, year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT, Pillar

YEARS = 3
MONTHS = 4


def time(page: Page, topic: str) -> None:
    """Write of the decade, the years, and the months that help."""
    known = decade(page, topic)
    years(page, topic, known)
    months(page)


def decade(page: Page, topic: str) -> str:
    """Write of the present 대운 in this part of life. Return the group of ten gods told of."""
    at = page.inputs.decade_at
    if at is None:
        page.paragraph(page.say("flow.decade_before"))
        return ""
    pillar = page.person.luck[at]
    group = groups(page, pillar)[0]
    end = page.person.decades[at].ends.year
    text = page.say(f"ahead.{topic}.{group}")
    page.paragraph(
        page.say("flow.decade", pillar=page.pillar(pillar), end=end, text=text), facts=("luck.now",)
    )
    return group


def years(page: Page, topic: str, known: str = "", *, first: int | None = None) -> None:
    """Write of the years from ``first`` on (else the coming ones) in this part of life, each by a force not told before if it can."""
    first = first or page.inputs.coming_year or page.inputs.about_year
    rows, told = [], {known}
    for year in range(first, first + YEARS):
        pillar = year_pillar(year)
        came = groups(page, pillar)
        fresh = [group for group in came if group not in told]
        told.update(fresh[:1])
        text = page.say(f"ahead.{topic}.{fresh[0]}") if fresh else ""
        line = page.say(
            "flow.year" if fresh else "flow.again",
            year=year,
            pillar=page.bracketed(pillar),
            text=text,
            groups=page.listed([page.say(f"groups.{group}.name") for group in dict.fromkeys(came)]),
        )
        if year == first:
            line += " " + bearing(page, year)
        rows.append((line, year_facts(page, year)))
    page.items(rows)


def bearing(page: Page, year: int) -> str:
    """Return what the year's branch does to the balance."""
    element = BRANCH_ELEMENT[year_pillar(year).branch]
    return page.say(f"flow.{luck.bearing(page, element)}", year=year, element=page.element(element))


def months(page: Page) -> None:
    """Write of the months of the next twelve that bring the balancing elements, each with what it is good for."""
    rows = helpful_months(page)[:MONTHS]
    page.paragraph(page.say("flow.months", months=page.months(rows)), facts=("yongsin",))
    page.items([(_month(page, *row), ("yongsin",)) for row in rows])


def _month(page: Page, year: int, month: int, pillar: Pillar) -> str:
    """Return one month's line, by the ten god of its stem, or of its branch where that was told already."""
    texts = [page.say(f"gods.{god}.moon") for god in luck.gods(page, pillar)]
    text = next((text for text in texts if not page.knows(text)), "")
    name = page.month_of(month)
    return (
        page.say("flow.month", year=year, month=name, pillar=page.bracketed(pillar), text=text)
        if text
        else ""
    )


def helpful_months(page: Page) -> list[tuple[int, int, Pillar]]:
    """Return (year, month, pillar) of the next twelve whose branch, and if possible whose stem, helps the balance."""
    today = page.inputs.today
    wanted = page.person.facts.useful.roles[:2]
    rows = [
        (year + (month < 2), month, pillar)
        for year in (today.year - 1, today.year, today.year + 1)
        for month, pillar in month_pillars(year)
    ]
    ahead = [row for row in rows if (row[0], row[1]) > (today.year, today.month)][:12]
    good = [row for row in ahead if BRANCH_ELEMENT[row[2].branch] in wanted and row[2].stem // 2 in wanted]
    return good or [row for row in ahead if BRANCH_ELEMENT[row[2].branch] in wanted]


def groups(page: Page, pillar: Pillar) -> tuple[str, str]:
    """Return the keys of the groups of ten gods of a pillar's stem and branch."""
    stem, branch = luck.gods(page, pillar)
    return GROUP_KEYS[group_of(stem)], GROUP_KEYS[group_of(branch)]


def year_facts(page: Page, year: int) -> tuple[str, ...]:
    """Return the fact that a sentence about a year rests on, if the year is one of the chart's facts."""
    if year == page.inputs.about_year:
        return ("luck.year",)
    return ("luck.year.next",) if year == page.inputs.coming_year else ()
