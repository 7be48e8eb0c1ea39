"""Validation of a birth, and its solar date."""

from __future__ import annotations

from calendar import month_name, monthrange
from datetime import date
from math import isfinite

from fortune.saju.birth import CALENDARS, GENDERS, Birth, SajuError
from fortune.saju.calendar import lunar

FIRST_YEAR, LAST_YEAR = 1900, 2100


def solar_date_of(birth: Birth) -> date:
    """Return the Gregorian date of ``birth`` after checking every field.

    Raises SajuError: "calendar", "gender", "longitude", "fold", "time", "date", "out_of_range", and
    those of ``lunar.to_solar``.
    """
    if birth.calendar not in CALENDARS:
        raise SajuError(
            "calendar", "양력(solar), 음력(lunar), 음력 윤달(lunar_leap) 가운데 골라 주세요.", CALENDARS,
            en="Choose solar, lunar or lunar_leap.",
        )  # fmt: skip
    if birth.gender not in GENDERS:
        raise SajuError(
            "gender", "성별은 male이나 female로 적어 주세요.", GENDERS, en="The gender is male or female."
        )
    if not (isfinite(birth.longitude) and -180 <= birth.longitude <= 180):
        raise SajuError(
            "longitude", "경도는 −180도에서 180도 사이로 적어 주세요. 서울은 126.978이에요.",
            en="The longitude is between −180 and 180 degrees. Seoul is at 126.978.",
        )  # fmt: skip
    if birth.fold not in (0, 1):
        raise SajuError(
            "fold", "두 번 있던 시각은 0(처음)이나 1(나중)로 골라 주세요.", ("0", "1"),
            en="Of a time that happened twice, choose 0 (the first) or 1 (the second).",
        )  # fmt: skip
    _check_time(birth.hour, birth.minute)
    if birth.calendar == "solar":
        return _solar(birth.year, birth.month, birth.day)
    return lunar.to_solar(birth.year, birth.month, birth.day, birth.calendar == "lunar_leap")


def _check_time(hour: int | None, minute: int | None) -> None:
    if hour is None and minute is None:
        return
    if hour is None or minute is None or not (0 <= hour <= 23 and 0 <= minute <= 59):
        raise SajuError(
            "time", "태어난 시각은 00:00부터 23:59 사이로 적어 주세요. 모르면 비워 두세요.",
            en="Enter a time from 00:00 to 23:59, or leave it empty if you don't know it.",
        )  # fmt: skip


def _solar(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise SajuError(
            "out_of_range", f"{FIRST_YEAR}년부터 {LAST_YEAR}년 사이의 날짜를 적어 주세요.",
            en=f"Enter a date between {FIRST_YEAR} and {LAST_YEAR}.",
        )  # fmt: skip
    if not 1 <= month <= 12:
        raise SajuError(
            "date", f"{month}월은 없어요. 달은 1월부터 12월까지예요.",
            en=f"There is no month {month}. Months go from 1 to 12.",
        )  # fmt: skip
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        message = f"{year}년 {month}월은 {last}일까지 있어요. 1일부터 {last}일 사이로 적어 주세요."
        told = f"{month_name[month]} {year} has {last} days. Enter a day from 1 to {last}."
        raise SajuError("date", message, (f"{year}-{month:02}-{last:02}",), en=told)
    return date(year, month, day)
