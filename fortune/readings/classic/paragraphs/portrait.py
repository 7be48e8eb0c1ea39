"""Paragraphs about the chart itself: the day stem, season, elements, strength, and the balancing element."""

from __future__ import annotations

from fortune.readings.classic.draft.page import (
    BRANCH_KEYS,
    ELEMENT_KEYS,
    GLOSSARY_ELEMENTS,
    GROUP_KEYS,
    STEM_KEYS,
    Page,
)
from fortune.readings.classic.paragraphs.contacts import name_of, telling
from fortune.saju.cycle import BRANCH_ELEMENT
from fortune.saju.derive.facts import Facts
from fortune.saju.derive.judgements.open_hour import open_hour

_STARS = (
    "cheoneul", "munchang", "goegang", "baekho", "yangin", "hakdang", "cheonui", "cheondeok", "woldeok",
    "geumyeo", "hongyeom", "cheonmun", "hyeonchim",
)  # fmt: skip
_TWELVE = ("yeokmasal", "yeonsal", "hwagaesal")


def group_counts(f: Facts) -> tuple[int, ...]:
    """Return how many signs besides the day stem belong to 비겁, 식상, 재성, 관성 and 인성."""
    gods = f.elements.god_counts
    return tuple(gods[2 * at] + gods[2 * at + 1] for at in range(5))


def main_group(f: Facts) -> int:
    """Return the group that stands out: most signs, then most weight, then the month branch's."""
    counts, own = group_counts(f), f.pillars.day.stem // 2
    return max(range(5), key=lambda at: (counts[at], f.elements.weights[(own + at) % 5]))


def main_key(page: Page) -> str:
    return GROUP_KEYS[main_group(page.person.facts)]


def identity(page: Page) -> None:
    """Write of 일간 and its image, 일주 and its landscape, and both in one line."""
    day = page.person.pillars.day
    key, seat = STEM_KEYS[day.stem], BRANCH_KEYS[day.branch]
    child = "child" in page.lives
    if child and page.language == "en":  # where only this tells a parent who "you" is
        page.paragraph(page.say("self.child"))
    own = page.say(f"stems.{key}.core")
    image = page.say(f"stems.{key}.image")
    six = "" if page.person.pillars.hour else "_six"
    page.paragraph(
        page.say(f"self.identity{six}", stem=page.stem(day.stem), image=image, core=own), facts=("ilgan",)
    )
    column = page.person.facts.column("day")
    assert column is not None
    page.paragraph(
        page.say(
            "self.day",
            pillar=page.pillar(day),
            short=page.say(f"stems.{key}.short"),
            scene=page.say(f"branches.{seat}.scene"),
            inner=page.say(f"branches.{seat}.inner"),
        ),
        page.say("self.stage", stage=page.say(f"stages.{column.stage}")),
        facts=("pillar.day", "stage.day"),
    )
    if page.inputs.mode == "general":
        page.paragraph(page.say(f"ilju.{key}_{seat}"), facts=("pillar.day",))
    epithet = page.say(f"strength.{page.person.facts.strength.level}.epithet")
    noun = page.say(f"groups.{main_key(page)}.noun")
    page.paragraph(
        page.say("self.summary", epithet=epithet, noun=noun), facts=("strength", f"group.{main_key(page)}")
    )
    if child and page.language == "ko":
        page.paragraph(page.say("self.child"))
    if page.person.pillars.hour is None:
        unsure = "" if page.person.month_sure else page.say("self.month_unsure")
        page.paragraph(page.say("self.hour_unknown"), unsure, facts=("hour.unknown",))


