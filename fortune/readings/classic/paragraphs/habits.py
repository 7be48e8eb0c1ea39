"""Things to try in one part of life."""

from __future__ import annotations

from fortune.readings.classic.draft.page import ELEMENT_KEYS, Page
from fortune.readings.classic.paragraphs import portrait as own


def acts(page: Page, topic: str) -> None:
    """Write things to try, by the balancing elements and the own one, and the cells that this was read from."""
    f = page.person.facts
    wanted = dict.fromkeys((*f.useful.roles[:2], f.pillars.day.stem // 2))
    page.paragraph(page.say("flow.act_intro"))
    page.items(
        [
            (
                page.say(
                    "flow.act",
                    element=page.element(at),
                    text=page.say(f"acts.{topic}.{ELEMENT_KEYS[at]}"),
                ),
                ("yongsin",),
            )
            for at in wanted
        ]
    )
    if topic in ("wealth", "health"):
        page.paragraph(page.say("flow.money" if topic == "wealth" else "care.health"))
    group = own.main_key(page)
    if "child" in page.lives:
        page.paragraph(page.say(f"groups.{group}.parent"), facts=(f"group.{group}",))
    page.paragraph(
        page.say(
            "flow.base",
            day=page.pillar(f.pillars.day),
            month=page.pillar(f.pillars.month),
            group=page.say(f"groups.{group}.name"),
        ),
        facts=("pillar.day", "pillar.month", f"group.{group}"),
    )
