"""The topics, four sections each, of texts that the full reading doesn't use."""

from __future__ import annotations

from collections.abc import Callable

from fortune.readings.classic.draft.page import ELEMENT_KEYS, GROUP_KEYS, STEM_KEYS, Page
from fortune.readings.classic.kinds import full
from fortune.readings.classic.paragraphs import flow
from fortune.readings.classic.paragraphs import portrait as own
from fortune.readings.classic.paragraphs.habits import acts

# Stems have a text of their own for these in stems.toml; for the other topics it stands in deep.toml.
_OF_STEMS = {"study": "study", "teacher": "teach"}
_OF_GROUPS = {"teacher": "teach", "compatibility": "compat"}


def write(page: Page) -> None:
    """Write the four sections of ``inputs.topic``."""
    topic = page.inputs.topic
    told = "compatibility" if topic == "love" and page.inputs.young and page.lives else topic
    for part in _TOPICS[topic]:
        page.section()
        part(page, told)


def band(page: Page) -> str:
    """Return "strong", "weak", or "even" for the two middle levels of 신강약."""
    level = page.person.facts.strength.level
    if level.startswith("junghwa"):
        return "even"
    return "strong" if page.person.facts.strength.strong else "weak"


def deep(page: Page, topic: str) -> None:
    """Write of the day stem's way in the topic."""
    key = STEM_KEYS[page.person.pillars.day.stem]
    path = f"stems.{key}.{_OF_STEMS[topic]}" if topic in _OF_STEMS else f"deep.{topic}.{key}"
    page.paragraph(page.say(path), facts=("ilgan",))


def leading(page: Page, topic: str) -> None:
    """Write of the way of the ten-god group that stands out."""
    key = own.main_key(page)
    page.paragraph(page.say(f"groups.{key}.{_OF_GROUPS.get(topic, topic)}"), facts=(f"group.{key}",))


def force(page: Page, topic: str) -> None:
    """Write what the chart's strength means for the topic."""
    topic = {"teacher": "career"}.get(topic, topic)
    page.paragraph(page.say(f"topic.{topic}_{band(page)}"), facts=("strength",))


def service(page: Page) -> None:
    """Write what the chart's strength means for military service, for a man of that age."""
    life = page.person.life
    if page.inputs.stage == "young" and life is not None and life.gender == "male":
        page.paragraph(page.say(f"topic.service_{band(page)}"), facts=("strength",))


def counted(page: Page, at: int, name: str) -> None:
    """Write the number of signs of a group and its meaning here; without the hour, nothing about their absence."""
    n = own.group_counts(page.person.facts)[at]
    if n or page.person.pillars.hour is not None:
        path = f"topic.{name}" if n else f"topic.{name}_none"
        page.paragraph(page.say(path, n=n), facts=(f"group.{GROUP_KEYS[at]}",))


def face(page: Page) -> None:
    """Write of the manner among people, by the month branch's ten god."""
    column = page.person.facts.column("month")
    assert column is not None
    page.paragraph(page.say(f"near.face.{column.branch_god}"), facts=("ten_god.month.branch",))


def heart(page: Page) -> None:
    """Write of the manner among close people, by the day branch's ten god."""
    column = page.person.facts.column("day")
    assert column is not None
    page.paragraph(page.say(f"near.heart.{column.branch_god}"), facts=("ten_god.day.branch",))


def hidden(page: Page) -> None:
    """Write of the stems hidden in the day branch (지장간), as powers that show when needed."""
    column = page.person.facts.column("day")
    assert column is not None
    rows = list({row.stem: row for row in column.hidden}.values())
    page.paragraph(
        page.say(
            "flow.hidden" if len(rows) > 1 else "flow.hidden_one",
            stems=page.listed([page.stem(row.stem) for row in rows]),
            gists=page.listed([page.say(f"gods.{row.god}.gist") for row in rows]),
        ),
        facts=("hidden.day",),
    )


def giving(page: Page) -> None:
    """Write of the element that helps in another person, and the one that this chart can give."""
    f = page.person.facts
    wanted = f.useful.chosen.element
    rich = max(range(5), key=lambda at: f.elements.weights[at])
    for path, at, fact in (("bring", wanted, "yongsin"), ("give", rich, "elements")):
        gift = page.say(f"elements.{ELEMENT_KEYS[at]}.bring")
        page.paragraph(page.say(f"topic.{path}", element=page.element(at), bring=gift), facts=(fact,))


def bodies(page: Page) -> None:
    """Write of the care of the own element and of the balancing one."""
    f = page.person.facts
    mine, wanted = f.pillars.day.stem // 2, f.useful.chosen.element
    for path, at, fact in (("body", mine, "ilgan"), ("body_useful", wanted, "yongsin")):
        if path == "body" or wanted != mine:
            care = page.say(f"elements.{ELEMENT_KEYS[at]}.body")
            page.paragraph(page.say(f"topic.{path}", element=page.element(at), body=care), facts=(fact,))


def _manner(page: Page, topic: str) -> None:
    deep(page, topic)
    leading(page, topic)


def _learning(page: Page, topic: str) -> None:
    _manner(page, topic)
    if page.inputs.young:  # whose full reading has told the way of learning already
        deep(page, "personality")


def _inner(page: Page, topic: str) -> None:
    heart(page)
    hidden(page)
    flow.time(page, topic)


def _outer(page: Page, topic: str) -> None:
    face(page)
    if topic == "wealth":
        hidden(page)
    force(page, topic)


def _near(page: Page, topic: str) -> None:
    heart(page)
    face(page)
    hidden(page)
    force(page, topic)


def _shining(page: Page, topic: str) -> None:
    face(page)
    hidden(page)
    counted(page, 3, "career_officer")
    force(page, topic)
    service(page)


def _focus(page: Page, topic: str) -> None:
    face(page)
    heart(page)
    hidden(page)
    counted(page, 4, "study_seal")
    force(page, topic)


def _balance(page: Page, topic: str) -> None:
    bodies(page)
    face(page)
    heart(page)
    hidden(page)
    force(page, topic)


def _fitting(page: Page, topic: str) -> None:
    giving(page)
    partner = (page.person.pillars.day.stem + 5) % 10
    page.paragraph(page.say("topic.stem_hap", stem=page.stem(partner)), facts=("ilgan",))
    force(page, topic)


def _meeting(page: Page, topic: str) -> None:
    face(page)
    heart(page)
    flow.time(page, topic)


def _guiding(page: Page, topic: str) -> None:
    full.guiding(page)
    force(page, topic)


def _peers(page: Page, topic: str) -> None:
    deep(page, "compatibility")
    giving(page)
    hidden(page)
    flow.time(page, topic)


_Part = Callable[[Page, str], None]
_TOPICS: dict[str, tuple[_Part, ...]] = {
    "personality": (deep, _outer, _inner, acts),
    "wealth": (_manner, _outer, flow.time, acts),
    "career": (_manner, _shining, flow.time, acts),
    "love": (_manner, _near, flow.time, acts),
    "health": (deep, _balance, flow.time, acts),
    "study": (_learning, _focus, flow.time, acts),
    "compatibility": (_manner, _fitting, _meeting, acts),
    "teacher": (_manner, _guiding, _peers, acts),
}
