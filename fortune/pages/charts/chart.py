"""The 원국표 and the notes on how it was cast, as values for templates. Templates get no objects of the engine."""

from __future__ import annotations

from dataclasses import dataclass

from fortune.pages.charts.labels import (
    correction_text,
    element_word,
    english,
    name_of,
    notice_text,
    place_word,
)
from fortune.saju import Chart, Notice, Pillars
from fortune.saju.cycle import BRANCH_ELEMENT, BRANCHES, BRANCHES_KO, STEM_ELEMENT, STEMS, STEMS_KO
from fortune.saju.derive.facts import Column, Facts
from fortune.saju.derive.hidden_stems import Hidden

# Columns stand as in every Korean 만세력: the year at the right.
ORDER = ("hour", "day", "month", "year")
ELEMENT_CLASSES = ("wood", "fire", "earth", "metal", "water")


@dataclass(frozen=True, slots=True)
class SignView:
    """One of the eight letters. ``cell`` is its address ("day.stem"), ``element`` a CSS class."""

    cell: str
    hanja: str
    reading: str
    element: str
    element_word: str
    yang: bool


@dataclass(frozen=True, slots=True)
class HiddenView:
    hanja: str
    reading: str
    element: str
    god: str


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One pillar's column; ``stem`` and ``branch`` are None where the hour is unknown.

    The fields of gods, stages and spirits are glossary keys.
    """

    place: str
    label: str
    stem: SignView | None = None
    branch: SignView | None = None
    stem_god: str = ""
    branch_god: str = ""
    hidden: tuple[HiddenView, ...] = ()
    stage: str = ""
    own_stage: str = ""
    sinsal: str = ""
    void: tuple[str, ...] = ()
    nayin: str = ""
    stars: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return self.stem is not None


@dataclass(frozen=True, slots=True)
class ChartView:
    """The table: four columns from hour to year."""

    columns: tuple[ColumnView, ...]
    hour_known: bool


def chart_view(facts: Facts) -> ChartView:
    """Return the table of a chart."""
    columns = tuple(_column(place, facts.column(place)) for place in ORDER)
    return ChartView(columns, facts.pillars.hour is not None)


def stem_sign(stem: int, cell: str = "") -> SignView:
    element = STEM_ELEMENT[stem]
    return _sign(cell, STEMS[stem], STEMS_KO[stem], element, yang=stem % 2 == 0)


def branch_sign(branch: int, cell: str = "") -> SignView:
    element = BRANCH_ELEMENT[branch]
    return _sign(cell, BRANCHES[branch], BRANCHES_KO[branch], element, yang=branch % 2 == 0)


def _sign(cell: str, hanja: str, hangul: str, element: int, *, yang: bool) -> SignView:
    return SignView(cell, hanja, hangul, ELEMENT_CLASSES[element], element_word(element), yang)


def _column(place: str, column: Column | None) -> ColumnView:
    label = place.capitalize() if english() else place_word(place)  # four columns on a phone
    if column is None:
        return ColumnView(place, label)
    return ColumnView(
        place,
        label,
        stem_sign(column.pillar.stem, f"{place}.stem"),
        branch_sign(column.pillar.branch, f"{place}.branch"),
        column.stem_god,
        column.branch_god,
        tuple(_hidden(row) for row in column.hidden),
        column.stage,
        column.own_stage,
        column.sinsal,
        tuple(place_word(base) for base in column.void),
        column.nayin,
        tuple(dict.fromkeys(star.key for star in column.stars)),
    )


def _hidden(row: Hidden) -> HiddenView:
    return HiddenView(STEMS[row.stem], STEMS_KO[row.stem], ELEMENT_CLASSES[row.stem // 2], name_of(row.god))


@dataclass(frozen=True, slots=True)
class ChartWarning:
    """Something to know before trusting the chart; ``other`` has the eight letters of the other side."""

    text: str
    other: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class CastingNotes:
    clock: str
    corrections: tuple[str, ...]
    warnings: tuple[ChartWarning, ...]


def casting_notes(chart: Chart) -> CastingNotes:
    return CastingNotes(
        f"{chart.clock_time:%H:%M}" if chart.clock_time else "",
        tuple(correction_text(row) for row in chart.corrections),
        tuple(_warning(row, chart.pillars) for row in chart.warnings),
    )


def _warning(row: Notice, own: Pillars) -> ChartWarning:
    if row.pillars is None:
        return ChartWarning(notice_text(row), ())
    pairs = zip(("hour", "day", "month", "year"), reversed(row.pillars.named()), strict=False)
    mine = dict(own.named())
    letters = tuple((pillar.hanja, mine.get(place) != pillar) for _unused, (place, pillar) in pairs)
    return ChartWarning(notice_text(row), letters)
