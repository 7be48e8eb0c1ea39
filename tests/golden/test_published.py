"""Charts computed from DE440's terms by the engine's written rules, each also checked with lunar_python."""

from __future__ import annotations

import pytest

from fortune.saju import cast
from tests.golden.births import birth, charted

MEAN = [
    ("2000-01-01 12:00", "己卯 丙子 戊午 戊午"),
    ("2024-01-01 12:00", "癸卯 甲子 甲子 庚午"),
    ("1949-10-01 12:00", "己丑 癸酉 甲子 庚午"),
    ("1945-08-15 12:00", "乙酉 甲申 丙辰 甲午"),
    ("1970-01-01 09:30", "己酉 丙子 辛巳 壬辰"),
    ("1990-05-15 12:00", "庚午 辛巳 庚辰 壬午"),
    ("1990-01-15 12:00", "己巳 丁丑 庚辰 壬午"),
    ("2024-01-20 12:00", "癸卯 乙丑 癸未 戊午"),
    ("2024-02-04 17:20", "癸卯 乙丑 戊戌 庚申"),
    ("2024-02-04 17:35", "甲辰 丙寅 戊戌 辛酉"),
    ("2000-02-04 21:30", "己卯 丁丑 壬辰 庚戌"),
    ("2000-02-04 21:50", "庚辰 戊寅 壬辰 辛亥"),
    ("1984-02-05 00:10", "癸亥 乙丑 己巳 甲子"),
    ("1984-02-05 00:30", "甲子 丙寅 己巳 甲子"),
    ("2024-06-15 23:50", "甲辰 庚午 辛亥 戊子"),
    ("1995-08-20 23:20", "乙亥 甲申 癸未 癸亥"),
    ("1995-08-21 00:15", "乙亥 甲申 甲申 甲子"),
    ("1987-07-10 13:20", "丁卯 丁未 庚申 壬午"),
    ("1988-09-17 10:30", "戊辰 辛酉 乙亥 庚辰"),
    ("1948-08-15 11:00", "戊子 庚申 壬申 乙巳"),
    ("1955-06-10 01:15", "乙未 壬午 壬寅 庚子"),
    ("1961-03-01 10:45", "辛丑 庚寅 癸巳 丁巳"),
    ("1992-11-11 13:25", "壬申 辛亥 辛卯 甲午"),
    ("2011-11-08 03:20", "辛卯 戊戌 丁卯 辛丑"),
    ("2011-11-08 03:50", "辛卯 己亥 丁卯 壬寅"),
]

OTHER_RULES = [
    ("1970-01-01 09:30", "standard", "23:00", "己酉 丙子 辛巳 癸巳"),
    ("2024-02-04 17:20", "standard", "23:00", "癸卯 乙丑 戊戌 辛酉"),
    ("1984-02-05 00:10", "mean", "00:00", "癸亥 乙丑 戊辰 甲子"),
    ("1984-02-05 00:30", "mean", "00:00", "甲子 丙寅 戊辰 甲子"),
    ("2024-06-15 23:50", "mean", "00:00", "甲辰 庚午 庚戌 戊子"),
    ("1995-08-20 23:20", "standard", "23:00", "乙亥 甲申 甲申 甲子"),
    ("1995-08-20 23:20", "standard", "00:00", "乙亥 甲申 癸未 甲子"),
    ("1995-08-21 00:15", "mean", "00:00", "乙亥 甲申 癸未 甲子"),
    ("1995-08-21 00:15", "standard", "00:00", "乙亥 甲申 甲申 甲子"),
    ("1988-09-17 10:30", "standard", "23:00", "戊辰 辛酉 乙亥 辛巳"),
    ("1961-03-01 10:45", "standard", "23:00", "辛丑 庚寅 癸巳 丁巳"),
]

