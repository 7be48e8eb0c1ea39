"""The timeline 대운 → 세운 → 월운, opened at the decade and year that the visitor chose, or at the present."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core.limits.days import KOREA, korean_day
from fortune.pages.charts.chart import branch_sign, stem_sign
from fortune.pages.charts.components import component
from fortune.pages.charts.interactions import Interaction, interactions
from fortune.pages.charts.labels import name_of
from fortune.saju import Chart, Options
from fortune.saju.calendar.pillars import Month, last_second, months, year_on, year_pillar
from fortune.saju.cycle import Pillar, pillar
from fortune.saju.derive.basics import branch_god, stage, ten_god
from fortune.saju.luck import Decade, decade_on

FIRST, LAST = 1900, 2100


@dataclass(frozen=True, slots=True)
class Step:
    """One pillar of the timeline. ``value`` is what its button sends, ``letters`` its signs and what they are, as HTML."""

    value: int
    title: str
    letters: SafeString
    is_now: bool = False
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class LuckView:
    """The timeline. ``decade`` 0 is the time before the first 대운; ``interactions``: of the chosen year's pillar."""

    direction: str
    how: str
    decades: tuple[Step, ...]
    decade: int
    years: tuple[Step, ...]
    year: int
    months: tuple[Step, ...]
    interactions: tuple[Interaction, ...]
    decade_interactions: tuple[Interaction, ...]


def luck_view(chart: Chart, *, now: datetime, decade: int | None = None, year: int | None = None) -> LuckView:
    """Return the timeline with one 대운 and one 세운 open.

    A 대운 lists every year of which it rules a part, so the year of a 교운 stands in both.
    """
    day, decades = korean_day(now), chart.luck.decades
    today, now_decade = year_on(day), _place(decades, day)
    if decade is None:
        decade = now_decade if year is None else _place(decades, date(min(max(year, FIRST), LAST), 12, 31))
    decade = min(max(decade, 0), sum(row.begins.year <= LAST for row in decades))
    first, last = decades[decade - 1].years if decade else (chart.solar_date.year, decades[0].begins.year)
    if decade == now_decade:
        # A 교운 in January lies in the year that began at last February's 입춘; the last 대운 stays.
        first, last = min(first, today), max(last, today)
    span = range(max(first, FIRST), min(last, LAST) + 1)
    open_year = year if year is not None and year in span else today if today in span else span.start
    own = chart.luck.pillars[decade - 1] if decade else None
    letters = _Letters(chart)
    return LuckView(
        _("순행") if chart.luck.direction == "forward" else _("역행"),
        _how_it_begins(chart),
        _decade_steps(letters, decades, decade, now_decade),
        decade,
        _year_steps(letters, span, today, open_year, born=chart.solar_date.year),
        open_year,
        _month_steps(letters, months(open_year), last_second(day)),
        interactions(chart.pillars, year_pillar(open_year)),
        interactions(chart.pillars, own) if own else (),
    )


def _place(decades: tuple[Decade, ...], day: date) -> int:
    """Return the number of the 대운 that rules on ``day``, 0 before the first."""
    at = decade_on(decades, day)
    return 0 if at is None else at + 1


def _how_it_begins(chart: Chart) -> str:
    """Return the sentence that tells how the age of the first 대운 was found."""
    luck = chart.luck
    if luck.start_age_range:
        ages = "–".join(str(age) for age in sorted(set(luck.start_age_range)))
        # A day to the 절 is four months of life.
        return _("태어난 시각을 몰라, 대운이 바뀌는 때는 넉 달쯤까지 다를 수 있어요(대운수 %(age)s).") % {
            "age": ages
        }
    return _(
        "절기까지의 날수를 3으로 나누면 %(years)d년 %(months)d개월이라, 첫 대운은 %(date)s에 들어와요"
        "(반올림한 대운수 %(age)d)."
    ) % {
        "age": luck.start_age,
        "years": luck.years,
        "months": luck.months,
        "date": date_format(luck.begins, "DATE_FORMAT"),
    }


class _Letters:
    """The signs of pillars, and what they are to a chart's day stem, in the visitor's language."""

    def __init__(self, chart: Chart) -> None:
        options = chart.options
        self._to = get_language(), chart.pillars.day.stem, options.stage_earth, options.stage_yin

    def of(self, pillar: Pillar) -> SafeString:
        return _letters(pillar, *self._to)


# A sentence is looked up once for all the steps that say it: it costs as much as the rest of a step.


def _decade_steps(
    letters: _Letters, decades: tuple[Decade, ...], chosen: int, current: int
) -> tuple[Step, ...]:
    title, note = _("대운수 %(age)d"), _("%(year)d년 %(month)d월부터")
    return tuple(
        Step(
            n, title % {"age": row.age}, letters.of(row.pillar), n == current, n == chosen,
            note % {"year": row.begins.year, "month": row.begins.month},
        )
        for n, row in enumerate(decades, 1)
    )  # fmt: skip


def _year_steps(letters: _Letters, span: range, today: int, chosen: int, *, born: int) -> tuple[Step, ...]:
    # Until the birthday one is a year younger than a year makes one: the reading beside it says the age of today.
    title, note, first = _("%(year)d년"), _("%(age)d세 되는 해"), _("태어난 해")
    return tuple(
        Step(
            year, title % {"year": year}, letters.of(year_pillar(year)), year == today, year == chosen,
            note % {"age": year - born} if year > born else first,
        )
        for year in span
    )  # fmt: skip


def _month_steps(letters: _Letters, rows: Iterable[Month], now: int) -> tuple[Step, ...]:
    title = _("%(month)d월 %(day)d일부터")
    steps = []
    for row in rows:
        began = datetime.fromtimestamp(row.since, KOREA)
        is_now = row.since <= now < row.until
        named = title % {"month": began.month, "day": began.day}
        steps.append(Step(row.number, named, letters.of(row.pillar), is_now, note=row.term))
    return tuple(steps)


@lru_cache(maxsize=4096)
def _letters(pillar: Pillar, language: str | None, me: int, stage_earth: str, stage_yin: str) -> SafeString:
    """Return the HTML for a pillar and a day stem: there are sixty of the one and ten of the other, in a language."""
    return component(
        "luck_letters",
        stem=stem_sign(pillar.stem),
        branch=branch_sign(pillar.branch),
        stem_god=name_of(ten_god(me, pillar.stem)),
        branch_god=name_of(branch_god(me, pillar.branch)),
        stage=name_of(stage(me, pillar.branch, stage_earth, stage_yin)),
    )


def warm_up() -> None:
    """Make the letters of all pillars, which would be half of what the timelines of the first hundred charts cost."""
    options = Options()
    for language, _name in settings.LANGUAGES:
        with override(language):
            for day in range(10):
                for at in range(60):
                    _letters(pillar(at % 10, at % 12), language, day, options.stage_earth, options.stage_yin)
