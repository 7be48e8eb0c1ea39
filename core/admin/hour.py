"""The last hour as drawings: what the operators' page shows of ``core.redis.minutes``, laid out for SVG and for tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.limits.days import KOREA
from core.redis.minutes import MINUTES, Minute, percentile

# A drawing is 600 × 100 units, stretched to the width of the page: one column of ten units per minute.
COLUMN: Final = 10
HEIGHT: Final = 100

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape of one series. ``style`` is its class in the style sheet."""

    style: str
    path: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Shapes over one axis of time; ``top`` is the value at its upper edge."""

    title: str
    top: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure over the hour. ``rows`` say the same as the strips, in words: the time, and a cell for each column."""

    key: str
    title: str
    summary: str
    strips: tuple[Strip, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Hour:
    """All drawings, and the times at the beginning, the middle and the end of their axis."""

    drawings: tuple[Drawing, ...]
    times: tuple[str, str, str]


def draw(minutes: Sequence[Minute]) -> Hour:
    """Lay out all drawings of these minutes."""
    times = [_time(minute.starts_at) for minute in minutes]
    drawings = (
        _streams(minutes, times),
        _first_text(minutes, times),
        _cost(minutes, times),
        _failures(minutes, times),
    )
    return Hour(drawings, (times[0], times[MINUTES // 2], times[-1]))


def _streams(minutes: Sequence[Minute], times: list[str]) -> Drawing:
    values = [minute.mean("streams") for minute in minutes]
    top = max(values)
    said = {"now": _mean(values[-1]), "top": _mean(top)}
    return Drawing(
        "streams",
        _("쓰는 글"),
        _("지금 %(now)s개, 가장 많을 때 %(top)s개") % said,
        (Strip("", _mean(top), (Mark("area", _area(values, top)), Mark("line", _steps(values, top)))),),
        (_("쓰는 글"),),
        _rows(times, [list(map(_mean, values))]),
    )


def _first_text(minutes: Sequence[Minute], times: list[str]) -> Drawing:
    buckets = [minute.by("first") for minute in minutes]
    half = [percentile(found, 0.5) for found in buckets]
    most = [percentile(found, 0.95) for found in buckets]
    top = max((value for value in most if value is not None), default=0.0)
    hour: dict[str, int] = {}
    for found in buckets:
        for bucket, count in found.items():
            hour[bucket] = hour.get(bucket, 0) + count
    said = {"half": _seconds(percentile(hour, 0.5)), "most": _seconds(percentile(hour, 0.95))}
    return Drawing(
        "first",
        _("첫 글자까지"),
        _("절반은 %(half)s, 95%%는 %(most)s 안에") % said,
        (
            Strip(
                "", _seconds(top), (Mark("line second", _ticks(most, top)), Mark("line", _steps(half, top)))
            ),
        ),
        ("50%", "95%"),
        _rows(times, [list(map(_seconds, half)), list(map(_seconds, most))]),
    )


def _cost(minutes: Sequence[Minute], times: list[str]) -> Drawing:
    values = [minute.count("cost") / 1_000_000 for minute in minutes]
    top = max(values)
    return Drawing(
        "cost",
        _("비용"),
        _("한 시간에 %(sum)s달러") % {"sum": f"{sum(values):.4f}"},
        (Strip("", f"${top:.4f}", (Mark("bars", _bars(values, top)),)),),
        (_("비용(달러)"),),
        _rows(times, [[f"{value:.4f}" for value in values]]),
    )


def _failures(minutes: Sequence[Minute], times: list[str]) -> Drawing:
    failed = [minute.by("failed") for minute in minutes]
    asked = [minute.by("asked") for minute in minutes]
    names = sorted({name for found in (*asked, *failed) for name in found})
    top = max((count for found in failed for count in found.values()), default=0)
    strips = []
    for name in names:
        values = [found.get(name, 0) for found in failed]
        said = {"name": name, "failed": sum(values), "asked": sum(found.get(name, 0) for found in asked)}
        title = _("%(name)s: 요청 %(asked)d번 중 실패 %(failed)d번") % said
        strips.append(Strip(title, str(top), (Mark("bars bad", _bars(values, top)),)))
    total = sum(count for found in failed for count in found.values())
    return Drawing(
        "failures",
        _("쓰는 곳의 실패"),
        _("한 시간에 %(n)d번") % {"n": total} if names else _("한 시간 동안 부른 곳이 없어요."),
        tuple(strips),
        tuple(names),
        _rows(times, [[str(found.get(name, 0)) for found in failed] for name in names]),
    )


def _rows(times: list[str], columns: list[list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the rows of a table, the newest minute first."""
    return tuple(
        zip(
            reversed(times),
            [tuple(cells) for cells in zip(*map(reversed, columns), strict=True)],
            strict=False,
        )
    )


def _bars(values: Sequence[float], top: float) -> str:
    tall = [(index, max(2.0, HEIGHT * value / top)) for index, value in enumerate(values) if value > 0]
    return "".join(
        f"M{i * COLUMN + 1} {HEIGHT}v-{height:.1f}h{COLUMN - 2}v{height:.1f}z" for i, height in tall
    )


def _steps(values: Values, top: float) -> str:
    """Return a line that is level within each minute; it breaks where a minute has no value."""
    path, is_drawn = "", False
    for index, value in enumerate(values):
        if value is not None:
            path += f"{'L' if is_drawn else 'M'}{index * COLUMN} {_y(value, top)}h{COLUMN}"
        is_drawn = value is not None
    return path


def _ticks(values: Values, top: float) -> str:
    """Return a level stroke for each minute that has a value."""
    return "".join(
        f"M{i * COLUMN + 1} {_y(v, top)}h{COLUMN - 2}" for i, v in enumerate(values) if v is not None
    )


def _area(values: Sequence[float], top: float) -> str:
    return f"{_steps(values, top)}V{HEIGHT}H0z"


def _y(value: float, top: float) -> str:
    return f"{max(0.0, HEIGHT - HEIGHT * value / top):.1f}" if top else str(HEIGHT)


def _mean(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _seconds(value: float | None) -> str:
    return _("%(n)s초") % {"n": f"{value:.1f}"} if value else "—"


def _time(seconds: int) -> str:
    return f"{localtime(datetime.fromtimestamp(seconds, tz=KOREA), KOREA):%H:%M}"
