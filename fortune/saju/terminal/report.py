"""A chart as lines of text for a terminal, its signs coloured by their element."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from unicodedata import east_asian_width

from fortune.saju.calendar.zones import zone
from fortune.saju.chart import Chart
from fortune.saju.cycle import BRANCH_ELEMENT, BRANCHES, ELEMENTS_KO, STEM_ELEMENT, STEMS, Pillar
from fortune.saju.derive.facts import Column, Facts
from fortune.saju.derive.judgements.useful import ROLES
from fortune.saju.glossary import TERMS
from fortune.saju.korean import CELLS_KO
from fortune.saju.luck import Luck

_COLOURS = ("32", "31", "33", "37", "34")  # 목 green, 화 red, 토 yellow, 금 white, 수 blue
_WIDTH = 12
_PLACES = {"hour": "시", "day": "일", "month": "월", "year": "년"}
_VERDICTS = {True: "○", False: "×", None: "?"}


def report(chart: Chart, *, colours: bool) -> str:
    """Return the chart as text; ``colours`` adds ANSI colour codes."""
    facts = chart.facts
    lines = [*_born(chart), "", *_table(facts, colours), "", *_judged(facts, colours), ""]
    lines += [f"{name}: {text}" for name, text in _found(facts) if text]
    lines += ["", _luck(chart.luck)]
    lines.append("  ".join(f"{d.age} {_coloured(d.pillar, colours)}" for d in chart.luck.decades))
    lines += [f"후보: {c.year.hanja} {c.month.hanja}, {_luck(c.luck)}" for c in chart.candidates]
    lines += ["", *(f"보정: {c.message}" for c in chart.corrections)]
    for warning in chart.warnings:
        other = warning.pillars
        signs = f" → {' '.join(p.hanja for _, p in other.named())}" if other else ""
        lines.append(f"주의: {warning.message}{signs}")
    return "\n".join(lines).rstrip()


def _born(chart: Chart) -> Iterator[str]:
    lunar = chart.lunar_date
    found = f"양력 {chart.solar_date}"
    if lunar is not None:
        found += f" (음력 {lunar.year}년 {'윤' if lunar.leap else ''}{lunar.month}월 {lunar.day}일)"
    if chart.clock_time is not None:
        found += f", 적용 시각 {chart.clock_time:%Y-%m-%d %H:%M:%S}"
    yield found
    if chart.days_since_term is not None:
        at = datetime.fromtimestamp(chart.term.at, zone(chart.birth.timezone))
        yield f"{chart.term.name}({at:%Y-%m-%d %H:%M:%S})에서 {chart.days_since_term:.1f}일 뒤"


def _table(facts: Facts, colours: bool) -> list[str]:
    columns = tuple(reversed(facts.columns))
    rows = [
        [_PLACES[c.place] + "주" for c in columns],
        [_name(c.stem_god) for c in columns],
        [_sign(STEMS[c.pillar.stem], STEM_ELEMENT[c.pillar.stem], colours) for c in columns],
        [_sign(BRANCHES[c.pillar.branch], BRANCH_ELEMENT[c.pillar.branch], colours) for c in columns],
        [_name(c.branch_god) for c in columns],
        ["".join(STEMS[h.stem] for h in c.hidden) for c in columns],
        [f"{_name(c.stage)}({_name(c.own_stage)})" for c in columns],
        [_name(c.sinsal) for c in columns],
        [_name(c.nayin) for c in columns],
        [_void(c) for c in columns],
    ]
    return ["".join(_padded(cell) for cell in row).rstrip() for row in rows if any(row)]


def _void(column: Column) -> str:
    return f"공망({'·'.join(_PLACES[place] for place in column.void)})" if column.void else ""


def _judged(facts: Facts, colours: bool) -> Iterator[str]:
    counted, force, useful = facts.elements, facts.strength, facts.useful
    shares = zip(range(5), counted.counts, counted.weighted, strict=True)
    listed = (f"{_sign(ELEMENTS_KO[at], at, colours)} {n} ({share:g}%)" for at, n, share in shares)
    yield f"오행 {', '.join(listed)}, 양 {counted.yang} 음 {counted.yin}"
    tests = " ".join(f"{_name(test.key)} {_VERDICTS[test.held]}" for test in force.tests)
    yield f"{_name(force.level)} {force.score:g}% ({tests})"
    candidates = "".join(f", 월지로는 {_name(c.key)}" for c in facts.structure.candidates)
    yield f"{_name(facts.structure.key)}{candidates}"
    chosen = ", ".join(f"{_name(c.method)} {ELEMENTS_KO[c.element]}" for c in useful.choices)
    roles = " ".join(
        f"{_name(r)} {ELEMENTS_KO[element]}" for r, element in zip(ROLES, useful.roles, strict=True)
    )
    yield f"{chosen} ({_name(useful.primary)}을 앞세우면 {roles})"


def _found(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield names and lists; those that are empty are not shown."""
    for column in reversed(facts.columns):
        stars = dict.fromkeys(_name(star.key) for star in column.stars)
        yield f"{_PLACES[column.place]}주 신살", ", ".join(stars)
    yield (
        "관계",
        ", ".join(
            f"{'·'.join(CELLS_KO[cell] for cell in r.cells)} {r.signs} {_name(r.kind)}"
            for r in facts.relations
        ),
    )
    palaces = ((name, pillar) for name, pillar in facts.palaces._asdict().items() if pillar is not None)
    yield "곁들임", ", ".join(f"{_name(name)} {pillar.hanja}" for name, pillar in palaces)


def _luck(luck: Luck) -> str:
    direction = "순행" if luck.direction == "forward" else "역행"
    first, last = luck.start_age_range or (luck.start_age, luck.start_age)
    if first != last:
        return f"대운 {direction}, {first}세나 {last}세부터"
    return f"대운 {direction}, {luck.start_age}세부터 (교운 {luck.years}년 {luck.months}개월)"


def _name(key: str) -> str:
    return TERMS[key].ko


def _coloured(pillar: Pillar, colours: bool) -> str:
    stem = _sign(STEMS[pillar.stem], STEM_ELEMENT[pillar.stem], colours)
    return stem + _sign(BRANCHES[pillar.branch], BRANCH_ELEMENT[pillar.branch], colours)


def _sign(text: str, element: int, colours: bool) -> str:
    return f"\x1b[1;{_COLOURS[element]}m{text}\x1b[0m" if colours else text


def _padded(cell: str) -> str:
    shown = cell.split("m", 1)[1].removesuffix("\x1b[0m") if cell.startswith("\x1b") else cell
    width = sum(2 if east_asian_width(c) in "WF" else 1 for c in shown)
    return cell + " " * (_WIDTH - width)
