"""A year in four areas and month by month, by the pillars of its months."""

from __future__ import annotations

from collections import Counter

from fortune.readings.classic.draft.page import ELEMENT_KEYS, GROUP_KEYS, Page, group_of
from fortune.readings.classic.paragraphs import luck
from fortune.saju.calendar.pillars import month_pillars, year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT, Pillar
from fortune.saju.derive.judgements.useful import role_of

_SEASONS = ("spring", "summer", "autumn", "winter")
_AREAS = ("work", "money", "people", "body")
_YOUNG_AREAS = _AREAS[2:]
_YOUNG_TOPICS = ("health", "study", "personality", "compatibility")
_TOPICS = ("career", "wealth", "love", "health", "study", "personality", "compatibility")
_WORTH = {"yongsin": 2, "huisin": 1, "hansin": 0, "gusin": -1, "gisin": -2}


def write(page: Page) -> None:
    """Write the year, its four seasons of three months, and what to keep in mind."""
    months = month_pillars(page.inputs.about_year)
    rows = _months(page, months)
    page.section()
    _lead(page)
    touched = any(_touch(page, pillar) for _, pillar in months)
    page.paragraph(page.say("year.edge"), page.say("months.touches") if touched else "")
    for at, season in enumerate(_SEASONS):
        page.section()
        _season(page, season, [pillar for _, pillar in months[3 * at : 3 * at + 3]])
        page.items(rows[3 * at : 3 * at + 3])
    page.section()
    _rhythm(page, months)
    _keep(page)


def _lead(page: Page) -> None:
    """Write of the two forces of the year, and what they mean for four areas of life."""
    number = page.inputs.about_year
    pillar = year_pillar(number)
    god, branch_god = luck.gods(page, pillar)
    page.paragraph(
        page.say(
            "months.lead_same" if god == branch_god else "months.lead",
            year=number,
            pillar=page.pillar(pillar),
            gist=page.say(f"gods.{god}.gist"),
            bgist=page.say(f"gods.{branch_god}.gist"),
        ),
        facts=("luck.year",),
    )
    luck.year(page)
    stem, branch = GROUP_KEYS[group_of(god)], GROUP_KEYS[group_of(branch_god)]
    areas = [
        ("career", stem, "work"),
        ("wealth", branch, "money"),
        ("love", stem, "love"),
        ("health", branch, "self"),
    ]
    if page.inputs.young:
        areas = [("study", stem, "work"), ("compatibility", branch, "love"), ("health", branch, "self")]
    page.items(
        [
            (page.say(f"months.{topic}", text=page.say(f"ahead.{topic}.{key}")), (f"luck.area.{area}",))
            for topic, key, area in areas
        ]
    )


def _season(page: Page, season: str, pillars: list[Pillar]) -> None:
    gods = dict.fromkeys(luck.gods(page, pillar)[0] for pillar in pillars)
    page.paragraph(
        page.say(
            "months.season",
            when=page.say(f"year.{season}"),
            pillars=page.listed([page.month_name(pillar) for pillar in pillars]),
            gists=page.listed([page.say(f"gods.{god}.gist") + page.aside(page.god(god)) for god in gods]),
        )
    )


def _months(page: Page, months: tuple[tuple[int, Pillar], ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Return a line for each month: one area by the group of its stem, the next by that of its branch.

    A sentence of the same area and group differs within the year, and from the years before and after.
    """
    year = page.inputs.about_year
    used: Counter[tuple[str, str]] = Counter()
    areas = _YOUNG_AREAS if page.inputs.young else _AREAS

    def said(at: int, god: str) -> str:
        area, group = areas[(at + year) % len(areas)], GROUP_KEYS[group_of(god)]
        turn = page.seed + 2 * year + year // 5 + used[area, group]
        used[area, group] += 1
        return page.nth(f"areas.{area}.{group}", turn)

    rows: list[tuple[str, tuple[str, ...]]] = []
    for number, (month, pillar) in enumerate(months, 1):
        god, branch_god = luck.gods(page, pillar)
        line = page.say(
            "months.line",
            month=_calendar(page, month),
            pillar=page.month_name(pillar),
            god=page.god(god),
            touch=_touch(page, pillar),
            text=said(number, god),
            more=said(number + 1, branch_god),
        )
        rows.append((line, (f"luck.month.{number}",)))
    return rows


def _calendar(page: Page, month: int) -> str:
    """Return a month of the pillar year by its name: its last, January, lies in the next calendar year."""
    return page.say("months.next_january") if month == 1 else page.month_of(month)


def _touch(page: Page, pillar: Pillar) -> str:
    """Return the contact of a month's branch with the day branch, to stand in the month's label."""
    rows = luck.touched(page, pillar, 1, touching="day")
    kind = page.say(f"relations.{rows[0].kind}.name") if rows else ""
    return ", " + page.say("months.touch", kind=kind) if kind else ""


def _rhythm(page: Page, months: tuple[tuple[int, Pillar], ...]) -> None:
    """Write of the months that help the balance most, and those that ask for rest."""
    year = page.inputs.about_year

    def worth(pillar: Pillar) -> int:
        useful = page.person.facts.useful
        return (
            _WORTH[role_of(useful, pillar.stem // 2)] + _WORTH[role_of(useful, BRANCH_ELEMENT[pillar.branch])]
        )

    ranked = sorted(months, key=lambda row: -worth(row[1]))
    good = [
        _calendar(page, month)
        for month, pillar in months
        if (month, pillar) in ranked[:2] and worth(pillar) > 0
    ]
    rest = [
        _calendar(page, month)
        for month, pillar in months
        if (month, pillar) in ranked[-2:] and worth(pillar) < 0
    ]
    if good and rest:
        page.paragraph(
            page.say("months.best", year=year, good=page.listed(good), rest=page.listed(rest)),
            page.nth("months.best_use", year),
            facts=("yongsin",),
        )
    else:
        page.paragraph(page.say("months.quiet", year=year), facts=("yongsin",))


def _keep(page: Page) -> None:
    year = page.inputs.about_year
    roles = page.person.facts.useful.roles
    rows: list[tuple[str, tuple[str, ...]]] = [
        (page.say("months.aim", year=year, text=page.say(f"gods.{god}.aim")), ("luck.year",))
        for god in sorted(set(luck.gods(page, year_pillar(year))))
    ]
    topics = _YOUNG_TOPICS if page.inputs.young else _TOPICS
    for at in range(3):
        topic = topics[(3 * year + at) % len(topics)]
        element = roles[(year + at) % 2]
        text = page.say(f"acts.{topic}.{ELEMENT_KEYS[element]}")
        rows.append((page.say("months.act", element=page.element(element), text=text), ("yongsin",)))
    page.items(rows)