def season(page: Page) -> None:
    """Write of the month's scene and what it does to the day stem."""
    p = page.person.pillars
    step = (BRANCH_ELEMENT[p.month.branch] - p.day.stem // 2) % 5
    kind = ("same", "out", "wealth", "officer", "help")[step]
    page.paragraph(
        page.say(
            "self.month",
            month=page.say(f"branches.{BRANCH_KEYS[p.month.branch]}.month"),
            stem=page.stem(p.day.stem),
            season=page.say(f"self.season_{kind}"),
        ),
        facts=("pillar.month", "ten_god.month.branch"),
    )


def elements(page: Page) -> None:
    """Write the counts, the most frequent elements, and (only when all eight signs are known) missing ones."""
    e = page.person.facts.elements
    shown = [page.say("self.count_one", name=page.element(at), n=n) for at, n in enumerate(e.counts) if n > 0]
    top = max(e.counts)
    leaders = [at for at, n in enumerate(e.counts) if n == top]
    lead = page.say("self.even")
    if len(leaders) == 1 and top >= 3:
        at = leaders[0]
        nature = page.say(f"elements.{ELEMENT_KEYS[at]}.nature")
        lead = page.say("self.most", name=page.element(at), nature=nature)
        lead += " " + page.say(f"elements.{ELEMENT_KEYS[at]}.excess")
    six = "" if page.person.pillars.hour else "_six"
    page.paragraph(page.say(f"self.counts{six}", counts=", ".join(shown)), lead, facts=("elements",))
    if page.person.pillars.hour is not None:
        for at, n in enumerate(e.counts):
            if n == 0:
                fact = f"element.{GLOSSARY_ELEMENTS[at]}.count"
                page.paragraph(page.say(f"elements.{ELEMENT_KEYS[at]}.lack"), facts=(fact,))


def strength(page: Page) -> None:
    """Write of 신강약 with its reasons, and of the element that balances it."""
    s = page.person.facts.strength
    level = page.say(f"strength.{s.level}.name")
    held = [page.say(f"strength.tests.{t.key}") for t in s.tests if t.held]
    missing = [page.say(f"strength.tests.{t.key}") for t in s.tests if t.held is False]
    why = page.say("self.tests_none")
    strong = s.level in ("singang", "taegang", "geukwang")
    weak = s.level in ("sinyak", "taeyak", "geukyak")
    if (
        strong
    ):  # of two sides only the one that explains the level; a triad may make a chart strong without any
        why = page.say("self.tests_strong", held=page.listed(held)) if held else _triad(page)
    elif weak:
        why = page.say("self.tests_weak", missing=page.either(missing)) if missing else ""
    elif held and missing:
        why = page.say("self.tests_mixed", held=page.listed(held), missing=page.either(missing))
    elif held:
        why = page.say("self.tests_held", held=page.listed(held))
    page.paragraph(
        page.say("self.strength", level=level, text=page.say(f"strength.{s.level}.text")),
        why,
        _open_hour(page, "levels", s.level),
        facts=("strength", *(f"strength.{t.key}" for t in s.tests if t.held is not None)),
    )
    useful(page)


def _triad(page: Page) -> str:
    """Return the triad that gathers strength for a chart which no test calls strong; "" for none."""
    own = page.person.pillars.day.stem // 2
    for row in telling(page.person.facts.relations, 99):
        if row.kind in ("samhap", "banghap") and row.element in (own, (own - 1) % 5):
            return page.say("self.tests_triad", contact=name_of(page, row), element=page.element(row.element))
    return ""


def useful(page: Page) -> None:
    """Write of 용신, the one put first and the other view beside it, as a habit and not as a verdict.

    A general full reading tells the habit among its advice, and here what the element brings.
    """
    u = page.person.facts.useful
    chosen, eokbu = page.element(u.chosen.element), page.element(u.eokbu.element)
    key, plain = ELEMENT_KEYS[u.chosen.element], ""
    fill, bring = page.say(f"elements.{key}.fill"), page.say(f"elements.{key}.bring")
    if page.inputs.kind == "full" and page.inputs.mode == "general":
        plain = "_plain"
    if u.primary == "eokbu":
        beside = "johu_same" if u.verdict == "same" else "johu_against" if "against" in u.verdict else "johu"
        page.paragraph(
            page.say(f"self.useful{plain}", eokbu=eokbu, fill=fill, bring=bring),
            page.say(f"self.{beside}", johu=page.element(u.johu.element), eokbu=eokbu),
            _open_hour(page, "useful", u.chosen.element),
            facts=("yongsin", "useful.eokbu", "useful.johu"),
        )
    else:
        led = "chooses" if u.verdict == "season_chooses" else u.primary
        page.paragraph(
            page.say(f"self.useful_{led}{plain}", chosen=chosen, eokbu=eokbu, fill=fill, bring=bring),
            _open_hour(page, "useful", u.chosen.element),
            facts=("yongsin", u.chosen.id),
        )


def _open_hour(page: Page, name: str, value: object) -> str:
    """Say in how many of the twelve hours a judgement stands, where the hour is unknown."""
    f = page.person.facts
    if f.pillars.hour is not None:
        return ""
    found = open_hour(f.pillars, f.schools)
    hours = dict(found.levels if name == "levels" else found.useful).get(value, 0)
    told = "open_hour" if name == "levels" else "open_hour_useful"
    path = {0: "open_hour_none", 12: "open_hour_all"}.get(hours, told)
    return page.say(f"self.{path}", n=hours)


def temper(page: Page) -> None:
    """Write of gifts and shadows, the dominant group, a missing group, and the role that the month gives."""
    f = page.person.facts
    key = STEM_KEYS[f.pillars.day.stem]
    page.paragraph(
        page.say(
            "self.gift",
            word=page.say(f"stems.{key}.word"),
            gift=page.say(f"stems.{key}.gift"),
            shadow=page.say(f"stems.{key}.shadow"),
        ),
        facts=("ilgan",),
    )
    dominant(page)
    absent(page)
    month_face(page)


def dominant(page: Page, topic: str = "personality") -> None:
    """Write of the ten-god group that stands out, with its sentence for ``topic``."""
    f, key = page.person.facts, main_key(page)
    counts, main = group_counts(f), main_group(f)
    clear = counts[main] >= 3
    alike = [GROUP_KEYS[at] for at, n in enumerate(counts) if n == counts[main] and at != main]
    tied = clear and alike
    page.paragraph(
        page.say(
            "self.main_tied" if tied else "self.main" if clear else "self.main_flat",
            others=page.listed([page.say(f"groups.{other}.name") for other in alike]),
            name=page.say(f"groups.{key}.name"),
            gist=page.say(f"groups.{key}.gist"),
        ),
        page.say(f"groups.{key}.many") if clear and topic == "personality" else "",
        page.say(f"groups.{key}.{topic}"),
        facts=(f"group.{key}",),
    )


def absent(page: Page) -> None:
    """Write of one missing group, if any; not when the hour is unknown, because it might hold that group."""
    f = page.person.facts
    if f.pillars.hour is None:
        return
    for at, n in enumerate(group_counts(f)):
        if n == 0:
            page.paragraph(page.say(f"groups.{GROUP_KEYS[at]}.none"), facts=(f"group.{GROUP_KEYS[at]}",))
            return


def month_face(page: Page) -> None:
    """Write of the ten god of the month branch, which stands for society, and the pattern."""
    f = page.person.facts
    column = f.column("month")
    assert column is not None
    god = column.branch_god
    page.paragraph(
        page.say("self.month_god", god=page.god(god), text=page.say(f"gods.{god}.month")),
        page.say("self.pattern", pattern=page.say(f"patterns.{f.structure.key}")),
        facts=("ten_god.month.branch", "structure"),
    )


def stars(page: Page, limit: int = 2) -> None:
    """Write a few old star names, always with their mild meaning."""
    columns = page.person.facts.columns
    found = [
        *((_STARS.index(s.key), s.key, c.place, s.id) for c in columns for s in c.stars if s.key in _STARS),
        *((3, c.sinsal, c.place, f"sinsal12.{c.place}") for c in columns if c.sinsal in _TWELVE),
    ]
    seen: set[str] = set()
    for _, key, place, fact in sorted(found):
        if key not in seen and len(seen) < limit:
            seen.add(key)
            page.paragraph(
                page.say(
                    "self.star",
                    place=page.say(f"relations.places.{place}"),
                    name=page.say(f"stars.{key}.name"),
                    text=page.say(f"stars.{key}.text"),
                ),
                facts=(fact,),
            )
