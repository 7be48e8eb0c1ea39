"""Answers of others to compare the engine's with: lunar_python and KASI's tables.

KASI's tables are those that korean-saju ships, fetched from data.go.kr: 672 solar terms to the minute
(2000-2027) and the first days of the 1,867 lunar months of 1900-2050.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from lunar_python import Lunar, LunarYear, Solar
from lunar_python.util import SolarUtil

from fortune.saju import Birth, Options, cast
from fortune.saju.calendar.solar_terms import JEOL, NAMES, instant_of
from fortune.saju.calendar.zones import resolve

CHINESE_NAMES = dict(
    zip(
        re.findall(
            "..",
            "小寒大寒立春雨水惊蛰春分清明谷雨立夏小满芒种夏至小暑大暑立秋处暑白露秋分寒露霜降立冬小雪大雪冬至",
        ),
        NAMES,
        strict=True,
    )
)
KASI_ERRATA = {(2011, "대한"), (2011, "입동"), (2015, "하지")}
"""Rows of KASI's table that are wrong themselves: a day late, six hours late, 21 minutes late."""
BEIJING = timedelta(hours=8)
KST = timezone(timedelta(hours=9))
MONTH_OF_LUCK = 6 * 3600
"""Six hours to the 절 are one month of life."""
UNIX_1912, UNIX_2050 = -1830384000, 2524608000


# It keeps one year's astronomy at a time, and counts the days of each date anew. Keeping all of it makes it seven times
# as fast.
LunarYear.fromYear = staticmethod(cache(LunarYear.fromYear))
Solar.fromJulianDay = staticmethod(cache(Solar.fromJulianDay))
SolarUtil.getDaysInYear = staticmethod(cache(SolarUtil.getDaysInYear))


class TermError(NamedTuple):
    """Ours minus theirs, in seconds."""

    year: int
    name: str
    seconds: int


