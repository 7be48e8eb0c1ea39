"""An answer to a question: the answer first, then what the chart says of it, when, and what to do."""

from __future__ import annotations

from fortune.readings import safety
from fortune.readings.classic.answer.opening import (
    count,
    counted,
    first,
    has,
    matter,
    month_name,
    months_of,
    named,
    second,
    warm,
)
from fortune.readings.classic.answer.timing import Month, When, brought, groups_of
from fortune.readings.classic.draft.page import GROUP_KEYS, STEM_KEYS, Page
from fortune.readings.classic.kinds import pairs, topics
from fortune.readings.classic.paragraphs import flow, luck
from fortune.readings.classic.paragraphs import portrait as own
from fortune.readings.classic.question.aims import BULLIED, HOMES
from fortune.readings.classic.question.asked import Asked
from fortune.readings.facts.years import months_asked, years_asked
from fortune.saju.calendar.pillars import year_pillar
from fortune.saju.cycle import BRANCH_ELEMENT
from fortune.saju.derive.basics import ten_god

# The part of life whose texts fit a subject; without one, those of the personality.
_TOPICS = {
    "change": "career", "job": "career", "promotion": "career", "business": "career", "work": "career",
    "money": "wealth", "invest": "wealth", "debt": "wealth", "house": "wealth", "exam": "study", "study": "study",
    "love": "love", "heart": "love", "reunion": "love", "breakup": "love", "marriage": "love", "spouse": "love",
    "people": "compatibility", "family": "compatibility", "child": "compatibility", "pair": "compatibility",
    "teacher": "teacher", "health": "health",
}  # fmt: skip

_KIN = ("child", "family")


def write(page: Page) -> None:
    """The four sections of an answer."""
    asked = Asked.of(page.inputs)
    when = When.of(page.inputs, asked)
    other = page.inputs.other
    met = asked.aim in BULLIED or has(asked.subject, "first")  # of something that no chart decides
    guessed = asked.guessed and other is None and not met
    page.section()
    page.paragraph(
        *first(page, asked, when),
        warm(page, asked),
        page.say("asked.kept") if asked.again else "",
        second(page, asked),
        page.say("asked.read_as", name=matter(page, asked.subject)) if guessed else "",
        facts=() if asked.theirs or met else _year_facts(page, when.year),
    )
    page.section()
    if other is not None:
        pairs.minds(page, other)
        pairs.lives(page, other)
        pairs.gifts(page, other)
    if other is None or page.inputs.about is not None:  # the reading of the two has told how they meet
        _chart(page, asked)
    page.section()
    _time(page, asked, when)
    page.section()
    _steps(page, asked)


def _topic(page: Page, subject: str) -> str:
    """Return the part of life whose texts fit a subject; of a minor's love that of friends."""
    topic = _TOPICS.get(subject, "personality")
    return "compatibility" if topic == "love" and "young" in page.lives else topic


def _chart(page: Page, asked: Asked) -> None:
    """The chart of the person and the matter asked about."""
    subject, f = asked.about, page.person.facts
    topic = _topic(page, subject)
    _person(page, asked)
    if not has(
        subject, "act"
    ):  # a grave matter: what holds, and nothing about the way of handling love or work
        gift = page.say(f"stems.{STEM_KEYS[f.pillars.day.stem]}.gift")
        page.paragraph(page.say("asked.strength", gift=gift), facts=("ilgan",))
        topics.deep(page, "health")
        topics.bodies(page)
        topics.force(page, "personality")
        if asked.who == "me":
            topics.heart(page)
        return
    _signs(page, subject)
    topics.deep(page, topic)
    if subject in _KIN:  # whom one gets on with best is no question among parents and children
        gift = page.say(f"stems.{STEM_KEYS[f.pillars.day.stem]}.gift")
        page.paragraph(page.say("asked.strength", gift=gift), facts=("ilgan",))
        topics.force(page, "personality")
    else:
        topics.leading(page, "personality" if topic == "health" else topic)
        topics.force(page, topic)
    if asked.who == "me":
        (topics.heart if topic in ("love", "compatibility") else topics.face)(page)
    own.useful(page)


def _person(page: Page, asked: Asked) -> None:
    """Where the person asked about stands in the chart."""
    if asked.who == "me":
        return
    place = "month" if asked.who in ("boss", "colleague", "friend") else "day"
    column = page.person.facts.column(place)
    assert column is not None
    told = page.say(f"near.{'face' if place == 'month' else 'heart'}.{column.branch_god}")
    page.paragraph(
        page.say(f"asked.who.{asked.who}", god=page.god(column.branch_god)),
        told,
        facts=(f"ten_god.{place}.branch",),
    )


def _signs(page: Page, subject: str) -> None:
    """The signs that stand for the matter, where the chart has any."""
    groups = groups_of(subject, page.person)
    n = count(page, groups)
    if n:
        name, names = matter(page, subject), named(page, groups)
        page.paragraph(
            page.say("asked.groups", name=name, groups=names, counts=counted(page, groups)),
            facts=tuple(f"group.{GROUP_KEYS[at]}" for at in groups),
        )


