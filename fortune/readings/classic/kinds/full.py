"""The full reading, for everybody and for teachers: seven sections."""

from __future__ import annotations

from fortune.readings.classic.draft.page import ELEMENT_KEYS, GROUP_KEYS, STEM_KEYS, Page
from fortune.readings.classic.paragraphs import flow, luck
from fortune.readings.classic.paragraphs import portrait as own
from fortune.readings.classic.paragraphs.contacts import branch_contacts, say_contacts, telling, told_contacts
from fortune.readings.classic.paragraphs.habits import acts
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.derive.basics import ten_god


def write(page: Page) -> None:
    """Write all seven sections."""
    page.section()
    own.identity(page)
    page.section()
    own.season(page)
    own.elements(page)
    own.strength(page)
    if page.inputs.mode == "teacher":
        classroom(page)
        return
    page.section()
    own.temper(page)
    say_contacts(page)
    own.stars(page)
    page.section()
    (learning if page.inputs.young else work)(page)
    page.section()
    (company if page.inputs.young else love)(page)
    page.section()
    luck.decade(page)
    luck.year(page)
    page.section()
    advice(page)


def classroom(page: Page) -> None:
    """Write sections three to seven of the teacher's reading; the topic "teacher" uses its parts."""
    page.section()
    in_class(page)
    page.section()
    guiding(page)
    page.section()
    peers(page)
    page.section()
    known = flow.decade(page, "teacher")
    flow.years(page, "teacher", known, first=page.inputs.about_year)
    page.section()
    healing(page)


def in_class(page: Page) -> None:
    """Write of the teacher in front of a class."""
    f = page.person.facts
    column = f.column("day")
    assert column is not None
    page.paragraph(page.say(f"stems.{STEM_KEYS[f.pillars.day.stem]}.teach"), facts=("ilgan",))
    own.dominant(page, "teach")
    text = page.say(f"near.heart.{column.branch_god}")
    page.paragraph(
        page.say("teach.seat", god=page.god(column.branch_god), text=text), facts=("ten_god.day.branch",)
    )


def guiding(page: Page) -> None:
    """Write of 관성, 식상 and 인성 as ways of guiding; weakness is said only when all eight signs are known."""
    counts = own.group_counts(page.person.facts)
    for at, name in ((3, "officer"), (1, "output"), (4, "seal")):
        if counts[at]:
            line = page.say(f"teach.guide_{name}", n=counts[at])
        elif page.person.pillars.hour is not None:
            line = page.say(f"teach.guide_no_{name}")
        else:
            continue
        page.paragraph(line, facts=(f"group.{GROUP_KEYS[at]}",))


def peers(page: Page) -> None:
    """Write of colleagues and duties."""
    f = page.person.facts
    column = f.column("month")
    assert column is not None
    page.paragraph(page.say(f"near.face.{column.branch_god}"), facts=("ten_god.month.branch",))
    n = own.group_counts(f)[0]
    if n or f.pillars.hour is not None:
        page.paragraph(
            page.say("teach.peers_bigeop" if n else "teach.peers_no_bigeop", n=n), facts=("group.bigeop",)
        )
    page.paragraph(page.say(f"deep.career.{STEM_KEYS[f.pillars.day.stem]}"), facts=("ilgan",))


def healing(page: Page) -> None:
    """Write of rest and limits, and a small list."""
    f = page.person.facts
    body = page.say(f"elements.{ELEMENT_KEYS[f.useful.chosen.element]}.body")
    rest = page.say(f"stems.{STEM_KEYS[f.pillars.day.stem]}.rest")
    page.paragraph(page.say("teach.heal", rest=rest, body=body), facts=("ilgan", "yongsin"))
    page.paragraph(page.say("teach.limit"))
    acts(page, "teacher")


def work(page: Page) -> None:
    """Write of work, then of money."""
    f = page.person.facts
    key = STEM_KEYS[f.pillars.day.stem]
    page.paragraph(page.say(f"stems.{key}.work"), facts=("ilgan",))
    page.paragraph(page.say(f"stems.{key}.money"), facts=("ilgan",))
    wealth_count(page)
    page.paragraph(page.say("care.money"))


def learning(page: Page) -> None:
    """Write how a child or a teenager learns."""
    key, group = STEM_KEYS[page.person.pillars.day.stem], own.main_key(page)
    page.paragraph(
        page.say(f"stems.{key}.study"), page.say(f"groups.{group}.study"), facts=("ilgan", f"group.{group}")
    )


def company(page: Page) -> None:
    """Write of a child or a teenager among family and friends."""
    column = page.person.facts.column("day")
    assert column is not None
    group = own.main_key(page)
    page.paragraph(page.say(f"groups.{group}.compat"), facts=(f"group.{group}",))
    page.paragraph(
        page.say(
            "love.young", god=page.god(column.branch_god), text=page.say(f"gods.{column.branch_god}.seat")
        ),
        facts=("ten_god.day.branch",),
    )


def wealth_count(page: Page) -> None:
    """Write the number of 재성 signs, with advice."""
    n = own.group_counts(page.person.facts)[2]
    if n == 0 and page.person.pillars.hour is None:
        return
    kind = "none" if n == 0 else "some" if n <= 2 else "many"
    page.paragraph(page.say(f"work.jae_{kind}", n=n), facts=("group.jaeseong",))


def love(page: Page) -> None:
    """Write of love, by the day stem, the spouse's seat and its relations."""
    f = page.person.facts
    page.paragraph(page.say(f"stems.{STEM_KEYS[f.pillars.day.stem]}.love"), facts=("ilgan",))
    seat(page)


def seat(page: Page) -> None:
    """Write of the day branch, and of the most telling contact it has."""
    f = page.person.facts
    column = f.column("day")
    assert column is not None
    page.paragraph(
        page.say(
            "love.seat", god=page.god(column.branch_god), text=page.say(f"gods.{column.branch_god}.seat")
        ),
        facts=("ten_god.day.branch",),
    )
    touching = telling(branch_contacts(f), 1, touching="day")
    told = {row.kind for row in told_contacts(page)}
    for row in touching:
        others = [page.say(f"relations.cells.{place}") for place in row.places if place != "day"]
        text = page.say(f"relations.{row.kind}.natal")
        page.paragraph(
            page.say(
                "love.touch_again" if row.kind in told else "love.touch",
                other=page.joined(others),
                kind=page.say(f"relations.{row.kind}.name"),
                text=text[0].upper() + text[1:],
            ),
            facts=(row.id,),
        )
    if not touching and f.pillars.hour is not None:
        page.paragraph(page.say("love.quiet"), facts=("pillar.day",))


def advice(page: Page) -> None:
    """Write small things to do, each from the chart."""
    f, number = page.person.facts, page.inputs.about_year
    wanted, group = f.useful.chosen.element, own.main_key(page)
    god = ten_god(f.pillars.day.stem, year_pillar(number).stem)
    fill = page.say(f"elements.{ELEMENT_KEYS[wanted]}.fill")
    rows = [(page.say("act.fill", element=page.element(wanted), text=fill), ("yongsin",))]
    calm = page.say(f"stems.{STEM_KEYS[f.pillars.day.stem]}.rest")
    rows.append((page.say("act.rest", text=calm), ("ilgan",)))
    rows.append((page.say("act.do", text=page.say(f"groups.{group}.act")), (f"group.{group}",)))
    rows.append((page.say("act.year", year=number, text=page.say(f"gods.{god}.aim")), ("luck.year",)))
    page.items(rows)
    page.paragraph(page.say("act.close"))
