"""The sexagenary cycle (六十甲子): stems, branches, and pillars as small integers.

Stems 甲0 … 癸9, branches 子0 … 亥11, pillars 甲子0 … 癸亥59; pillar n has stem n mod 10 and
branch n mod 12. Elements 목0 화1 토2 금3 수4; an even stem or branch is 양, an odd one 음.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
STEMS_KO = "갑을병정무기경신임계"
BRANCHES_KO = "자축인묘진사오미신유술해"
ELEMENTS = "木火土金水"
ELEMENTS_KO = "목화토금수"

STEM_ELEMENT = (0, 0, 1, 1, 2, 2, 3, 3, 4, 4)
BRANCH_ELEMENT = (4, 2, 0, 0, 2, 1, 1, 2, 3, 3, 2, 4)


class Pillar(NamedTuple):
    """One pillar, by its place in the sexagenary cycle (0 … 59)."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which a pillar has no use for

    @property
    def stem(self) -> int:
        return self.index % 10

    @property
    def branch(self) -> int:
        return self.index % 12

    @property
    def hanja(self) -> str:
        return STEMS[self.stem] + BRANCHES[self.branch]

    @property
    def hangul(self) -> str:
        return STEMS_KO[self.stem] + BRANCHES_KO[self.branch]

    def step(self, n: int) -> Pillar:
        """Return the pillar ``n`` places on (or back, when negative)."""
        return Pillar((self.index + n) % 60)


def pillar(stem: int, branch: int) -> Pillar:
    """Return the pillar with this stem and branch; they must share their parity."""
    if (stem - branch) % 2:
        raise ValueError(f"no pillar has stem {STEMS[stem]} and branch {BRANCHES[branch]}")
    return Pillar((6 * stem - 5 * branch) % 60)


def read_pillar(text: str) -> Pillar | None:
    """Return the pillar written in Hanja or Hangul (甲子, 갑자); None if there is no such pillar."""
    if len(text) != 2:
        return None
    stem, branch = (STEMS + STEMS_KO).find(text[0]), (BRANCHES + BRANCHES_KO).find(text[1])
    if stem < 0 or branch < 0 or (stem - branch) % 2:
        return None
    return pillar(stem % 10, branch % 12)


@dataclass(frozen=True, slots=True)
class Pillars:
    """The four pillars. ``hour`` is None when the birth time is unknown."""

    year: Pillar
    month: Pillar
    day: Pillar
    hour: Pillar | None

    def named(self) -> tuple[tuple[str, Pillar], ...]:
        """Return the known pillars with their places, in the order year, month, day, hour."""
        known = (("year", self.year), ("month", self.month), ("day", self.day))
        return known if self.hour is None else (*known, ("hour", self.hour))
