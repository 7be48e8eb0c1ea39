"""합·충·형·파·해·원진·귀문·암합 between signs, with their places.

The pairs and triads are the general tradition (연해자평, 삼명통회); where lists differ the one taken is
named beside it. Stated as signs in Hanja so that a reader can hold a line against a book.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from typing import NamedTuple

from fortune.saju.cycle import BRANCH_ELEMENT, BRANCHES, ELEMENTS, STEMS, Pillar, Pillars
from fortune.saju.derive.basics import MAIN_STEM

PLACES = ("year", "month", "day", "hour")


class Relation(NamedTuple):
    """One relation between two or more signs.

    ``places`` in order, earliest first. ``element`` (0 … 4) is what a 합 turns towards. ``adjacent``:
    the pillars stand side by side. ``in_season``: the month branch is of that element or feeds it, which
    a 합화 needs at least; it does not say that the change takes place.
    """

    kind: str
    places: tuple[str, ...]
    cells: tuple[str, ...]
    signs: str
    element: int | None
    adjacent: bool
    in_season: bool

    @property
    def id(self) -> str:
        return f"relation.{self.kind}.{'-'.join(self.places)}"


def _pairs(text: str, signs: str) -> dict[tuple[int, int], int | None]:
    """ "甲己土 …" as {(0, 5): 2, (5, 0): 2}; without an element the value is None."""
    table: dict[tuple[int, int], int | None] = {}
    for word in text.split():
        a, b = signs.index(word[0]), signs.index(word[1])
        table[a, b] = table[b, a] = ELEMENTS.index(word[2]) if len(word) > 2 else None
    return table


STEM_KINDS: dict[str, dict[tuple[int, int], int | None]] = {
    "cheongan_hap": _pairs("甲己土 乙庚金 丙辛水 丁壬木 戊癸火", STEMS),
    "cheongan_chung": _pairs("甲庚 乙辛 丙壬 丁癸", STEMS),
    # 극 between stems of one polarity that is not called 충 because earth stands in the middle.
    "cheongan_geuk": _pairs("甲戊 乙己 丙庚 丁辛 戊壬 己癸", STEMS),
}
BRANCH_KINDS: dict[str, dict[tuple[int, int], int | None]] = {
    "yukhap": _pairs("子丑土 寅亥木 卯戌火 辰酉金 巳申水 午未火", BRANCHES),
    # Two of a 삼합; those without the middle sign (子午卯酉) are the weak kind, also called 가합.
    "banhap": _pairs(
        "申子水 子辰水 申辰水 寅午火 午戌火 寅戌火 巳酉金 酉丑金 巳丑金 亥卯木 卯未木 亥未木", BRANCHES
    ),
    "chung": _pairs("子午 丑未 寅申 卯酉 辰戌 巳亥", BRANCHES),
    # Two of a 삼형.
    "hyeong": _pairs("寅巳 巳申 寅申 丑戌 戌未 丑未", BRANCHES),
    "sanghyeong": _pairs("子卯", BRANCHES),
    "jahyeong": _pairs("辰辰 午午 酉酉 亥亥", BRANCHES),
    "pa": _pairs("子酉 丑辰 寅亥 卯午 巳申 未戌", BRANCHES),
    "hae": _pairs("子未 丑午 寅巳 卯辰 申亥 酉戌", BRANCHES),
    "wonjin": _pairs("子未 丑午 寅酉 卯申 辰亥 巳戌", BRANCHES),
    "gwimun": _pairs("子酉 丑午 寅未 卯申 辰亥 巳戌", BRANCHES),
    # 암합 of the two 정기, without the pairs that are a 반합 already (子辰, 巳酉).
    "amhap": _pairs("子戌火 丑寅土 卯申金 午亥木 寅未土", BRANCHES),
}
TRIADS: dict[str, tuple[tuple[str, int | None], ...]] = {
    "samhap": (("申子辰", 4), ("寅午戌", 1), ("巳酉丑", 3), ("亥卯未", 0)),
    "banghap": (("寅卯辰", 0), ("巳午未", 1), ("申酉戌", 3), ("亥子丑", 4)),
    "samhyeong": (("寅巳申", None), ("丑戌未", None)),
}
KINDS = (*STEM_KINDS, *BRANCH_KINDS, *TRIADS)
_TRIAD_SIGNS = tuple(
    (kind, tuple(BRANCHES.index(sign) for sign in signs), element)
    for kind, rows in TRIADS.items()
    for signs, element in rows
)
# A pair that is part of a complete triad is not listed again on its own.
_PART_OF = {"banhap": "samhap", "hyeong": "samhyeong"}


def _in_season(element: int | None, month_element: int) -> bool:
    return element is not None and (element - month_element) % 5 in (0, 1)


@cache
def stem_pair(
    first: str, second: str, a: int, b: int, adjacent: bool, month_element: int
) -> tuple[Relation, ...]:
    """Return relations of stem ``a`` at place ``first`` with stem ``b`` at ``second``."""
    return tuple(
        Relation(
            kind, (first, second), (f"{first}.stem", f"{second}.stem"), STEMS[a] + STEMS[b],
            table[a, b], adjacent, _in_season(table[a, b], month_element),
        )
        for kind, table in STEM_KINDS.items() if (a, b) in table
    )  # fmt: skip


@cache
def branch_pair(
    first: str, second: str, a: int, b: int, adjacent: bool, month_element: int
) -> tuple[Relation, ...]:
    """Return relations of branch ``a`` at place ``first`` with branch ``b`` at ``second``."""
    return tuple(
        Relation(
            kind, (first, second), (f"{first}.branch", f"{second}.branch"), BRANCHES[a] + BRANCHES[b],
            table[a, b], adjacent, _in_season(table[a, b], month_element),
        )
        for kind, table in BRANCH_KINDS.items() if (a, b) in table
    )  # fmt: skip


@cache
def complete_triads(mask: int) -> tuple[tuple[str, tuple[int, ...], int | None], ...]:
    """Return the triads all of whose branches are in ``mask`` (bit b set: branch b is there)."""
    return tuple(row for row in _TRIAD_SIGNS if all(mask >> branch & 1 for branch in row[1]))


def triads(placed: tuple[tuple[str, int], ...], month_element: int) -> tuple[Relation, ...]:
    """Return complete 삼합·방합·삼형 among branches with their places, once for every choice of places."""
    mask = 0
    for _, branch in placed:
        mask |= 1 << branch
    found = []
    order = {place: at for at, (place, _) in enumerate(placed)}
    for kind, branches, element in complete_triads(mask):
        choices = ([item for item in placed if item[1] == branch] for branch in branches)
        for chosen in product(*choices):
            row = sorted(chosen, key=lambda item: order[item[0]])
            places = tuple(place for place, _ in row)
            found.append(
                Relation(
                    kind, places, tuple(f"{place}.branch" for place in places),
                    "".join(BRANCHES[branch] for _, branch in row), element,
                    order[places[2]] - order[places[0]] == 2, _in_season(element, month_element),
                )
            )  # fmt: skip
    return tuple(found)


def _without_parts(pairs: list[Relation], whole: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """``whole`` and those of ``pairs`` that no complete triad contains already."""
    if not whole:
        return tuple(pairs)
    covered = {(row.kind, frozenset(two)) for row in whole for two in combinations(row.signs, 2)}
    kept = [p for p in pairs if (_PART_OF.get(p.kind), frozenset(p.signs)) not in covered]
    return (*kept, *whole)


def relations(pillars: Pillars) -> tuple[Relation, ...]:
    """Return all relations inside a chart: stems first, then branch pairs, then triads."""
    named = pillars.named()
    month_element = BRANCH_ELEMENT[pillars.month.index % 12]
    stems: list[Relation] = []
    pairs: list[Relation] = []
    for (i, (first, one)), (j, (second, two)) in combinations(enumerate(named), 2):
        a, b = one.index, two.index
        stems += stem_pair(first, second, a % 10, b % 10, j - i == 1, month_element)
        pairs += branch_pair(first, second, a % 12, b % 12, j - i == 1, month_element)
    whole = triads(tuple((place, p.index % 12) for place, p in named), month_element)
    return (*stems, *_without_parts(pairs, whole))


def relations_with(pillars: Pillars, other: Pillar, place: str = "luck") -> tuple[Relation, ...]:
    """Return relations between a chart and one more pillar (대운, 세운 …), at the place name ``place``.

    Triads are those that the added pillar completes. It stands beside no pillar, so no relation is adjacent.
    """
    named = pillars.named()
    month_element = BRANCH_ELEMENT[pillars.month.index % 12]
    a = other.index
    found: list[Relation] = []
    pairs: list[Relation] = []
    for at, host in named:
        found += stem_pair(at, place, host.index % 10, a % 10, False, month_element)
        pairs += branch_pair(at, place, host.index % 12, a % 12, False, month_element)
    placed = (*((at, host.index % 12) for at, host in named), (place, a % 12))
    whole = tuple(
        row._replace(adjacent=False) for row in triads(placed, month_element) if place in row.places
    )
    return (*found, *_without_parts(pairs, whole))


def between(one: Pillar, two: Pillar, first: str = "day", second: str = "other") -> tuple[Relation, ...]:
    """Return the relations of two pillars alone, whatever triads either makes with the rest of a chart."""
    a, b, no_month = one.index, two.index, 0
    stems = stem_pair(first, second, a % 10, b % 10, False, no_month)
    return (*stems, *branch_pair(first, second, a % 12, b % 12, False, no_month))


assert all((MAIN_STEM[a], MAIN_STEM[b]) in STEM_KINDS["cheongan_hap"] for a, b in BRANCH_KINDS["amhap"]), (
    "암합 is the 천간합 of two 정기"
)
