"""Paragraphs about time: the present 대운, the year, and their relations with the chart."""

from __future__ import annotations

from fortune.readings.classic.draft import memory
from fortune.readings.classic.draft.page import GROUP_KEYS, Page, group_of
from fortune.readings.classic.paragraphs.contacts import telling
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT, Pillar
from fortune.saju.derive.basics import branch_god, ten_god
from fortune.saju.derive.relations import Relation, relations_with

_WITH_DAY_TEXT = (
    "yukhap", "samhap", "banghap", "banhap", "chung", "hyeong", "sanghyeong", "jahyeong", "samhyeong",
    "pa", "hae", "wonjin", "gwimun", "amhap",
)  # fmt: skip


def gods(page: Page, pillar: Pillar) -> tuple[str, str]:
    """Return the ten gods of a pillar's stem and branch for this person."""
    day = page.person.pillars.day.stem
    return ten_god(day, pillar.stem), branch_god(day, pillar.branch)


def bearing(page: Page, element: int) -> str:
    """Return how an element bears on the balance (helps, spends, neither), by the roles of 용신."""
    roles = page.person.facts.useful.roles
    return "help" if element in roles[:2] else "spend" if element in roles[2:4] else "plain"


def touched(page: Page, pillar: Pillar, limit: int = 1, *, touching: str = "") -> list[Relation]:
    """Return the most telling contacts of a passing pillar's branch with the chart."""
    rows = tuple(r for r in relations_with(page.person.pillars, pillar) if r.kind in _WITH_DAY_TEXT)
    return telling(rows, limit, touching=touching)


def decade(page: Page) -> None:
    """Write of the 대운 that rules the year asked about, until when, and the next."""
    person, year = page.person, page.inputs.about_year
    if not person.decades:
        return
    at = page.inputs.decade_at
    if at is None:
        page.paragraph(page.say("luck.decade_before"))
        return
    pillar = person.luck[at]
    sgod, bgod = gods(page, pillar)
    end = person.decades[at].ends.year
    page.paragraph(
        page.say(
            "luck.decade_same" if sgod == bgod else "luck.decade",
            pillar=page.pillar(pillar),
            sgod=page.god(sgod),
            bgod=page.god(bgod),
            text=page.say(f"gods.{sgod}.decade"),
        ),
        page.say(
            f"luck.{bearing(page, BRANCH_ELEMENT[pillar.branch])}",
            element=page.element(BRANCH_ELEMENT[pillar.branch]),
        ),
        page.say("luck.decade_end", end=end),
        "" if person.luck_sure else page.say("luck.decade_unsure"),
        facts=("luck.now",),
    )
    if at + 1 < len(person.luck) and end - year <= 3:
        following = person.luck[at + 1]
        key = GROUP_KEYS[group_of(gods(page, following)[0])]
        page.paragraph(
            page.say(
                "luck.next", end=end, pillar=page.pillar(following), gist=page.say(f"groups.{key}.gist")
            ),
            facts=("luck.next",),
        )


def year(page: Page, *, touch: bool = True) -> None:
    """Write of the year asked about and the contact its branch makes with the chart."""
    number = page.inputs.about_year
    pillar = year_pillar(number)
    god, _ = gods(page, pillar)
    page.paragraph(
        page.say(
            "luck.year",
            year=number,
            pillar=page.pillar(pillar),
            god=page.god(god),
            text=page.say(f"gods.{god}.year"),
        ),
        facts=("luck.year",),
    )
    if touch:
        year_touch(page, pillar)


def year_touch(page: Page, pillar: Pillar) -> None:
    """Write of the most telling contact of the year's branch."""
    rows = touched(page, pillar)
    if not rows:
        page.paragraph(page.say("luck.year_quiet", year=page.inputs.about_year), facts=("luck.year",))
        return
    row = rows[0]
    names = [page.say(f"relations.cells.{place}") for place in row.places if place != "luck"]
    told = page.say(
        "luck.year_touch",
        year=page.inputs.about_year,
        cell=page.joined(names),
        kind=page.say(f"relations.{row.kind}.name"),
        text=page.say(f"relations.{row.kind}.day"),
    )
    if page.knows(memory.sentences(told)[0]):  # its meaning alone would hang in the air
        return
    page.paragraph(
        told,
        facts=("luck.year", *(f"pillar.{place}" for place in row.places if place != "luck")),
    )
