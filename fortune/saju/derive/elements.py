"""오행·음양·십성: how many, what share, and what that is called."""

from __future__ import annotations

from dataclasses import dataclass

from fortune.saju.cycle import BRANCH_ELEMENT, STEM_ELEMENT, Pillars
from fortune.saju.derive.basics import TEN_GODS, branch_god, ten_god
from fortune.saju.derive.hidden_stems import spread
from fortune.saju.schools import COMMON, Schools

STEM_WEIGHT = 10
BRANCH_WEIGHTS = (10, 30, 15, 15)
"""Points of the weighted share: each stem 10; branches 년 10, 월 30, 일 15, 시 15, divided among their
hidden stems by days. A point scheme of this kind (월지 30 of 110) is usual in Korean teaching; it is a
convention, not a measurement."""
_UNITS = 30  # the weighted sums below are kept in thirtieths of a point, so that they stay integers

LABELS = ("lacking", "fitting", "developed", "excessive")
_EDGES = (10, 30, 50)
"""부족 < 10 % ≤ 적정 < 30 % ≤ 발달 < 50 % ≤ 과다: of eight signs 0, 1–2, 3, and 4 or more."""


@dataclass(frozen=True, slots=True)
class Elements:
    """Shares of 목 화 토 금 수, over ``counted_over`` signs (8, or 6 when the hour is unknown).

    ``counts`` by the sign's own element; ``weights`` in thirtieths of a point (see ``BRANCH_WEIGHTS``).
    ``god_counts`` is in the order of ``TEN_GODS`` and leaves out the day stem.
    """

    counted_over: int
    counts: tuple[int, ...]
    weights: tuple[int, ...]
    yang: int
    yin: int
    god_counts: tuple[int, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Per cent of the signs, one decimal."""
        return tuple(round(100 * n / self.counted_over, 1) for n in self.counts)

    @property
    def weighted(self) -> tuple[float, ...]:
        """Per cent of the points, one decimal."""
        total = sum(self.weights)
        return tuple(round(100 * n / total, 1) for n in self.weights)

    @property
    def labels(self) -> tuple[str, ...]:
        """부족 … 과다 by share of the signs."""
        return tuple(_label(n, self.counted_over) for n in self.counts)

    @property
    def weighted_labels(self) -> tuple[str, ...]:
        """부족 … 과다 by share of the points."""
        total = sum(self.weights)
        return tuple(_label(n, total) for n in self.weights)


def _label(part: int, total: int) -> str:
    return LABELS[sum(100 * part >= edge * total for edge in _EDGES)]


def elements(pillars: Pillars, schools: Schools = COMMON) -> Elements:
    """Counts and weights of the elements, of 음양 and of the ten gods."""
    counts, weights, gods = [0] * 5, [0] * 5, [0] * 10
    day_stem = pillars.day.index % 10
    listing, days = schools.hidden, schools.hidden_days
    yang = 0
    named = pillars.named()
    for (_, (index,)), points in zip(named, BRANCH_WEIGHTS, strict=False):
        stem, branch = index % 10, index % 12
        element = STEM_ELEMENT[stem]
        counts[element] += 1
        counts[BRANCH_ELEMENT[branch]] += 1
        weights[element] += STEM_WEIGHT * _UNITS
        wood, fire, earth, metal, water = spread(branch, listing, days)
        weights[0] += wood * points
        weights[1] += fire * points
        weights[2] += earth * points
        weights[3] += metal * points
        weights[4] += water * points
        yang += 2 * (index % 2 == 0)
        gods[_GOD_INDEX[ten_god(day_stem, stem)]] += 1
        gods[_GOD_INDEX[branch_god(day_stem, branch)]] += 1
    gods[0] -= 1  # the day stem itself
    over = 2 * len(named)
    return Elements(over, tuple(counts), tuple(weights), yang, over - yang, tuple(gods))


_GOD_INDEX = {key: at for at, key in enumerate(TEN_GODS)}
