"""Everything a chart supports, as statements with stable ids and the cells they rest on.

A reading may say nothing about the chart beyond these statements; the page shows the cells, and the checker
compares a text with these ids.
"""

from __future__ import annotations

from collections.abc import Iterator

from fortune.saju.cycle import BRANCHES, STEMS
from fortune.saju.derive.facts import Column, Facts
from fortune.saju.derive.relations import Relation
from fortune.saju.glossary import TERMS, en, ko
from fortune.saju.korean import (
    CELLS_KO,
    ELEMENTS_EN,
    PLACES_KO,
    branch_ko,
    cells_en,
    element_ko,
    josa,
    stem_ko,
)
from fortune.saju.statements.contacts import in_order, with_signs
from fortune.saju.statements.judgement import judgements
from fortune.saju.statements.statement import Statement, with_hanja

__all__ = ["Statement", "statements"]


def statements(chart_facts: Facts) -> tuple[Statement, ...]:
    """Return the complete list of what the chart supports, ids unique, in a fixed order."""
    rows: list[Statement] = []
    for column in chart_facts.columns:
        rows += _column(column)
    rows += _voids(chart_facts)
    rows += (relation(row) for row in chart_facts.relations)
    rows += judgements(chart_facts)
    rows += _rest(chart_facts)
    return tuple(rows)


def relation(row: Relation) -> Statement:
    """Return the sentence for one relation, of a chart or of a luck pillar with it."""
    where = "·".join(CELLS_KO[cell] for cell in row.cells)
    where_en = ", ".join(cells_en(cell) for cell in row.cells)
    signs = in_order(row.kind, row.signs)
    text = f"{where} 사이에 {josa(with_signs(row.kind, row.signs), '이/가')} 있어요."
    text_en = f"{signs} ({where_en}): {en(row.kind)} ({row.kind})."
    if row.element is not None:
        text += f" 합이 향하는 기운은 {josa(element_ko(row.element), '이에요/예요')}."
        text_en += f" It turns towards {ELEMENTS_EN[row.element]}."
    cells = row.cells
    if row.in_season:
        text += " 태어난 달이 그 기운을 도와요."
        text_en += " The birth month supports it."
        cells = tuple(dict.fromkeys((*cells, "month.branch")))
    if row.adjacent:
        text += " 서로 이웃한 기둥이에요."
        text_en += " The pillars are neighbours."
    return Statement(row.id, text, text_en, cells, "fact")


def _column(column: Column) -> Iterator[Statement]:
    yield from _signs(column)
    yield _hidden(column)
    yield from _stages(column)
    yield from _marks(column)
    for star in column.stars:
        yield Statement(
            star.id,
            f"{PLACES_KO[column.place]}에 {josa(with_hanja(star.key), '이/가')} 있어요. {TERMS[star.key].meaning}",
            f"{en(star.key)} ({star.key}) on the {column.place} pillar. {TERMS[star.key].meaning_en}",
            star.cells,
            "reference",
        )


def _signs(column: Column) -> Iterator[Statement]:
    """The pillar, and what its stem and its branch are to the day stem."""
    place, stem, branch = column.place, column.pillar.stem, column.pillar.branch
    at_stem, at_branch = f"{place}.stem", f"{place}.branch"
    pillar = f"{column.pillar.hangul}({column.pillar.hanja})"
    yield Statement(
        f"pillar.{place}",
        f"{josa(PLACES_KO[place], '은/는')} {josa(pillar, '이에요/예요')}.",
        f"The {place} pillar is {column.pillar.hanja}.",
        (at_stem, at_branch),
        "fact",
    )
    if place == "day":
        yield Statement(
            "ilgan",
            f"나를 뜻하는 일간은 {josa(stem_ko(stem), '이에요/예요')}.",
            f"The day stem is {STEMS[stem]}, {'yin' if stem % 2 else 'yang'} {ELEMENTS_EN[stem // 2]}.",
            ("day.stem",),
            "fact",
        )
    else:
        yield _god(at_stem, stem_ko(stem), STEMS[stem], column.stem_god)
    yield _god(at_branch, branch_ko(branch), BRANCHES[branch], column.branch_god)


def _hidden(column: Column) -> Statement:
    at_branch, branch = f"{column.place}.branch", column.pillar.branch
    inside = ", ".join(f"{ko(h.role)} {stem_ko(h.stem)} {h.days}일 {ko(h.god)}" for h in column.hidden)
    inside_en = ", ".join(f"{STEMS[h.stem]} {h.days} days {h.god}" for h in column.hidden)
    return Statement(
        f"hidden.{column.place}",
        f"{CELLS_KO[at_branch]} {branch_ko(branch)}의 지장간은 {josa(inside, '이에요/예요')}.",
        f"Hidden stems of the {column.place} branch: {inside_en}.",
        (at_branch, "day.stem"),
        "fact",
    )


def _god(cell: str, sign: str, hanja: str, god: str) -> Statement:
    return Statement(
        f"ten_god.{cell}",
        f"{CELLS_KO[cell]} {josa(sign, '은/는')} {josa(with_hanja(god), '이에요/예요')}.",
        f"The {cells_en(cell)} {hanja} is {god} ({en(god)}).",
        (cell, "day.stem"),
        "fact",
    )


