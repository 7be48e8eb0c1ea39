"""궁합: where two charts touch, what each brings the other, and a score that prints its own rubric."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from fortune.saju.cycle import BRANCHES, STEMS, Pillars
from fortune.saju.derive.basics import ten_god
from fortune.saju.derive.elements import LABELS
from fortune.saju.derive.facts import Facts
from fortune.saju.derive.judgements.useful import role_of
from fortune.saju.derive.relations import BRANCH_KINDS, STEM_KINDS, complete_triads


class Contact(NamedTuple):
    """A relation between signs of the first chart and signs of the second.

    ``cells`` are "a.PLACE.PART" and "b.PLACE.PART", or three of them for a 삼합, 방합 or 삼형 that neither
    chart has alone. ``element`` is what a 합 turns towards.
    """

    kind: str
    cells: tuple[str, ...]
    signs: str
    element: int | None

    @property
    def id(self) -> str:
        return (
            f"contact.{self.kind}.{'_'.join(cell.rsplit('.', 1)[0].replace('.', '-') for cell in self.cells)}"
        )


class Gift(NamedTuple):
    """An element that ``giver`` ("a" or "b") has at ``share`` per cent of the weighted points.

    ``label`` is how much of it the other has (부족 …), ``role`` what it is to the other (용신 …).
    """

    giver: str
    element: int
    share: float
    label: str
    role: str


class Line(NamedTuple):
    """A line of the rubric: ``points`` of ``out_of``, for ``finding``, on ``cells``."""

    key: str
    finding: str
    points: int
    out_of: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Two charts together. ``seen_by_a``: the 십성 of b's day stem for a, and the other way round.

    ``score`` is the sum of ``rubric`` out of 100: arithmetic on a printed convention, nothing more.
    """

    contacts: tuple[Contact, ...]
    gifts: tuple[Gift, ...]
    seen_by_a: str
    seen_by_b: str
    rubric: tuple[Line, ...]

    @property
    def score(self) -> int:
        """Out of 100."""
        return sum(line.points for line in self.rubric)


def match(a: Facts, b: Facts) -> Match:
    """Return where two charts touch, and their score. Unknown hours are left out on either side."""
    found = _contacts(a.pillars, b.pillars)
    gifts = (*_gifts("a", a, b), *_gifts("b", b, a))
    mine, yours = a.pillars.day.index % 10, b.pillars.day.index % 10
    rubric = (
        _day_stems(mine, yours),
        _branches("day_branches", 20, found, a.pillars.day.index % 12, b.pillars.day.index % 12, "day"),
        _branches("year_branches", 10, found, a.pillars.year.index % 12, b.pillars.year.index % 12, "year"),
        _useful("a_for_b", gifts, "a"),
        _useful("b_for_a", gifts, "b"),
        _filled("a_fills_b", gifts, "a"),
        _filled("b_fills_a", gifts, "b"),
    )
    return Match(found, gifts, ten_god(mine, yours), ten_god(yours, mine), rubric)


def _contacts(a: Pillars, b: Pillars) -> tuple[Contact, ...]:
    found = []
    for first, one in a.named():
        for second, two in b.named():
            stems, branches = (one.stem, two.stem), (one.branch, two.branch)
            for part, pair, signs, kinds in (
                ("stem", stems, STEMS, STEM_KINDS),
                ("branch", branches, BRANCHES, BRANCH_KINDS),
            ):
                found += [
                    Contact(
                        kind,
                        (f"a.{first}.{part}", f"b.{second}.{part}"),
                        signs[pair[0]] + signs[pair[1]],
                        table[pair],
                    )
                    for kind, table in kinds.items()
                    if pair in table
                ]
    return (*found, *_triads(a, b))


def _triads(a: Pillars, b: Pillars) -> Iterator[Contact]:
    """Yield the triads that the two make together, once for every choice of places."""
    ours = [(f"a.{place}.branch", pillar.branch) for place, pillar in a.named()]
    theirs = [(f"b.{place}.branch", pillar.branch) for place, pillar in b.named()]
    alone = {*complete_triads(_mask(ours)), *complete_triads(_mask(theirs))}
    for triad in complete_triads(_mask(ours) | _mask(theirs)):
        if triad in alone:
            continue
        kind, branches, element = triad
        signs = "".join(BRANCHES[branch] for branch in branches)
        for cells in product(*([c for c, held in (*ours, *theirs) if held == branch] for branch in branches)):
            if len({cell[0] for cell in cells}) == 2:
                yield Contact(kind, cells, signs, element)


def _mask(placed: list[tuple[str, int]]) -> int:
    mask = 0
    for _, branch in placed:
        mask |= 1 << branch
    return mask


def _gifts(giver: str, a: Facts, b: Facts) -> tuple[Gift, ...]:
    """Return the elements that the giver has plenty of (20 % or more) and the other lacks or finds useful."""
    rows = []
    for element, share in enumerate(a.elements.weighted):
        label = b.elements.weighted_labels[element]
        role = role_of(b.useful, element)
        if share >= 20 and (label == LABELS[0] or role in ("yongsin", "huisin")):
            rows.append(Gift(giver, element, share, label, role))
    return tuple(rows)


# The rubric. Points are a convention of this service, printed with every score.
def _day_stems(mine: int, yours: int) -> Line:
    cells = ("a.day.stem", "b.day.stem")
    pair = (mine, yours)
    if pair in STEM_KINDS["cheongan_hap"]:
        finding, points = "union", 20
    elif (mine // 2 - yours // 2) % 5 in (1, 4):
        finding, points = "feeding", 14
    elif mine // 2 == yours // 2:
        finding, points = "same", 10
    else:
        finding, points = "stirring", 6
    return Line("day_stems", finding, points, 20, cells)


_BRANCH_TENTHS = (("yukhap", 10), ("banhap", 9), ("amhap", 7))
_ROUGH = frozenset({"chung", "hyeong", "sanghyeong", "jahyeong", "pa", "hae", "wonjin", "gwimun"})


def _branches(key: str, out_of: int, found: tuple[Contact, ...], x: int, y: int, place: str) -> Line:
    cells = (f"a.{place}.branch", f"b.{place}.branch")
    kinds = {c.kind for c in found if c.cells == cells}
    for kind, tenths in _BRANCH_TENTHS:
        if kind in kinds:
            return Line(key, kind, out_of * tenths // 10, out_of, cells)
    if kinds & _ROUGH:
        return Line(key, "stirring", out_of * 3 // 10, out_of, cells)
    if x == y:
        return Line(key, "same", out_of * 7 // 10, out_of, cells)
    return Line(key, "quiet", out_of * 6 // 10, out_of, cells)


def _useful(key: str, gifts: tuple[Gift, ...], giver: str) -> Line:
    roles = {g.role for g in gifts if g.giver == giver}
    finding = "yongsin" if "yongsin" in roles else "huisin" if "huisin" in roles else "none"
    return Line(key, finding, {"yongsin": 15, "huisin": 11, "none": 6}[finding], 15, ())


def _filled(key: str, gifts: tuple[Gift, ...], giver: str) -> Line:
    filled = any(g.giver == giver and g.label == LABELS[0] for g in gifts)
    return Line(key, "filled" if filled else "none", 10 if filled else 5, 10, ())
