"""신강약: how much of the chart stands on the day stem's side, and the four tests.

There is no single truth here. The score is what the day stem's own element and the one that feeds it hold (``force``,
the day stem itself left out) against what weighs on it, an officer more than what is given out (``BURDEN``). The level
names are those of Korean 만세력; the edges are ours and symmetrical about 50.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from fortune.saju.cycle import Pillars
from fortune.saju.derive.basics import branch_god, ten_god
from fortune.saju.derive.judgements.force import Forces

LEVELS = (
    "geukyak", "taeyak", "sinyak", "junghwa_sinyak",
    "junghwa_singang", "singang", "taegang", "geukwang",
)  # fmt: skip
EDGES = (15.0, 25.0, 38.0, 50.0, 62.0, 75.0, 85.0)
"""극약 < 15 ≤ 태약 < 25 ≤ 신약 < 38 ≤ 중화신약 < 50 ≤ 중화신강 < 62 ≤ 신강 < 75 ≤ 태강 < 85 ≤ 극왕."""
BURDEN = ((1, 12), (2, 15), (3, 20))
"""How much 식상, 재성 and 관성 weigh on the day stem, in twentieths."""
HELPERS = frozenset({"bigyeon", "geopjae", "pyeonin", "jeongin"})


class Test(NamedTuple):
    """One of 득령·득지·득시·득세. ``held`` is None when the hour it needs is unknown.

    ``gods`` are the 십성 of ``cells``; the test holds when they help (비겁, 인성), 득세 when at least
    half of them and no fewer than two do.
    """

    key: str
    held: bool | None
    cells: tuple[str, ...]
    gods: tuple[str, ...]


class Strength(NamedTuple):
    """``score``: per cent of the forces on the day stem's side. ``tests`` in the order of the names."""

    level: str
    score: float
    tests: tuple[Test, ...]

    @property
    def strong(self) -> bool:
        return self.score >= 50


def support(held: Forces, element: int) -> float:
    """Return the score of a day stem of this element: what helps it against what weighs on it."""
    helps = 20 * (held.points[element] + held.points[element - 1])
    weighs = sum(part * held.points[(element + step) % 5] for step, part in BURDEN)
    return round(100 * helps / (helps + weighs), 1)


def strength(pillars: Pillars, held: Forces) -> Strength:
    """Return the level, score and tests of the day stem. Rule: see the module."""
    day = pillars.day.index % 10
    element = day // 2
    score = support(held, element)
    month = branch_god(day, pillars.month.index % 12)
    below = branch_god(day, pillars.day.index % 12)
    cells = ["year.stem", "year.branch", "month.stem"]
    gods = [
        ten_god(day, pillars.year.stem),
        branch_god(day, pillars.year.index % 12),
        ten_god(day, pillars.month.stem),
    ]
    if pillars.hour is None:
        hour = Test("deuksi", None, ("hour.branch",), ())
    else:
        god = branch_god(day, pillars.hour.index % 12)
        hour = Test("deuksi", god in HELPERS, ("hour.branch",), (god,))
        cells.append("hour.stem")
        gods.append(ten_god(day, pillars.hour.stem))
    helping = sum(god in HELPERS for god in gods)
    return Strength(
        LEVELS[bisect_right(EDGES, score)],
        score,
        (
            Test("deukryeong", month in HELPERS, ("month.branch",), (month,)),
            Test("deukji", below in HELPERS, ("day.branch",), (below,)),
            hour,
            Test("deukse", 2 * helping >= len(gods), tuple(cells), tuple(gods)),
        ),
    )
