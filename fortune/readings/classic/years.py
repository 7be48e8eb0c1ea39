"""A year month by month, by the pillars of its months."""

from __future__ import annotations

from fortune.readings.classic import full, luck
from fortune.readings.classic import portrait as own
from fortune.readings.classic.page import GROUP_KEYS, Page
from fortune.saju.calendar.pillars import month_pillars
from fortune.saju.cycle import Pillar

_SEASONS = ("spring", "summer", "autumn", "winter")
_ELEMENT = (0, 1, 3, 4)  # what rules each season


def write(page: Page) -> None:
    """The year, its four seasons of three months, and what to keep in mind."""
    months = month_pillars(page.inputs.about_year)
    gods = _gods(page, list(months))
    rows = [
        _month(page, number, row, god, god in gods[: number - 1])
        for number, (row, god) in enumerate(zip(months, gods, strict=True), 1)
    ]
    page.section()
    luck.year(page)
    luck.decade(page)
    page.paragraph(page.say("year.edge"))
    for at, season in enumerate(_SEASONS):
        page.section()
        _season(page, season, _ELEMENT[at])
        page.items(rows[3 * at : 3 * at + 3])
    page.section()
    own.dominant(page)
    full.advice(page)


def _season(page: Page, season: str, element: int) -> None:
    group = GROUP_KEYS[(element - page.person.pillars.day.stem // 2) % 5]
    page.paragraph(
        page.say(
            "year.season",
            when=page.say(f"year.{season}"),
            element=page.element(element),
            group=page.say(f"groups.{group}.name"),
            gist=page.say(f"groups.{group}.gist"),
        ),
        facts=("ilgan",),
    )


def _gods(page: Page, months: list[tuple[int, Pillar]]) -> list[str]:
    """Return the ten god that describes each month: the stem's or the branch's, whichever was used less before."""
    told: list[str] = []
    for _, pillar in months:
        told.append(min(luck.gods(page, pillar), key=told.count))
    return told


def _month(
    page: Page, number: int, row: tuple[int, Pillar], god: str, again: bool
) -> tuple[str, tuple[str, ...]]:
    """One month's line, and its contact with the day branch."""
    month, pillar = row
    line = page.say(
        "year.again" if again else "year.month",
        month=month,
        pillar=f"{pillar.hanja}월({pillar.hangul})" if page.language == "ko" else page.pillar(pillar),
        god=page.god(god),
        text=page.say(f"gods.{god}.{'try' if again else 'moon'}"),
    )
    touched = luck.touched(page, pillar, 1, touching="day")
    if touched:
        kind = touched[0].kind
        line += " " + page.say(
            "year.touch",
            kind=page.say(f"relations.{kind}.name"),
            text=page.say(f"relations.{kind}.day"),
        )
    return line, (f"luck.month.{number}",)
