"""A chart as lines of text for a terminal, its signs coloured by their element."""

from __future__ import annotations

from unicodedata import east_asian_width

from fortune.saju.chart import Chart
from fortune.saju.cycle import BRANCH_ELEMENT, BRANCHES, STEM_ELEMENT, STEMS, Pillar
from fortune.saju.glossary import TERMS

_COLOURS = ("32", "31", "33", "37", "34")  # 목 green, 화 red, 토 yellow, 금 white, 수 blue
_WIDTH = 12
_PLACES = {"hour": "시", "day": "일", "month": "월", "year": "연"}


def report(chart: Chart, *, colours: bool) -> str:
    """The chart as text; ``colours`` adds ANSI colour codes."""
    lines = [_born(chart), "", *_table(chart, colours), ""]
    luck = chart.luck
    direction = "순행" if luck.direction == "forward" else "역행"
    lines.append(f"대운 {direction}, {luck.start_age}세부터 (교운 {luck.years}년 {luck.months}개월)")
    lines.append("  ".join(f"{d.age} {_coloured(d.pillar, colours)}" for d in luck.decades))
    lines += [f"후보: {c.year.hanja} {c.month.hanja}" for c in chart.candidates]
    lines += ["", *(f"보정: {c.message}" for c in chart.corrections)]
    for warning in chart.warnings:
        other = warning.pillars
        signs = f" → {' '.join(p.hanja for _, p in other.named())}" if other else ""
        lines.append(f"주의: {warning.message}{signs}")
    return "\n".join(lines)


def _born(chart: Chart) -> str:
    lunar = chart.lunar_date
    found = f"양력 {chart.solar_date}"
    if lunar is not None:
        found += f" (음력 {lunar.year}년 {'윤' if lunar.leap else ''}{lunar.month}월 {lunar.day}일)"
    if chart.clock_time is not None:
        found += f", 적용 시각 {chart.clock_time:%Y-%m-%d %H:%M:%S}"
    return found


def _table(chart: Chart, colours: bool) -> list[str]:
    columns = tuple(reversed(chart.facts.columns))
    rows = [
        [_PLACES[c.place] + "주" for c in columns],
        [_name(c.stem_god) for c in columns],
        [_sign(STEMS[c.pillar.stem], STEM_ELEMENT[c.pillar.stem], colours) for c in columns],
        [_sign(BRANCHES[c.pillar.branch], BRANCH_ELEMENT[c.pillar.branch], colours) for c in columns],
        [_name(c.branch_god) for c in columns],
        [_name(c.stage) for c in columns],
        [_name(c.sinsal) for c in columns],
    ]
    return ["".join(_padded(cell) for cell in row).rstrip() for row in rows]


def _name(key: str) -> str:
    return TERMS[key].ko


def _coloured(pillar: Pillar, colours: bool) -> str:
    stem = _sign(STEMS[pillar.stem], STEM_ELEMENT[pillar.stem], colours)
    return stem + _sign(BRANCHES[pillar.branch], BRANCH_ELEMENT[pillar.branch], colours)


def _sign(sign: str, element: int, colours: bool) -> str:
    return f"\x1b[1;{_COLOURS[element]}m{sign}\x1b[0m" if colours else sign


def _padded(cell: str) -> str:
    shown = cell.split("m", 1)[1].removesuffix("\x1b[0m") if cell.startswith("\x1b") else cell
    width = sum(2 if east_asian_width(c) in "WF" else 1 for c in shown)
    return cell + " " * (_WIDTH - width)
