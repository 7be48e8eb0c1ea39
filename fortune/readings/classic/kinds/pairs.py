"""Two charts together: their relations and what each gives the other. No score."""

from __future__ import annotations

from fortune.readings import kinship
from fortune.readings.classic.draft import memory
from fortune.readings.classic.draft.lives import lives_of_other, of_the_other
from fortune.readings.classic.draft.page import BRANCH_KEYS, ELEMENT_KEYS, STEM_KEYS, Page
from fortune.readings.classic.paragraphs.contacts import telling
from fortune.readings.inputs import Person
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
_HARMONY = ("cheongan_hap", "yukhap", "samhap", "banghap", "banhap", "amhap")

# By what the second of a family is to the first: what the first is.
_FAMILY = {
    "mother": "child", "father": "child", "child": "parent", "daughter": "parent", "son": "parent",
    "grandmother": "grandchild", "grandfather": "grandchild", "grandchild": "grandparent",
    "sister": "sibling", "brother": "sibling", "younger": "sibling", "stepmother": "child", "stepfather": "child",
}  # fmt: skip


def write(page: Page) -> None:
    """Write the five sections of two people."""
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
    """Return the most telling contact of the two day stems, and of the two day branches."""
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
    """Write of the day pillars of two whose day stem is the same."""
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
    """Write what ten god each is to the other, and how the two day stems meet."""
    a, b = page.person.pillars.day.stem, other.pillars.day.stem
    mine, theirs = ten_god(a, b), ten_god(b, a)
    my_view, their_view = (kinship.view(page.inputs, of_first=first) for first in (True, False))
    alike = mine == theirs and my_view == their_view
    rows = (("to_me", mine, my_view), ("to_other", theirs, their_view))
    for path, god, view in (("to_both", mine, my_view),) if alike else rows:
        page.paragraph(
            page.say(f"match.{path}", god=page.god(god), seen=seen(page, god, view)),
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


def seen(page: Page, god: str, view: tuple[str, ...]) -> str:
    """Return what somebody of a ten god is to the other; a child and a grown-up see each other in ways of their own."""
    return page.say_by((*view, *page.lives), f"gods.{god}.other")


def lives(page: Page, other: Person) -> None:
    """Write how the two day branches meet, and of the two hearts in them."""
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
            theirs=page.say_of(other, f"branches.{BRANCH_KEYS[b]}.inner"),
        ),
        facts=("pillar.day", "b.pillar.day"),
    )


def gifts(page: Page, other: Person) -> None:
    """Write of the elements of each chart that balance the other; one that both want and neither has is told once."""
    people = (page.person, other)
    both = {who.facts.useful.chosen.element for who in people}
    if len(both) == 1 and all(_lacks(who, *both) for who in people):
        (at,) = both
        fill = page.say(f"elements.{ELEMENT_KEYS[at]}.fill")
        page.paragraph(
            page.say("match.neither", element=page.element(at), fill=fill), facts=("yongsin", "b.yongsin")
        )
        return
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


def _lacks(person: Person, element: int) -> bool:
    """Return whether a chart has no sign of an element, as far as is known."""
    return not person.facts.elements.counts[element] and person.pillars.hour is not None


def _together(page: Page, other: Person) -> None:
    mine, theirs = STEM_KEYS[page.person.pillars.day.stem], STEM_KEYS[other.pillars.day.stem]
    relation = kinship.relation_of(page.inputs)
    own, of_mine, their, of_theirs = _TOLD.get(relation, _ROMANCE)
    told: list[tuple[str, tuple[str, ...]]] = [
        (page.say(own, text=page.say(f"stems.{mine}.{of_mine}")), ("ilgan",)),
        (page.say(their, text=_of_theirs(page, other, f"stems.{theirs}.{of_theirs}")), ("b.ilgan",)),
    ]
    if mine == theirs:
        told = [(page.say("match.told_same", text=page.say(f"stems.{mine}.{of_mine}")), ("ilgan", "b.ilgan"))]
    rule = page.say("match.rule", text=page.say(f"match.rules_{tie(page, other)}"))
    page.items([*told, (rule, ("pair.days",))])
    if relation:
        page.paragraph(page.say(f"match.with_{_with(page, relation)}"))
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


def _of_theirs(page: Page, other: Person, path: str) -> str:
    """Return a text of the day stem as it is told of the second person; of love and work in English in their own words."""
    if page.language == "en" and not path.endswith("core"):
        return page.say_by(lives_of_other(page.inputs, other), path)
    return of_the_other(page.say_of(other, path))


def _with(page: Page, relation: str) -> str:
    """Return the key of the advice for a relation; of a family by what the first is to the second."""
    if relation != "family":
        return relation
    return f"family_{_FAMILY.get(kinship.other_is(page.inputs), 'relative')}"
