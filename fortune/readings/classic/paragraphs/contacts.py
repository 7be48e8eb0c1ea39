"""Contacts between signs: which are worth a sentence, and the paragraphs about those within a chart."""

from __future__ import annotations

from fortune.readings.classic.draft.page import MISREAD, Page
from fortune.saju.derive.facts import Facts
from fortune.saju.derive.relations import Relation
from fortune.saju.statements.contacts import called, in_order

# Contacts worth a sentence, the most telling first. 파, 해, 원진, 귀문 of a pair give way to these.
_TELLING = (
    "samhap", "banghap", "samhyeong", "chung", "yukhap", "cheongan_hap", "cheongan_chung", "sanghyeong",
    "hyeong", "jahyeong", "banhap", "amhap", "gwimun", "wonjin", "hae", "pa", "cheongan_geuk",
)  # fmt: skip


def branch_contacts(f: Facts) -> tuple[Relation, ...]:
    """Return the contacts between branches."""
    return tuple(row for row in f.relations if not row.kind.startswith("cheongan"))


def telling(rows: tuple[Relation, ...], limit: int, *, touching: str = "") -> list[Relation]:
    """Return the most telling contacts, one for each set of places; ``touching``: only those with that place."""
    chosen: list[Relation] = []
    taken: set[tuple[str, ...]] = set()
    for row in sorted(rows, key=lambda row: (_TELLING.index(row.kind), row.places)):
        if row.places not in taken and (not touching or touching in row.places) and len(chosen) < limit:
            chosen.append(row)
            taken.add(row.places)
    return chosen


def told_contacts(page: Page, limit: int = 2) -> list[Relation]:
    """Return the most telling contacts between the chart's own signs, those of the day branch left to love."""
    rows = page.person.facts.relations
    mine = {row.id for row in telling(branch_contacts(page.person.facts), 1, touching="day")}
    chosen = telling(tuple(row for row in rows if row.id not in mine), len(rows))
    # The same kind twice would be the same sentence twice.
    return list({row.kind: row for row in reversed(chosen)}.values())[::-1][:limit]


def say_contacts(page: Page) -> None:
    """Write of the contacts between the signs of the chart, each with its meaning."""
    for turn, row in enumerate(told_contacts(page)):
        first, last = row.places[0], row.places[-1]
        page.paragraph(
            page.say(
                "self.relation_next" if turn else "self.relation",
                cells=page.joined([page.say(f"relations.places.{place}") for place in row.places]),
                contact=name_of(page, row),
                topic=page.lookup_topic(first, last),
                text=page.say(f"relations.{row.kind}.natal"),
            ),
            facts=(row.id,),
        )


def name_of(page: Page, row: Relation) -> str:
    """Return the name of a contact with its signs, as it is read aloud."""
    if page.language == "ko":
        name = called(row.kind, row.signs)
        spoken = next((word for word in MISREAD if name.startswith(word)), "")
        return name.replace(spoken, in_order(row.kind, row.signs), 1) + f"({name})" if spoken else name
    return f"{page.say(f'relations.{row.kind}.name')} of {in_order(row.kind, row.signs)}"
