"""Write fortune/saju/data/lunar_months.py: the Korean lunar months of 1899-2050, from korean_lunar_calendar.

    python tools/tables/lunar_months.py

That package (MIT) holds the calendar of the Korea Astronomy and Space Science Institute up to
2050-12-31, which falls in lunar month 11 of 2050. Needed at development time only.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

from korean_lunar_calendar import KoreanLunarCalendar

FIRST_YEAR, LAST_YEAR = 1899, 2050
TARGET = Path(__file__).parents[2] / "fortune" / "saju" / "data" / "lunar_months.py"

HEADER = '''"""The Korean lunar months of {first}-{last}; written by tools/tables/lunar_months.py. Not to be edited.

One number a year: bit n is set when the year's (n + 1)th month has 30 days and not 29; the number divided
by 8192 (bits 13 and up) is the leap month, which follows the month of its number, or 0.
FIRST_DAY and LAST_DAY are proleptic Gregorian ordinals; LAST_DAY is 2050-12-31, where the source ends.
"""

FIRST_YEAR = {first}
FIRST_DAY = {first_day}
LAST_DAY = {last_day}
YEARS = (
{years}
)
'''


def months(year: int) -> list[tuple[int, bool, date]]:
    """(month, leap, solar date of its first day) of every month of a lunar year that the source has."""
    calendar = KoreanLunarCalendar()
    return [
        (month, leap, date(calendar.solarYear, calendar.solarMonth, calendar.solarDay))
        for month in range(1, 13)
        for leap in (False, True)
        if calendar.setLunarDate(year, month, 1, leap)
    ]


def main() -> None:
    listed = [months(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    starts = [start.toordinal() for year in listed for _, _, start in year]
    lengths = [after - start for start, after in pairwise(starts)]
    numbers, place = [], 0
    for year in listed:
        number = 8192 * next((month for month, leap, _ in year if leap), 0)
        for n in range(len(year)):
            # The last month's length is not known to the source; LAST_DAY cuts it.
            number |= (place < len(lengths) and lengths[place] == 30) << n
            place += 1
        numbers.append(number)
    rows = [", ".join(f"{n:#07x}" for n in numbers[i : i + 10]) for i in range(0, len(numbers), 10)]
    text = HEADER.format(
        first=FIRST_YEAR,
        last=LAST_YEAR,
        first_day=starts[0],
        last_day=date(2050, 12, 31).toordinal(),
        years="\n".join(f"    {row}," for row in rows),
    )
    TARGET.write_text(text, encoding="utf-8")
    print(f"wrote {TARGET}")


if __name__ == "__main__":
    main()