def kasi(table: str) -> dict[str, Any]:
    """Return a table of KASI's: "solar_terms_2000_2027" or "lunar_1900_2050"."""
    text = files("korean_saju").joinpath("data", f"kasi_{table}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def kasi_term_errors() -> list[TermError]:
    found = []
    for row in kasi("solar_terms_2000_2027")["terms"]:
        # One row says 60 minutes past the hour, so the minutes are added to the hour.
        hour = datetime.fromisoformat(row["datetime"][:13] + ":00+09:00")
        theirs = int(hour.timestamp()) + 60 * int(row["datetime"][14:16])
        found.append(TermError(row["year"], row["name"], instant_of(row["year"], row["name"]) - theirs))
    return found


def lunar_python_term_errors(first: int, last: int) -> list[TermError]:
    found = []
    for year in range(first, last + 1):
        for name, solar in Lunar.fromYmd(year, 6, 1).getJieQiTable().items():
            if name in CHINESE_NAMES and solar.getYear() == year:
                theirs = _datetime(solar) - BEIJING
                ours = instant_of(year, CHINESE_NAMES[name])
                found.append(TermError(year, CHINESE_NAMES[name], ours - int(theirs.timestamp())))
    return found


def kasi_month_starts() -> Iterator[tuple[int, int, bool, date]]:
    for row in kasi("lunar_1900_2050")["months"]:
        yield row["year"], row["month"], row["leap"], date.fromisoformat(row["startSolar"])


def random_births(count: int, seed: int) -> list[Birth]:
    """Births of 1900-2050, most of them in Seoul, the rest anywhere else in the zone table's reach."""
    dice = random.Random(seed)
    first = date(1900, 1, 2).toordinal()
    last = date(2050, 12, 30).toordinal()
    elsewhere = (
        (129.075, "Asia/Seoul"),
        (-74.006, "America/New_York"),
        (151.209, "Australia/Sydney"),
        (-0.126, "Europe/London"),
        (116.397, "Asia/Shanghai"),
    )
    found = []
    for _ in range(count):
        day = date.fromordinal(dice.randint(first, last))
        longitude, zone = (126.978, "Asia/Seoul") if dice.random() < 0.8 else dice.choice(elsewhere)
        hour, minute, gender = dice.randrange(24), dice.randrange(60), dice.choice(("male", "female"))
        found.append(Birth("solar", day.year, day.month, day.day, hour, minute, gender, longitude, zone))
    return found


def hard_births(count: int, seed: int) -> dict[str, list[Birth]]:
    """Seoul births where software goes wrong, ``count`` of each kind."""
    dice = random.Random(seed)
    terms = [at for at in JEOL if UNIX_1912 < at < UNIX_2050]
    summers = [year for year in range(1948, 1989) if _offset_dst(year)]
    kinds: dict[str, Callable[[], datetime]] = {
        "near_term": lambda: datetime.fromtimestamp(dice.choice(terms) + dice.randint(-5400, 5400), KST),
        "near_day_edge": lambda: _random_day(dice, 1912, 2049) + timedelta(minutes=dice.randint(-75, 135)),
        "summer_time": lambda: _random_moment(dice, dice.choice(summers), 6, 8),
        "half_hour_zone": lambda: _random_moment(dice, dice.randint(1955, 1960), 1, 12),
    }
    return {name: [_seoul(moment(), dice) for _ in range(count)] for name, moment in kinds.items()}


def _offset_dst(year: int) -> int:
    return resolve(year, 7, 15, 12, 0, "Asia/Seoul").dst


def _random_day(dice: random.Random, first: int, last: int) -> datetime:
    return datetime(dice.randint(first, last), 1, 1, tzinfo=KST) + timedelta(days=dice.randrange(365))


def _random_moment(dice: random.Random, year: int, first: int, last: int) -> datetime:
    month, day = dice.randint(first, last), dice.randint(1, 28)
    return datetime(year, month, day, dice.randrange(24), dice.randrange(60), tzinfo=KST)


def _seoul(clock: datetime, dice: random.Random) -> Birth:
    gender = dice.choice(("male", "female"))
    return Birth("solar", clock.year, clock.month, clock.day, clock.hour, clock.minute, gender)


def lunar_python_differences(births: Iterable[Birth]) -> list[tuple[Birth, str, str, str]]:
    """(birth, day rule, ours, theirs) wherever lunar_python disagrees on the four pillars.

    It knows China's clock only, so it gets the instant in UTC+8 for year and month, and our local mean time for
    day and hour. Its sect 1 turns days at 23:00, sect 2 at midnight.
    """
    found = []
    for birth in births:
        assert birth.hour is not None and birth.minute is not None
        civil = resolve(birth.year, birth.month, birth.day, birth.hour, birth.minute, birth.timezone)
        instant = datetime.fromtimestamp(civil.instant, UTC)
        of_year = _eight(instant + BEIJING)
        of_day = _eight(instant + timedelta(seconds=round(birth.longitude * 240)))
        for sect, change in ((1, "23:00"), (2, "00:00")):
            of_day.setSect(sect)
            theirs = f"{of_year.getYear()} {of_year.getMonth()} {of_day.getDay()} {of_day.getTime()}"
            pillars = cast(birth, Options(day_change=change)).pillars
            ours = " ".join(pillar.hanja for _, pillar in pillars.named())
            if ours != theirs:
                found.append((birth, change, ours, theirs))
    return found


def lunar_python_luck_differences(births: Iterable[Birth]) -> list[tuple[Birth, str, str]]:
    """(birth, ours, theirs) wherever lunar_python disagrees on 대운: direction, exact age, the ten pillars.

    Its second rule counts by the minute, three days a year, as ours does; it drops the seconds, so births
    whose exact age is within two minutes of a whole month are left out.
    """
    found = []
    for birth in births:
        chart = cast(birth)
        if chart.instant is None or not 120 < chart.luck.seconds % MONTH_OF_LUCK < MONTH_OF_LUCK - 120:
            continue
        yun = _eight(chart.instant + BEIJING).getYun(1 if birth.gender == "male" else 0, 2)
        decades = " ".join(decade.getGanZhi() for decade in yun.getDaYun(11)[1:])
        way = "forward" if yun.isForward() else "backward"
        theirs = f"{way} {yun.getStartYear()}-{yun.getStartMonth()} {decades}"
        luck = chart.luck
        pillars = " ".join(pillar.hanja for pillar in luck.pillars)
        ours = f"{luck.direction} {luck.years}-{luck.months} {pillars}"
        if ours != theirs:
            found.append((birth, ours, theirs))
    return found


def _eight(clock: datetime) -> Any:
    solar = Solar.fromYmdHms(clock.year, clock.month, clock.day, clock.hour, clock.minute, clock.second)
    return solar.getLunar().getEightChar()


def _datetime(solar: Any) -> datetime:
    return datetime(
        solar.getYear(),
        solar.getMonth(),
        solar.getDay(),
        solar.getHour(),
        solar.getMinute(),
        solar.getSecond(),
        tzinfo=UTC,
    )
