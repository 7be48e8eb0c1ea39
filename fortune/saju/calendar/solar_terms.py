"""The 24 solar terms (절기) as instants. Term 0 is 소한; the even terms are the twelve 절."""

from __future__ import annotations

import base64
import sys
from array import array
from bisect import bisect_right
from dataclasses import dataclass

from fortune.saju.data import solar_terms as table

NAMES = (
    "소한", "대한", "입춘", "우수", "경칩", "춘분", "청명", "곡우", "입하", "소만", "망종", "하지",
    "소서", "대서", "입추", "처서", "백로", "추분", "한로", "상강", "입동", "소설", "대설", "동지",
)  # fmt: skip
FIRST_YEAR = table.FIRST_YEAR
LAST_YEAR = table.LAST_YEAR


def _unpacked() -> tuple[int, ...]:
    offsets = array("h", base64.b85decode("".join(table.OFFSETS)))
    if sys.byteorder == "big":
        offsets.byteswap()
    return tuple(
        table.BASE[i % 24] + i // 24 * table.YEAR_SECONDS + offset for i, offset in enumerate(offsets)
    )


ALL = _unpacked()
"""Every term of FIRST_YEAR … LAST_YEAR in order, in Unix seconds."""
JEOL = ALL[::2]
"""The twelve 절 of every year: entry 12 × (year − FIRST_YEAR) is that year's 소한, the next its 입춘."""


@dataclass(frozen=True, slots=True)
class Jeol:
    """A 절 and its instant (Unix seconds). ``month`` is the saju month it opens: 0 = 寅, from 입춘."""

    place: int

    @property
    def at(self) -> int:
        return JEOL[self.place]

    @property
    def name(self) -> str:
        return NAMES[self.place % 12 * 2]

    @property
    def month(self) -> int:
        return (self.place - 1) % 12

    @property
    def year(self) -> int:
        """The Gregorian year whose 입춘 is the last one at or before this 절."""
        return FIRST_YEAR + (self.place - 1) // 12


def jeol_at(instant: int) -> int:
    """Return the place in JEOL of the last 절 at or before ``instant`` (Unix seconds)."""
    return bisect_right(JEOL, instant) - 1


def saju_year(instant: int) -> int:
    """Return the Gregorian year whose 입춘 is the last one at or before ``instant`` (Unix seconds)."""
    return Jeol(jeol_at(instant)).year


def instant_of(year: int, name: str) -> int:
    """Return the Unix seconds of the term ``name`` (소한 … 동지) in the Gregorian ``year``.

    Raises ValueError for an unknown name and IndexError for a year outside the table.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise IndexError(f"the table holds {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    if name not in NAMES:
        raise ValueError(f"no solar term is called {name!r}")
    return ALL[24 * (year - FIRST_YEAR) + NAMES.index(name)]