def _stages(column: Column) -> Iterator[Statement]:
    """The 12운성 of the day stem here, and of the stem on its own branch."""
    place = column.place
    at_stem, at_branch = f"{place}.stem", f"{place}.branch"
    below = f"{CELLS_KO[at_branch]} {branch_ko(column.pillar.branch)}"
    yield Statement(
        f"stage.{place}",
        f"일간은 {below}에서 12운성 {josa(with_hanja(column.stage), '이에요/예요')}.",
        f"At the {place} branch the day stem is in the stage {column.stage} ({en(column.stage)}).",
        (at_branch, "day.stem"),
        "fact",
    )
    yield Statement(
        f"own_stage.{place}",
        f"{josa(PLACES_KO[place], '은/는')} 제자리(거법)에서 12운성 "
        f"{josa(with_hanja(column.own_stage), '이에요/예요')}.",
        f"The {place} stem on its own branch is in the stage {column.own_stage} ({en(column.own_stage)}).",
        (at_stem, at_branch),
        "fact",
    )


def _marks(column: Column) -> Iterator[Statement]:
    """The 12신살, the voids and the 납음."""
    place = column.place
    at_stem, at_branch = f"{place}.stem", f"{place}.branch"
    below = f"{CELLS_KO[at_branch]} {branch_ko(column.pillar.branch)}"
    yield Statement(
        f"sinsal12.{place}",
        f"{josa(below, '은/는')} 12신살 가운데 {josa(with_hanja(column.sinsal), '이에요/예요')}. "
        f"{TERMS[column.sinsal].meaning}",
        f"The {place} branch is {column.sinsal} among the twelve spirits. {TERMS[column.sinsal].meaning_en}",
        (at_branch, f"{column.sinsal_from}.branch"),
        "reference",
    )
    for base in column.void:
        yield Statement(
            f"void.{place}.{base}",
            f"{josa(below, '은/는')} {PLACES_KO[base]} 기준 공망 자리예요. "
            "비워 두고 천천히 채워 가는 곳으로 봐요.",
            f"The {place} branch lies in the void of the {base} pillar.",
            (at_branch, f"{base}.stem", f"{base}.branch"),
            "reference",
        )
    yield Statement(
        f"nayin.{place}",
        f"{PLACES_KO[place]}의 납음은 {josa(with_hanja(column.nayin), '이에요/예요')}. "
        f"{TERMS[column.nayin].meaning}",
        f"The melodic element of the {place} pillar is {en(column.nayin)}.",
        (at_stem, at_branch),
        "reference",
    )


def _voids(f: Facts) -> Iterator[Statement]:
    for base, pair in (("day", f.void_day), ("year", f.void_year)):
        yield Statement(
            f"void.{base}",
            f"{PLACES_KO[base]}에서 본 공망은 {branch_ko(pair[0])}, "
            f"{josa(branch_ko(pair[1]), '이에요/예요')}.",
            f"The void of the {base} pillar is {BRANCHES[pair[0]]} {BRANCHES[pair[1]]}.",
            (f"{base}.stem", f"{base}.branch"),
            "fact",
        )


def _rest(f: Facts) -> Iterator[Statement]:
    if f.command is not None:
        yield Statement(
            "command",
            f"태어난 날 월지를 맡은 사령은 {ko(f.command.role)} {stem_ko(f.command.stem)}, "
            f"{josa(ko(f.command.god), '이에요/예요')}.",
            f"The stem in command of the month is {STEMS[f.command.stem]} ({f.command.god}).",
            ("month.branch", "day.stem"),
            "derived",
        )
    yield from _palaces(f)
    years = ", ".join(branch_ko(branch) for branch in f.samjae)
    yield Statement(
        "samjae",
        f"삼재로 읽는 해의 지지는 {josa(years, '이에요/예요')}. {TERMS['samjae'].meaning}",
        f"The branches of the three years of care: {', '.join(BRANCHES[branch] for branch in f.samjae)}.",
        ("year.branch",),
        "reference",
    )
    if f.pillars.hour is None:
        yield Statement(
            "hour.unknown",
            "태어난 시각을 몰라 시주 없이 여섯 글자로만 살폈어요.",
            "The birth hour is unknown: everything is counted over six signs.",
            (),
            "fact",
        )


def _palaces(f: Facts) -> Iterator[Statement]:
    for name, pillar in f.palaces._asdict().items():
        if pillar is not None:
            spelt = f"{pillar.hangul}({pillar.hanja})"
            cells = (
                ("month.stem", "month.branch")
                if name == "taewon"
                else ("year.stem", "month.branch", "hour.branch")
            )
            yield Statement(
                f"palace.{name}",
                f"{josa(with_hanja(name), '은/는')} {josa(spelt, '이에요/예요')}. {TERMS[name].meaning}",
                f"{en(name)} ({name}): {pillar.hanja}.",
                cells,
                "reference",
            )
