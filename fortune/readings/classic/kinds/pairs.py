"""Two charts together: their relations and what each gives the other. No score."""

from __future__ import annotations

from fortune.readings.classic.draft import memory
from fortune.readings.classic.draft.lives import of_the_other
from fortune.readings.classic.draft.page import BRANCH_KEYS, ELEMENT_KEYS, STEM_KEYS, Page
from fortune.readings.classic.paragraphs.contacts import telling
from fortune.readings.inputs import Person
from fortune.readings.life import MINORS
from fortune.saju.derive.basics import ten_god
from fortune.saju.derive.relations import Relation, between

_FLOW = ("same", "give", "shape", "shaped", "take")  # by (their element - mine) mod 5
# By relation: how each is told about, and which text of the day stem. Romance is for lovers and couples alone.
_ROMANCE = ("match.love_mine", "love", "match.love_theirs", "love")
_TOLD = {
    "": ("match.mine_is", "gift", "match.theirs_is", "core"),
    "family": ("match.mine_is", "gift", "match.theirs_is", "core"),
    "friends": ("match.mine_is", "gift", "match.theirs_is", "core"),
    "colleagues": ("match.mine_work", "work", "match.theirs_work", "work"),
}
# From this many years apart two of a family are told of as grandparent and grandchild.
GRANDPARENTS = 46
_HARMONY = ("cheongan_hap", "yukhap", "samhap", "banghap", "banhap", "amhap")


def write(page: Page) -> None:
    """The five sections of two people."""
    other = page.inputs.other
    assert other is not None
    page.section()
    _picture(page, other)
    page.section()
    minds(page, other)
    page.section()
    lives(page, other)
    page.section()
    gifts(page, other)
    page.section()
    _together(page, other)


def _between(page: Page, other: Person) -> tuple[list[Relation], list[Relation]]:
    """The most telling contact of the two day stems, and of the two day branches."""
    rows = between(page.person.pillars.day, other.pillars.day)
    stems = tuple(row for row in rows if row.kind.startswith("cheongan"))
    return telling(stems, 1), telling(tuple(row for row in rows if row not in stems), 1)


def tie(page: Page, other: Person) -> str:
    """Return how the two day pillars meet: "hap", "chung" or "quiet"."""
    stems, branches = _between(page, other)
    contacts = (*stems, *branches)
    if not contacts:
        return "quiet"
    return "hap" if all(row.kind in _HARMONY for row in contacts) else "chung"


def _picture(page: Page, other: Person) -> None:
    a, b = page.person.pillars.day.stem, other.pillars.day.stem
    same = "_same" if a == b else ""
    page.paragraph(
        page.say(
            f"match.first{same}",
            mine=page.say(f"stems.{STEM_KEYS[a]}.image"),
            theirs=page.say(f"stems.{STEM_KEYS[b]}.image"),
            a=page.stem(a),
            b=page.stem(b),
        ),
        page.say(f"match.{_FLOW[(b // 2 - a // 2) % 5]}"),
        facts=("ilgan", "b.ilgan"),
    )
    if a == b:
        _difference(page, other)
    months = page.person.pillars.month.branch, other.pillars.month.branch
    page.paragraph(
        page.say(
            "match.seasons_same" if months[0] == months[1] else "match.seasons",
            mine=page.say(f"branches.{BRANCH_KEYS[months[0]]}.month"),
            theirs=page.say(f"branches.{BRANCH_KEYS[months[1]]}.month"),
        ),
        facts=("pillar.month", "b.pillar.month"),
    )
    if page.person.pillars.hour is None or other.pillars.hour is None:
        page.paragraph(page.say("match.hour_unknown"))


def _difference(page: Page, other: Person) -> None:
    """The day pillars of two whose day stem is the same."""
    same = page.person.pillars.day == other.pillars.day

    def pictured(person: Person) -> str:
        day = person.pillars.day
        text = page.say_of(person, f"ilju.{STEM_KEYS[day.stem]}_{BRANCH_KEYS[day.branch]}")
        return text if same else "".join(memory.sentences(text)[:2])

    page.paragraph(
        page.say(
            "match.differ_same" if same else "match.differ",
            mine=pictured(page.person),
            theirs=pictured(other),
        ),
        facts=("pillar.day", "b.pillar.day"),
    )


