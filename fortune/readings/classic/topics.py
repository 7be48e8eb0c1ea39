"""The topics, four sections each."""

from __future__ import annotations

from collections.abc import Callable

from fortune.readings.classic import full, luck
from fortune.readings.classic import portrait as own
from fortune.readings.classic.page import BRANCH_KEYS, ELEMENT_KEYS, GROUP_KEYS, STEM_KEYS, Page


def write(page: Page) -> None:
    """The four sections of ``inputs.topic``."""
    for part in _TOPICS[page.inputs.topic]:
        page.section()
        part(page)


def band(page: Page) -> str:
    """ "strong", "weak", or "even" for the two middle levels of 신강약."""
    level = page.person.facts.strength.level
    if level.startswith("junghwa"):
        return "even"
    return "strong" if page.person.facts.strength.strong else "weak"


def manner(page: Page, topic: str) -> None:
    """The day stem's and the leading group's approach to the topic."""
    f = page.person.facts
    key = STEM_KEYS[f.pillars.day.stem]
    field = {"wealth": "money", "career": "work", "personality": "gift"}.get(topic, topic)
    own.stem_only(page)
    page.paragraph(page.say(f"stems.{key}.{field}"), facts=("ilgan",))
    own.dominant(page, topic)


def force(page: Page, topic: str) -> None:
    """The meaning of the chart's strength for the topic."""
    page.paragraph(page.say(f"topic.{topic}_{band(page)}"), facts=("strength",))


def counted(page: Page, at: int, name: str) -> None:
    """The number of signs of a group and its meaning here; without the hour, nothing about their absence."""
    n = own.group_counts(page.person.facts)[at]
    if n or page.person.pillars.hour is not None:
        path = f"topic.{name}" if n else f"topic.{name}_none"
        page.paragraph(page.say(path, n=n), facts=(f"group.{GROUP_KEYS[at]}",))


def inner(page: Page) -> None:
    """The day branch as the heart beneath the manner."""
    branch = page.person.pillars.day.branch
    page.paragraph(
        page.say(
            "topic.inner",
            branch=page.branch(branch),
            inner=page.say(f"branches.{BRANCH_KEYS[branch]}.inner"),
        ),
        facts=("pillar.day",),
    )


def time(page: Page) -> None:
    """대운 and the year."""
    luck.decade(page)
    luck.year(page)


def giving(page: Page) -> None:
    """The element that helps in another person, and the one that this chart can give."""
    f = page.person.facts
    wanted = f.useful.chosen.element
    rich = max(range(5), key=lambda at: f.elements.weights[at])
    page.paragraph(
        page.say(
            "topic.bring",
            element=page.element(wanted),
            bring=page.say(f"elements.{ELEMENT_KEYS[wanted]}.bring"),
        ),
        facts=("yongsin",),
    )
    page.paragraph(
        page.say(
            "topic.give", element=page.element(rich), bring=page.say(f"elements.{ELEMENT_KEYS[rich]}.bring")
        ),
        facts=("elements",),
    )
    partner = (f.pillars.day.stem + 5) % 10
    page.paragraph(page.say("topic.stem_hap", stem=page.stem(partner)), facts=("ilgan",))


def shadow(page: Page) -> None:
    key = STEM_KEYS[page.person.pillars.day.stem]
    page.paragraph(page.say("topic.shadow", shadow=page.say(f"stems.{key}.shadow")), facts=("ilgan",))


def bodies(page: Page) -> None:
    """The care of the own element and of the balancing one."""
    f = page.person.facts
    mine, wanted = f.pillars.day.stem // 2, f.useful.chosen.element
    for path, at, fact in (("body", mine, "ilgan"), ("body_useful", wanted, "yongsin")):
        if path == "body" or wanted != mine:
            page.paragraph(
                page.say(
                    f"topic.{path}",
                    element=page.element(at),
                    body=page.say(f"elements.{ELEMENT_KEYS[at]}.body"),
                ),
                facts=(fact,),
            )


def _personality(page: Page) -> None:
    inner(page)
    full.seat(page)
    own.contacts(page)
    own.absent(page)


def _face(page: Page) -> None:
    own.month_face(page)
    own.stars(page)
    force(page, "personality")


def _earning(page: Page) -> None:
    full.wealth_count(page)
    force(page, "wealth")
    own.month_face(page)


def _keeping(page: Page) -> None:
    full.advice(page)
    page.paragraph(page.say("care.money"))


def _shining(page: Page) -> None:
    own.month_face(page)
    counted(page, 3, "career_officer")
    force(page, "career")


def _near(page: Page) -> None:
    full.seat(page)
    inner(page)
    force(page, "love")


def _rhythm(page: Page) -> None:
    key = STEM_KEYS[page.person.pillars.day.stem]
    own.stem_only(page)
    page.paragraph(page.say(f"stems.{key}.rest"), facts=("ilgan",))
    bodies(page)


def _balance(page: Page) -> None:
    own.elements(page)
    own.strength(page)
    force(page, "health")


def _seasons(page: Page) -> None:
    own.season(page)
    luck.year(page)


def _recover(page: Page) -> None:
    full.advice(page, rest=False)
    page.paragraph(page.say("care.health"))


def _focus(page: Page) -> None:
    counted(page, 4, "study_seal")
    force(page, "study")
    own.month_face(page)
    own.stars(page)


def _fitting(page: Page) -> None:
    giving(page)
    force(page, "compatibility")


def _fit_in(page: Page) -> None:
    shadow(page)
    full.seat(page)
    own.contacts(page)


def _teacher(page: Page) -> None:
    own.stem_only(page)
    full.in_class(page)
    inner(page)
    force(page, "personality")


def _peers(page: Page) -> None:
    full.peers(page)
    own.contacts(page)
    own.stars(page)


def _manner_of(topic: str) -> Callable[[Page], None]:
    return lambda page: manner(page, topic)


_TOPICS: dict[str, tuple[Callable[[Page], None], ...]] = {
    "personality": (_manner_of("personality"), _face, _personality, full.advice),
    "wealth": (_manner_of("wealth"), _earning, time, _keeping),
    "career": (_manner_of("career"), _shining, time, full.advice),
    "love": (_manner_of("love"), _near, time, full.advice),
    "health": (_rhythm, _balance, _seasons, _recover),
    "study": (_manner_of("study"), _focus, time, full.advice),
    "compatibility": (_manner_of("love"), _fitting, _fit_in, full.advice),
    "teacher": (_teacher, full.guiding, _peers, full.healing),
}
