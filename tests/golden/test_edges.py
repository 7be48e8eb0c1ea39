"""Both sides of every edge of the clock: twelve hours, 23:00 and midnight, under all clocks and day rules."""

from __future__ import annotations

import pytest

from fortune.saju.calendar.sun_time import equation_of_time
from fortune.saju.cycle import BRANCHES
from tests.golden.births import charted

# The first whole minute past an odd hour of the clock, in minutes of Korean time. Seoul is 32 min 5 s
# behind it; the equation of time was -14 min 14 s on 11 February and +16 min 26 s on 3 November 2024.
CLOCKS = [
    ("standard", "2024-06-15", 0),
    ("mean", "2024-06-15", 33),
    ("apparent", "2024-02-11", 47),
    ("apparent", "2024-11-03", 16),
]


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@pytest.mark.parametrize(("clock", "day", "shift"), CLOCKS)
@pytest.mark.parametrize("n", range(1, 12))
def test_an_hour_begins_on_the_odd_hour_of_its_clock(clock: str, day: str, shift: int, n: int) -> None:
    edge = (2 * n - 1) * 60 + shift
    assert charted(f"{day} {_time(edge - 1)}", clock=clock)[-1] == BRANCHES[n - 1]
    assert charted(f"{day} {_time(edge)}", clock=clock)[-1] == BRANCHES[n]


@pytest.mark.parametrize(
    ("clock", "text", "by_23", "by_00"),
    [
        # 2024-06-15 is 庚戌; its evening hours are 丁亥, and 戊子 belongs to the next day, 辛亥.
        ("standard", "2024-06-15 22:59", "庚戌 丁亥", "庚戌 丁亥"),
        ("standard", "2024-06-15 23:00", "辛亥 戊子", "庚戌 戊子"),
        ("standard", "2024-06-15 23:59", "辛亥 戊子", "庚戌 戊子"),
        ("standard", "2024-06-16 00:00", "辛亥 戊子", "辛亥 戊子"),
        ("standard", "2024-06-16 00:59", "辛亥 戊子", "辛亥 戊子"),
        ("standard", "2024-06-16 01:00", "辛亥 己丑", "辛亥 己丑"),
        ("mean", "2024-06-15 23:32", "庚戌 丁亥", "庚戌 丁亥"),
        ("mean", "2024-06-15 23:33", "辛亥 戊子", "庚戌 戊子"),
        ("mean", "2024-06-16 00:32", "辛亥 戊子", "庚戌 戊子"),
        ("mean", "2024-06-16 00:33", "辛亥 戊子", "辛亥 戊子"),
        ("mean", "2024-06-16 01:32", "辛亥 戊子", "辛亥 戊子"),
        ("mean", "2024-06-16 01:33", "辛亥 己丑", "辛亥 己丑"),
        # 2024-11-03 is 辛未.
        ("apparent", "2024-11-03 23:15", "辛未 己亥", "辛未 己亥"),
        ("apparent", "2024-11-03 23:16", "壬申 庚子", "辛未 庚子"),
        ("apparent", "2024-11-04 00:15", "壬申 庚子", "辛未 庚子"),
        ("apparent", "2024-11-04 00:16", "壬申 庚子", "壬申 庚子"),
    ],
)
def test_both_sides_of_23_and_of_midnight(clock: str, text: str, by_23: str, by_00: str) -> None:
    assert charted(text, clock=clock).endswith(by_23)
    assert charted(text, clock=clock, change="00:00").endswith(by_00)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        # Noon UTC in 2024, from published tables of the equation of time.
        (1707652800, -14 * 60 - 14),  # 02-11, the least of the year
        (1712923200, -47),  # 04-12
        (1715601600, 3 * 60 + 39),  # 05-13
        (1718280000, -4),  # 06-13
        (1721995200, -6 * 60 - 32),  # 07-26
        (1730635200, 16 * 60 + 27),  # 11-03, the most
        (1735128000, -10),  # 12-25
    ],
)
def test_the_equation_of_time_is_right_to_ten_seconds(instant: int, expected: int) -> None:
    assert abs(equation_of_time(instant) - expected) <= 10


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        # DE440 by skyfield (sidereal time less right ascension): of 4,000 instants the extremes of each half
        # century, and those where the engine's formula errs the most.
        (-2205360755, -867.1),  # 1900-02-11
        (-2184468287, 794.4),  # 1900-10-11
        (-1298855102, 982.5),  # 1928-11-03
        (-1070344116, -810.4),  # 1936-01-31
        (-627546784, -860.2),  # 1950-02-11
        (464287909, 342.2),  # 1984-09-17
        (549644499, 125.9),  # 1987-06-02
        (562983680, 985.5),  # 1987-11-04
        (1202936208, -853.9),  # 2008-02-13
        (1745154639, 70.8),  # 2025-04-20
        (1858728694, 779.1),  # 2028-11-25
        (2393289355, 988.6),  # 2045-11-03
        (2749162096, -847.5),  # 2057-02-12
        (2880752938, 0.2),  # 2061-04-15
        (3274366938, 691.8),  # 2073-10-04
        (3655558505, 989.2),  # 2085-11-02
    ],
)
def test_the_equation_of_time_is_within_four_seconds_of_de440(instant: int, expected: float) -> None:
    assert abs(equation_of_time(instant) - expected) <= 4