ELSEWHERE = [
    ("1992-11-11 13:25", "부산", "mean", "23:00", "壬申 辛亥 辛卯 乙未"),
    ("2024-02-04 03:00", "뉴욕", "mean", "23:00", "癸卯 乙丑 戊戌 甲寅"),
    ("2024-02-04 04:00", "뉴욕", "mean", "23:00", "甲辰 丙寅 戊戌 甲寅"),
    ("2019-12-31 23:59", "시드니", "mean", "23:00", "己亥 丙子 癸卯 壬子"),
    ("2019-12-31 23:59", "시드니", "mean", "00:00", "己亥 丙子 壬寅 壬子"),
    ("2019-12-31 23:59", "시드니", "standard", "23:00", "己亥 丙子 壬寅 辛亥"),
]

TWICE = [
    ("1955-09-08 23:30", 0, "乙未 乙酉 壬申 辛亥"),
    ("1955-09-08 23:30", 1, "乙未 乙酉 癸酉 壬子"),
    ("1988-10-09 02:20", 0, "戊辰 壬戌 丁酉 庚子"),
    ("1988-10-09 02:20", 1, "戊辰 壬戌 丁酉 辛丑"),
]

LUCK = [
    ("1990-05-15 12:00", "male", "forward", 7, (7, 3), "壬午 癸未 甲申"),
    ("1990-05-15 12:00", "female", "backward", 3, (3, 1), "庚辰 己卯 戊寅"),
    ("2000-01-01 12:00", "male", "backward", 8, (8, 2), "乙亥 甲戌 癸酉"),
    ("2000-01-01 12:00", "female", "forward", 2, (1, 7), "丁丑 戊寅 己卯"),
    ("1984-02-05 00:10", "female", "forward", 1, (0, 0), "丙寅"),
    ("1984-02-05 00:10", "male", "backward", 10, (9, 9), "甲子 癸亥"),
    ("2010-08-20 07:30", "male", "forward", 6, (6, 3), "乙酉"),
    ("2010-08-20 07:30", "female", "backward", 4, (4, 1), "癸未"),
]


@pytest.mark.parametrize(("text", "expected"), MEAN)
def test_seoul_by_local_mean_time(text: str, expected: str) -> None:
    assert charted(text) == expected


@pytest.mark.parametrize(("text", "clock", "change", "expected"), OTHER_RULES)
def test_seoul_by_other_rules(text: str, clock: str, change: str, expected: str) -> None:
    assert charted(text, clock=clock, change=change) == expected


@pytest.mark.parametrize(("text", "place", "clock", "change", "expected"), ELSEWHERE)
def test_other_places(text: str, place: str, clock: str, change: str, expected: str) -> None:
    assert charted(text, place=place, clock=clock, change=change) == expected


@pytest.mark.parametrize(("text", "fold", "expected"), TWICE)
def test_a_time_that_happened_twice_follows_the_fold(text: str, fold: int, expected: str) -> None:
    assert charted(text, fold=fold) == expected
    assert "ambiguous_time" in [w.code for w in cast(birth(text, fold=fold)).warnings]


@pytest.mark.parametrize("text", ["1988-05-08 02:30", "1961-08-10 00:10"])
def test_a_time_that_never_was_is_reported(text: str) -> None:
    assert "nonexistent_time" in [w.code for w in cast(birth(text)).warnings]


@pytest.mark.parametrize(("text", "gender", "direction", "age", "exact", "first"), LUCK)
def test_luck(text: str, gender: str, direction: str, age: int, exact: tuple[int, int], first: str) -> None:
    luck = cast(birth(text, gender=gender)).luck
    assert (luck.direction, luck.start_age, (luck.years, luck.months)) == (direction, age, exact)
    assert " ".join(pillar.hanja for pillar in luck.pillars).startswith(first)
    assert len(luck.pillars) == 10


def test_an_unknown_hour_on_a_term_day_gives_both_candidates_and_no_hour() -> None:
    chart = cast(birth("2024-02-04"))
    assert chart.pillars.hour is None
    assert chart.pillars.day.hanja == "戊戌"
    found = [(candidate.year.hanja, candidate.month.hanja) for candidate in chart.candidates]
    assert found == [("癸卯", "乙丑"), ("甲辰", "丙寅")]
