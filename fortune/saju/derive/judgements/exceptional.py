"""종격 and 화격: charts that follow one force, by the outward conditions of 임철초's 적천수천미 and 위천리's 천리명고.

종아, 종재, 종살: the day stem has next to no root and nothing that feeds it. 종왕, 종강 and 일행득기: nearly everything stands on
the day stem's side and no 관성 opposes it. 화격: the day stem unites with one neighbour in season, and nothing holds it back
or undoes what is made. The figures below are conventions, checked on the charts that the books file there
(docs/decisions/022-judgement.md, tests/golden/classics).
"""

from __future__ import annotations

from typing import NamedTuple

from fortune.saju.cycle import BRANCH_ELEMENT, Pillars
from fortune.saju.derive.judgements.force import Forces, grades
from fortune.saju.derive.relations import STEM_KINDS, complete_triads

STRONG, FILLED = 85.0, 75.0
"""Per cent of 신강약 from which a chart may follow its own force, and from which it may where a union fills it."""
ALONE, ALONE_YANG, HELPLESS = 26.0, 12.0, 6.0
"""The most of all points on the day stem's side (and of a 양 stem's own) under which a chart may follow, or must."""
PREVAILS, LED, TOGETHER, FLOWING = 40.0, 30.0, 66.0, 38.0
"""The share that a followed force needs, what a helpless chart asks of it, what wealth and officer need as one, and from
which output takes the lead instead."""
ROOT, SEAL_ROOT, SEAL_CHECKED = 1100, 850, 1400
"""The most root of its own and of 인성 (hundredths of points) that the day stem may have; more where wealth checks 인성."""
OUTPUT, OWN_OF_OUTPUT, SEAL_OF_OUTPUT, OFFICER_OF_OUTPUT = 65.0, 20.0, 1300, 15.0
"""종아: the least of output and wealth, the most of the day stem's own, of 인성 hidden, and of 관성, which it would fight."""
FIGHTS = 20.0, 500
"""The share of output, or the root of output that shows, from which it fights an officer instead of letting it be followed."""
COMPANIONS = 3
"""Stems of companions and 인성 beside the day stem with which a 양 stem no longer yields (五陽從氣不從勢)."""
SEAT = 24
"""Per cent of the day branch from which a hidden stem of the day stem's element (정기, 중기) is a seat of its own."""
OPPOSED, AGAINST = 600, 1000
"""The most root of 관성 under which a strong chart may follow itself; the root from which a stem undoes a 화격."""
MUCH_WEALTH = 20.0
"""The share of 재성 from which a filled chart is no longer of one force."""

WET = (1, 4)
"""丑 and 辰, which keep water rather than check it."""
BORN = {2: 1, 5: 3, 8: 4, 11: 0}
"""The element that is born in each of 寅巳申亥 (장생): a root, like its own branches."""
SEASONS = ((2, 3, 4), (5, 6, 7), (1, 4, 7, 10), (8, 9, 10), (11, 0, 1))
"""The months of 목 화 토 금 수."""
STORED = {1: 3, 4: 4, 7: 0, 10: 1}
"""The element that each of 丑辰未戌 stores."""
# 종왕격 has a name of its own where a whole 삼합 or 방합 (for earth: the four 고지) fills the chart.
SINGLE = ("gokjik_gyeok", "yeomsang_gyeok", "gasaek_gyeok", "jonghyeok_gyeok", "yunha_gyeok")
FOLLOWING = ("jonga_gyeok", "jongjae_gyeok", "jongsal_gyeok")
KEYS = (*SINGLE, *FOLLOWING, "jongwang_gyeok", "jonggang_gyeok", "hwa_gyeok")
RULES = (
    "follows_output", "follows_wealth", "follows_officer", "follows_itself", "follows_seal", "transformed",
)  # fmt: skip


class Exceptional(NamedTuple):
    """A pattern that a whole chart follows: its key, the element followed, the rule (``RULES``) and its cells."""

    key: str
    element: int
    rule: str
    cells: tuple[str, ...]


def exceptional(pillars: Pillars, held: Forces, score: float) -> Exceptional | None:
    """Return the exceptional pattern that a chart has made, or None. An unknown hour decides none."""
    if pillars.hour is None:
        return None
    return _transformed(pillars, held) or _weak(pillars, held) or _strong(pillars, held, score)


