"""The answer to a birth moment while it is being typed: the other calendar's date, and notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fortune.forms.birth import BirthForm
from fortune.pages.births.form import place_name
from fortune.pages.charts.chart import ELEMENT_CLASSES, ORDER
from fortune.pages.charts.labels import element_word, hour_name, notice_text, place_word
from fortune.saju import Chart, Pillars, SajuError, lunar
from fortune.saju.birth import SEOUL_ZONE
from fortune.saju.calendar.zones import resolve
from fortune.saju.cycle import BRANCH_ELEMENT, STEM_ELEMENT, Pillar

CHECKED = ("calendar", "birth_date", "birth_time", "birth_place")
QUIET = frozenset({"hour_unknown", "day_in_day"})
HALF_PAST_EIGHT = 30_600  # seconds east of UTC: Korea's standard time until 1911 and from 1954 to 1961


def check_birth(form: BirthForm) -> dict[str, Any]:
    """Return what the form says.

    ``understood``: date and time as they were read. ``converted``: the other calendar's date. ``letters``: the pillars. ``leap``: the month, where
    it has a 윤달. ``other``: a time that may have been meant as well, to be chosen by pressing it. ``place``: the place's
    name, where another was typed. ``notices``. ``problems``: what can't be read, by field.
    """
    answer: dict[str, Any] = {
        "understood": "", "converted": "", "letters": [], "leap": None, "other": None, "place": "", "notices": [], "problems": {},
    }  # fmt: skip
    data = form.cleaned_data
    if typed := data.get("birth_date"):
        found = _leap_month(typed[0])
        answer["leap"] = found if found == typed[1] else None
    if (place := data.get("birth_place")) and place_name(place) != form["birth_place"].value():
        answer["place"] = _("%(place)s의 경도로 봐요.") % {"place": place_name(place)}
    chart = form.chart
    if chart is None:
        answer["problems"] = {name: form.errors[name][0] for name in CHECKED if name in form.errors}
        return answer
    answer["understood"] = _understood(chart)
    answer["converted"] = _converted(chart)
    answer["letters"] = letters(chart.pillars)
    answer["other"] = _other_time(form)
    warnings = [notice_text(row) for row in chart.warnings if row.code not in QUIET]
    answer["notices"] = [*warnings, *_clock(chart)]
    return answer


def letters(pillars: Pillars) -> list[dict[str, Any]]:
    """Return the four pillars as they stand on a page, the hour's first."""
    return [_letters(place, getattr(pillars, place)) for place in ORDER]


def _letters(place: str, pillar: Pillar | None) -> dict[str, Any]:
    """Return a pillar's name, and its two signs with the classes of their elements; none where the hour is unknown."""
    if pillar is None:
        return {"said": f"{place_word(place)} ?", "signs": []}
    elements = STEM_ELEMENT[pillar.stem], BRANCH_ELEMENT[pillar.branch]
    signs = zip(pillar.hanja, pillar.hangul, elements, strict=True)
    return {
        "said": f"{place_word(place)} {pillar.hangul}",
        "signs": [
            {"hanja": hanja, "word": f"{hangul} {element_word(element)}", "element": ELEMENT_CLASSES[element]}
            for hanja, hangul, element in signs
        ],
    }


def _understood(chart: Chart) -> str:
    """Return the date with its weekday, the time, and the 시 that it falls in."""
    birth, day = chart.birth, chart.solar_date
    if birth.calendar == "solar":
        said = _("%(date)s %(weekday)s") % {"date": long_date(day), "weekday": date_format(day, "l")}
    else:
        leap = _("윤달 ") if birth.calendar == "lunar_leap" else ""
        said = _("음력 %(year)d년 %(leap)s%(month)d월 %(day)d일") % {
            "year": birth.year, "leap": leap, "month": birth.month, "day": birth.day,
        }  # fmt: skip
    if birth.hour is None or birth.minute is None or chart.pillars.hour is None:
        return said
    return " · ".join((said, clock_face(birth.hour, birth.minute), hour_name(chart.pillars.hour.branch)))


def _other_time(form: BirthForm) -> dict[str, str] | None:
    """Return the afternoon hour for a morning hour that may have been meant so, with the words of its button."""
    hour = form.other_hour()
    if hour is None:
        return None
    minute = form.cleaned_data["birth_time"].minute
    return {
        "time": f"{hour:02}:{minute:02}",
        "words": _("%(time)s인가요?") % {"time": clock_face(hour, minute)},
    }


def clock_face(hour: int, minute: int) -> str:
    """Return a time on the dial of twelve, as people say it."""
    half = _("오전 %(time)s") if hour < 12 else _("오후 %(time)s")
    return half % {"time": f"{hour % 12 or 12}:{minute:02}"}


def _clock(chart: Chart) -> list[str]:
    """Return notices of the clock that Korea used on that day, where it differs from today's.

    People know the hour of their birth, but not the rule that their clock followed.
    """
    birth, day = chart.birth, chart.solar_date
    if birth.hour is None or birth.minute is None:
        return []
    civil = resolve(day.year, day.month, day.day, birth.hour, birth.minute, birth.timezone, birth.fold)
    found = []
    # A skipped or repeated time has a notice of its own.
    if civil.dst and civil.kind not in ("gap", "fold"):
        found.append(
            _("서머타임으로 시계를 앞당겨 쓰던 때예요. 저희가 맞추니 적힌 시각을 그대로 적어 주세요.")
        )
    if birth.timezone == SEOUL_ZONE and civil.standard == HALF_PAST_EIGHT:
        found.append(_("표준시가 지금보다 30분 늦던 때예요. 저희가 맞추니 적힌 시각을 그대로 적어 주세요."))
    return found


def _leap_month(year: int) -> int | None:
    try:
        return lunar.leap_month(year)
    except SajuError:
        return None


def _converted(chart: Chart) -> str:
    if chart.birth.calendar != "solar":
        return _("양력으로 %(date)s이에요.") % {"date": long_date(chart.solar_date)}
    if chart.lunar_date is None:
        return ""
    found = chart.lunar_date
    month = _("윤%(month)d월") if found.leap else _("%(month)d월")
    return _("음력으로 %(year)d년 %(month)s %(day)d일이에요.") % {
        "year": found.year,
        "month": month % {"month": found.month},
        "day": found.day,
    }


def long_date(day: date) -> str:
    """ "1990년 5월 15일", or "15 May 1990" — the year without a thousands separator."""
    return date_format(day, "DATE_FORMAT")
