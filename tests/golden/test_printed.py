"""Charts that Korean newspapers and practitioners printed beside the birth they belong to, with the address.

They name the double hour (寅時), so each is cast in the middle of it. Printed charts are not truth: one with
another's 대운수 or a disputed hour is left out.
"""

from __future__ import annotations

import pytest

from fortune.saju import Birth, cast
from tests.golden.births import written

PRINTED = [
    # (calendar, date, hour, gender, chart, where it was printed)
    ("solar", (1917, 11, 14), 4, "male", "丁巳 辛亥 庚申 戊寅", "kyongbuk.co.kr/news/articleView.html?idxno=2035481"),
    ("lunar", (1917, 9, 30), 4, "male", "丁巳 辛亥 庚申 戊寅", "wonje.co.kr/m/bbs/board.php?bo_table=member21&wr_id=39"),
    ("solar", (1910, 2, 12), 20, "male", "庚戌 戊寅 戊申 壬戌", "kyongbuk.co.kr/news/articleView.html?idxno=2044829"),
    ("solar", (1955, 2, 11), 2, "male", "乙未 戊寅 癸卯 癸丑", "whang77.tistory.com/8001107"),
    ("solar", (1970, 10, 18), None, "male", "庚戌 丙戌 辛未", "kyongbuk.co.kr/news/articleView.html?idxno=2050000"),
    # Two days before 입춘: still the year of 辛卯, and 丑, not 子. The date is m.cctimes.kr's (idxno=478768).
    ("solar", (1952, 2, 2), None, "female", "辛卯 辛丑 戊寅", "영남일보, 2012-04-05, 혜명 류동학의 東洋學산책 23"),
]  # fmt: skip


@pytest.mark.parametrize(("calendar", "day", "hour", "gender", "expected", "source"), PRINTED)
def test_a_printed_chart_is_the_one_cast(
    calendar: str, day: tuple[int, int, int], hour: int | None, gender: str, expected: str, source: str
) -> None:
    minute = None if hour is None else 0
    assert written(cast(Birth(calendar, *day, hour, minute, gender)).pillars) == expected, source


def test_a_printed_run_of_luck_is_the_one_computed() -> None:
    # whang77.tistory.com/8001107: 대운 at 2, 12, 22 … of the birth of 1955-02-11.
    luck = cast(Birth("solar", 1955, 2, 11, 2, 0, "male")).luck
    printed = ["丁丑", "丙子", "乙亥", "甲戌", "癸酉", "壬申", "辛未"]
    assert [d.pillar.hanja for d in luck.decades][:7] == printed
    assert [d.age for d in luck.decades][:7] == [2, 12, 22, 32, 42, 52, 62]