def _everything(pillars: Pillars) -> tuple[str, ...]:
    return tuple(f"{place}.{part}" for place, _ in pillars.named() for part in ("stem", "branch"))


def _weak(pillars: Pillars, held: Forces) -> Exceptional | None:
    own = pillars.day.index % 10 // 2
    output, wealth, officer = ((own + step) % 5 for step in (1, 2, 3))
    if _seated(pillars, held, own):
        return None
    if _follows_output(held, own):
        return Exceptional(FOLLOWING[0], output, RULES[0], _everything(pillars))
    if not _yields(pillars, held, own):
        return None
    led = officer if _officer_leads(held, wealth, officer) else wealth
    if not _prevails(held, own, led) or (led == officer and not _officer_free(pillars, held, own)):
        return None
    step = 1 if led == wealth else 2
    return Exceptional(FOLLOWING[step], led, RULES[step], _everything(pillars))


def _follows_output(held: Forces, own: int) -> bool:
    """종아: output leads to wealth, whatever little the day stem has (從兒不論身強弱), and nothing checks it."""
    seal, output, wealth, officer = ((own + step) % 5 for step in (4, 1, 2, 3))
    return (
        (held.shown[output] > 0 or held.main[1] == output)
        and held.share(output) + held.share(wealth) >= OUTPUT
        and (held.share(output) >= PREVAILS or held.share(output) >= held.share(wealth))
        and held.share(own) < OWN_OF_OUTPUT
        and own not in held.main
        and not held.shown[seal]
        and seal not in held.main
        and held.roots[seal] <= SEAL_OF_OUTPUT
        and not held.shown[officer]
        and held.share(officer) < OFFICER_OF_OUTPUT
    )


def _yields(pillars: Pillars, held: Forces, own: int) -> bool:
    """Return whether the day stem has no root and no help that would keep it from following wealth or officer."""
    seal = (own + 4) % 5
    rooted = any(
        own in (BRANCH_ELEMENT[branch], BORN.get(branch))
        and (at == BRANCH_ELEMENT[branch] or _kept(place, branch, own))
        for (place, branch), at in zip(
            ((place, p.index % 12) for place, p in pillars.named()), held.main, strict=True
        )
    )
    checked = held.share((own + 2) % 5) >= PREVAILS
    yang = pillars.day.index % 2 == 0
    helps = held.shown[own] + held.shown[seal]
    return not (
        rooted
        or seal in held.main
        or held.roots[own] > ROOT
        or held.roots[seal] > (SEAL_CHECKED if checked else SEAL_ROOT)
        or held.share(own) + held.share(seal) >= ALONE
        or (helps >= COMPANIONS and (held.shown[seal] > 0 or yang))
        or (yang and held.share(own) >= ALONE_YANG)
        or held.shown[seal] > 1
    )


def _kept(place: str, branch: int, own: int) -> bool:
    """Return whether a branch stays a root though a union turned it: the month of the day stem's 녹 or 왕."""
    return place == "month" and branch not in STORED and BRANCH_ELEMENT[branch] == own


def _officer_leads(held: Forces, wealth: int, officer: int) -> bool:
    """Return whether wealth feeds an officer that shows (재생살), or the officer is the heavier."""
    if held.shown[officer] and not held.shown[wealth] and held.roots[officer] >= 1000:
        return True
    return held.points[officer] > held.points[wealth]


def _prevails(held: Forces, own: int, led: int) -> bool:
    output, wealth, officer, seal = ((own + step) % 5 for step in (1, 2, 3, 4))
    if held.share(led) >= PREVAILS or held.share(wealth) + held.share(officer) >= TOGETHER:
        return held.share(output) < FLOWING
    helpless = held.share(own) + held.share(seal) < HELPLESS
    return helpless and held.share(led) >= LED


def _officer_free(pillars: Pillars, held: Forces, own: int) -> bool:
    """Return whether nothing answers the officer: 인성 that shows takes it up (살인상생), output fights it."""
    seal, output, wealth = ((own + step) % 5 for step in (4, 1, 2))
    most, root = FIGHTS
    if held.shown[seal] and held.share(wealth) < PREVAILS and not _struck(pillars, seal):
        return False
    return not held.shown[output] or (held.share(output) < most and held.roots[output] < root)