def minds(page: Page, other: Person) -> None:
    """The ten god of each to the other, and how the two day stems meet."""
    a, b = page.person.pillars.day.stem, other.pillars.day.stem
    mine, theirs = ten_god(a, b), ten_god(b, a)
    rows = (("to_both", mine),) if mine == theirs else (("to_me", mine), ("to_other", theirs))
    for path, god in rows:
        page.paragraph(
            page.say(f"match.{path}", god=page.god(god), other=page.say(f"gods.{god}.other")),
            facts=("pair.stems",),
        )
    stems, _ = _between(page, other)
    if stems:
        kind = stems[0].kind
        line = page.say(
            "match.stems", kind=page.say(f"relations.{kind}.name"), text=page.say(f"relations.{kind}.pair")
        )
    else:
        line = page.say("match.stems_quiet")
    page.paragraph(line, facts=("pair.stems", "pair.days"))


def lives(page: Page, other: Person) -> None:
    """How the two day branches meet, and the two hearts in them."""
    a, b = page.person.pillars.day.branch, other.pillars.day.branch
    _, branches = _between(page, other)
    names = {"a": page.branch(a), "b": page.branch(b)}
    if branches:
        kind = branches[0].kind
        line = page.say(
            "match.branches",
            kind=page.say(f"relations.{kind}.name"),
            text=page.say(f"relations.{kind}.pair"),
            **names,
        )
    else:
        line = page.say("match.branches_quiet", **names)
    page.paragraph(line, facts=("pair.days", "pillar.day", "b.pillar.day"))
    page.paragraph(
        page.say(
            "match.inner_same" if a == b else "match.inner",
            mine=page.say(f"branches.{BRANCH_KEYS[a]}.inner"),
            theirs=page.say(f"branches.{BRANCH_KEYS[b]}.inner"),
        ),
        facts=("pillar.day", "b.pillar.day"),
    )


def gifts(page: Page, other: Person) -> None:
    """The elements of each chart that balance the other."""
    for path, wanting, having, facts in (
        ("brings", page.person, other, ("yongsin", "b.elements")),
        ("gives", other, page.person, ("b.yongsin", "elements")),
    ):
        wanted = wanting.facts.useful.chosen.element
        n = having.facts.elements.counts[wanted]
        if not n and having.pillars.hour is None:
            continue
        page.paragraph(
            page.say(
                f"match.{path}" if n else f"match.{path}_none",
                element=page.element(wanted),
                n=n,
                bring=page.say(f"elements.{ELEMENT_KEYS[wanted]}.bring"),
                fill=page.say(f"elements.{ELEMENT_KEYS[wanted]}.fill"),
            ),
            facts=facts,
        )


def _together(page: Page, other: Person) -> None:
    mine, theirs = STEM_KEYS[page.person.pillars.day.stem], STEM_KEYS[other.pillars.day.stem]
    relation = _relation(page)
    own, of_mine, their, of_theirs = _TOLD.get(relation, _ROMANCE)
    told: list[tuple[str, tuple[str, ...]]] = [
        (page.say(own, text=page.say(f"stems.{mine}.{of_mine}")), ("ilgan",)),
        (page.say(their, text=of_the_other(page.say_of(other, f"stems.{theirs}.{of_theirs}"))), ("b.ilgan",)),
    ]
    if mine == theirs:
        told = [(page.say("match.told_same", text=page.say(f"stems.{mine}.{of_mine}")), ("ilgan", "b.ilgan"))]
    rule = page.say("match.rule", text=page.say(f"match.rules_{tie(page, other)}"))
    page.items([*told, (rule, ("pair.days",))])
    if relation:
        page.paragraph(page.say(_with(page.person, other, relation)))
    page.paragraph(page.say("match.mind_mine", text=page.say(f"stems.{mine}.shadow")), facts=("ilgan",))
    page.paragraph(
        page.say(
            "match.rest_same" if mine == theirs else "match.rest",
            mine=page.say(f"stems.{mine}.rest"),
            theirs=page.say_of(other, f"stems.{theirs}.rest"),
        ),
        facts=("ilgan", "b.ilgan"),
    )
    page.paragraph(page.say("match.limit"))


def _with(person: Person, other: Person, relation: str) -> str:
    """Return the key of the advice for a relation; of a family the younger is the child, or the grandchild."""
    if relation != "family":
        return f"match.with_{relation}"
    years = 0
    if person.life is not None and other.life is not None:
        years = person.life.born.year - other.life.born.year
    if abs(years) >= GRANDPARENTS:
        return f"match.with_family_grand{'child' if years > 0 else 'parent'}"
    return f"match.with_family_{'child' if years > 0 else 'parent'}"


def _relation(page: Page) -> str:
    """Return the relation that is told of; with a child or a teenager nothing is told of romance or work."""
    relation, other, on = page.inputs.relation, page.inputs.other, page.inputs.about_day
    theirs = other.life.stage(on) if other is not None and other.life is not None else ""
    minor = page.inputs.young or theirs in MINORS
    return "friends" if minor and relation in ("lovers", "couple", "colleagues", "") else relation