def _time(page: Page, asked: Asked, when: When) -> None:
    """The year, its months for the matter, and the decade."""
    (_year if page.inputs.other is None else _year_of_two)(page, asked, when)
    subject = asked.about
    if not has(subject, "act"):
        page.paragraph(page.say("asked.no_months"))
    elif when.months:
        if asked.form != "when" or asked.theirs:
            names = months_of(page, when.months)
            path = "asked.months_ahead" if when.ahead else "asked.months"
            act = page.say(f"asked.aim.{asked.aim}_act" if asked.aim in HOMES else f"asked.{subject}.act")
            page.paragraph(page.say(path, act=act, months=names), facts=("yongsin",))
        said: set[str] = set()
        page.items([_line(page, subject, row, said) for row in when.months])
    if when.hard is not None and has(subject, "act"):
        page.paragraph(page.say("asked.careful", month=month_name(page, when.hard)), facts=("yongsin",))
    if has(subject, "act"):
        luck.decade(page)


def _year(page: Page, asked: Asked, when: When) -> None:
    pillar, subject = year_pillar(when.year), asked.about
    god, branch_god = luck.gods(page, pillar)
    groups, came = groups_of(subject, page.person), brought(page.person, pillar, subject)
    comes = ""
    if groups:
        name = matter(page, subject)
        names = named(page, came)
        comes = (
            page.say(
                "asked.brought_hard" if when.verdict == "wait" else "asked.brought", name=name, groups=names
            )
            if came
            else page.say("asked.absent", name=name)
        )
    stem = pillar.stem // 2
    page.paragraph(
        page.say(
            "asked.year",
            year=when.year,
            pillar=page.pillar(pillar),
            god=page.god(god),
            bgod=page.god(branch_god),
        ),
        comes,
        flow.bearing(page, when.year) if has(subject, "act") else "",
        page.say(f"asked.stem_{luck.bearing(page, stem)}", element=page.element(stem)),
        facts=(*_year_facts(page, when.year), "yongsin"),
    )
    topic = _topic(page, subject) if has(subject, "act") else "health"
    key = flow.groups(page, pillar)[0]
    page.paragraph(page.say(f"ahead.{topic}.{key}"), facts=_year_facts(page, when.year))


def _year_of_two(page: Page, asked: Asked, when: When) -> None:
    del asked
    other = page.inputs.other
    assert other is not None
    pillar = year_pillar(when.year)
    gods = {
        "god": page.god(ten_god(page.person.pillars.day.stem, pillar.stem)),
        "other_god": page.god(ten_god(other.pillars.day.stem, pillar.stem)),
    }
    element = BRANCH_ELEMENT[pillar.branch]
    helped = sum(element in person.facts.useful.roles[:2] for person in (page.person, other))
    page.paragraph(
        page.say("asked.pair.year", year=when.year, pillar=page.pillar(pillar), **gods),
        page.say(f"asked.pair.help_{helped}", element=page.element(element)),
        facts=_year_facts(page, when.year),
    )


def _line(page: Page, subject: str, row: Month, said: set[str]) -> tuple[str, tuple[str, ...]]:
    """Return a month's line: what it brings for the matter and the balance, and its own character.

    ``said`` are the characters of the months before, and takes this one's: none is told twice.
    """
    came = brought(page.person, row.pillar, subject)
    elements = dict.fromkeys((row.pillar.stem // 2, BRANCH_ELEMENT[row.pillar.branch]))
    helping = [page.element(at) for at in elements if luck.bearing(page, at) == "help"]
    name, sign = matter(page, subject), page.pillar(row.pillar)
    words = {"pillar": sign, "name": name, "groups": named(page, came), "elements": page.listed(helping)}
    path = "both" if came and helping else "brings" if came else "helps"
    moons = (page.say(f"gods.{god}.moon") for god in luck.gods(page, row.pillar))
    moon = next((text for text in moons if text not in said), "")
    said.add(moon)
    text = " ".join((page.say(f"asked.month_{path}", **words) if came or helping else "", moon)).strip()
    line = page.say(
        "flow.month",
        year=row.year,
        month=page.month_of(row.number),
        pillar=page.bracketed(row.pillar),
        text=" ".join(text.split()),
    )
    known = {(year, number) for year, number, _ in months_asked(page.inputs)}
    cited = (row.year, row.number) in known
    return line, (f"luck.month.{row.year}.{row.number}" if cited else "yongsin",)


def _year_facts(page: Page, year: int) -> tuple[str, ...]:
    if year in years_asked(page.inputs):
        return (f"luck.year.{year}",)
    return flow.year_facts(page, year)


def _steps_of(asked: Asked) -> str:
    """Return the path of the steps: of another's own affairs, what one can do for them."""
    if asked.aim in HOMES:
        return f"asked.aim.{asked.aim}_steps"
    if asked.theirs and asked.subject == "health":
        return "asked.theirs_steps.health"
    if asked.theirs and asked.who in ("parent", "sibling"):
        return "asked.theirs_steps.other"
    return f"asked.{asked.about}.steps"


def _steps(page: Page, asked: Asked) -> None:
    """Things to do about the matter, and what neither this nor any chart can tell."""
    steps = page.variants(_steps_of(asked))
    page.items([(page.say("asked.step", text=step), ()) for step in steps])
    found = safety.cautions(page.inputs.question)
    if asked.subject == "health" and "health" not in found:
        found = ("health", *found)
    day, month = page.person.pillars.day, page.person.pillars.month
    page.paragraph(
        page.say("asked.limit"),
        page.say("asked.day", day=page.pillar(day), month=page.pillar(month)),
        safety.disclaimer(found, page.language),
        facts=("pillar.day", "pillar.month"),
    )
