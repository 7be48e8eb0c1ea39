"""How a chart came about: the clock it was cast by, what was corrected, what to know before trusting it."""

from __future__ import annotations

from dataclasses import dataclass

from fortune.pages.labels import correction_text, notice_text
from fortune.saju import Chart, Notice
from fortune.saju.cycle import Pillars


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know before trusting the chart; ``other`` has the eight letters of the other side."""

    text: str
    other: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Making:
    clock: str
    corrections: tuple[str, ...]
    warnings: tuple[Caution, ...]


def making(chart: Chart) -> Making:
    return Making(
        f"{chart.clock_time:%H:%M}" if chart.clock_time else "",
        tuple(correction_text(row) for row in chart.corrections),
        tuple(_caution(row, chart.pillars) for row in chart.warnings),
    )


def _caution(row: Notice, own: Pillars) -> Caution:
    if row.pillars is None:
        return Caution(notice_text(row), ())
    pairs = zip(("hour", "day", "month", "year"), reversed(row.pillars.named()), strict=False)
    mine = dict(own.named())
    letters = tuple((pillar.hanja, mine.get(place) != pillar) for _unused, (place, pillar) in pairs)
    return Caution(notice_text(row), letters)