def _struck(pillars: Pillars, element: int) -> bool:
    """Return whether every stem of the element is governed by one of its own polarity (甲 by 庚, 丁 by 癸)."""
    stems = [pillar.index % 10 for place, pillar in pillars.named() if place != "day"]
    return all((stem + 6) % 10 in stems for stem in stems if stem // 2 == element)


def _seated(pillars: Pillars, held: Forces, own: int) -> bool:
    """Return whether the day branch, unless a whole union has turned it, holds the day stem's own element."""
    branch = pillars.day.index % 12
    if held.main[2] != BRANCH_ELEMENT[branch]:
        return False
    return any(stem // 2 == own and per_cent >= SEAT for stem, per_cent in grades(branch))


def _strong(pillars: Pillars, held: Forces, score: float) -> Exceptional | None:
    own = pillars.day.index % 10 // 2
    output, wealth, officer, seal = ((own + step) % 5 for step in (1, 2, 3, 4))
    if (
        _filled(pillars, own)
        and pillars.month.index % 12 in SEASONS[own]
        and score >= FILLED
        and not _opposed(pillars, held, officer)
        and held.share(wealth) < MUCH_WEALTH
    ):
        return Exceptional(SINGLE[own], own, "follows_itself", _everything(pillars))
    if score < STRONG or held.shown[officer] or held.roots[officer] > OPPOSED:
        return None
    if _signs(held, seal) > _signs(held, own):
        if held.shown[output] or held.shown[wealth]:
            return None
        return Exceptional("jonggang_gyeok", seal, "follows_seal", _everything(pillars))
    return Exceptional("jongwang_gyeok", own, "follows_itself", _everything(pillars))


def _opposed(pillars: Pillars, held: Forces, officer: int) -> bool:
    """Return whether 관성 breaks a filled chart: it holds a branch, or shows and is not bound to the day stem."""
    if officer in held.main:
        return True
    united = {place for place, _ in _partners(pillars)}
    return any(
        pillar.index % 10 // 2 == officer and place not in united
        for place, pillar in pillars.named()
        if place != "day"
    )


def _signs(held: Forces, element: int) -> int:
    """Return how many signs beside the day stem stand for the element."""
    return held.shown[element] + held.main.count(element)


def _filled(pillars: Pillars, element: int) -> bool:
    """Return whether a whole 삼합 or 방합 of the element, or for earth nothing but 고지, stands in the branches."""
    branches = [pillar.index % 12 for _, pillar in pillars.named()]
    if element == 2:
        return all(branch % 3 == 1 for branch in branches)
    mask = 0
    for branch in branches:
        mask |= 1 << branch
    return any(row[2] == element for row in complete_triads(mask))


def _partners(pillars: Pillars) -> list[tuple[str, int]]:
    """Return the neighbours that the day stem unites with, and the element that they would make."""
    assert pillars.hour is not None
    day = pillars.day.index % 10
    found = []
    for place, pillar in (("month", pillars.month), ("hour", pillars.hour)):
        into = STEM_KINDS["cheongan_hap"].get((day, pillar.index % 10))
        if into is not None:
            found.append((place, into))
    return found


def _transformed(pillars: Pillars, held: Forces) -> Exceptional | None:
    """화격: bound to one neighbour only (두 합은 쟁합), in season, without a root, and nothing undoes what is made."""
    partners = _partners(pillars)
    if len(partners) != 1:
        return None
    place, into = partners[0]
    own = pillars.day.index % 10 // 2
    seal, against = (own + 4) % 5, (into + 3) % 5
    if own == into or not _in_season(pillars, held, into):
        return None
    held_back = [
        branch
        for (_, p), at in zip(pillars.named(), held.main, strict=True)
        if at in (own, seal) and not ((branch := p.index % 12) in WET and into == 4)
    ]
    if held_back or (held.shown[against] and held.roots[against] >= AGAINST):
        return None
    return Exceptional("hwa_gyeok", into, "transformed", ("day.stem", f"{place}.stem", "month.branch"))


def _in_season(pillars: Pillars, held: Forces, into: int) -> bool:
    """Return whether the month is of the element made; a month that only stores it needs it among the stems too."""
    if held.main[1] == into:
        return True
    return STORED.get(pillars.month.index % 12) == into and held.shown[into] > 0 and into in held.main
