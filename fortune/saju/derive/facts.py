"""Facts: everything derived from four pillars, gathered in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from fortune.saju.cycle import BRANCHES, ELEMENTS, STEMS, Pillar, Pillars
from fortune.saju.derive.basics import TEN_GODS, branch_god, nayin, sinsal12, stage, ten_god, void
from fortune.saju.derive.elements import Elements, elements
from fortune.saju.derive.hidden_stems import Hidden, commander, hidden_stems
from fortune.saju.derive.judgements.exceptional import exceptional
from fortune.saju.derive.judgements.force import forces
from fortune.saju.derive.judgements.strength import Strength, strength
from fortune.saju.derive.judgements.structure import Structure, structure
from fortune.saju.derive.judgements.useful import Useful, useful
from fortune.saju.derive.palaces import Palaces, palaces
from fortune.saju.derive.relations import Relation, relations
from fortune.saju.derive.stars import Star, samjae_years, stars_by_place
from fortune.saju.schools import COMMON, Schools, schools_of


class Column(NamedTuple):
    """One pillar with everything derived from it.

    ``stem_god`` of the day is "ilgan". ``stage`` is counted from the day stem (봉법), ``own_stage`` from the
    pillar's own stem (거법). ``void`` names the pillars, day or year, in whose 공망 the branch lies.
    """

    place: str
    pillar: Pillar
    stem_god: str
    branch_god: str
    hidden: tuple[Hidden, ...]
    stage: str
    own_stage: str
    sinsal: str
    sinsal_from: str
    void: tuple[str, ...]
    nayin: str
    stars: tuple[Star, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything derived from four pillars.

    ``columns`` are in the order year, month, day, hour; the last is missing when the hour is unknown, and then
    every count is over six signs. ``command`` is the 사령 when the days since the 절 were given.
    """

    pillars: Pillars
    schools: Schools
    columns: tuple[Column, ...]
    elements: Elements
    relations: tuple[Relation, ...]
    strength: Strength
    structure: Structure
    useful: Useful
    palaces: Palaces
    void_day: tuple[int, int]
    void_year: tuple[int, int]
    samjae: tuple[int, int, int]
    command: Hidden | None

    @property
    def counted_over(self) -> int:
        """8, or 6 when the hour is unknown."""
        return self.elements.counted_over

    @property
    def stars(self) -> tuple[Star, ...]:
        """All stars, year to hour."""
        return tuple(star for column in self.columns for star in column.stars)

    def column(self, place: str) -> Column | None:
        """Return the column of a place; None for the hour when it is unknown."""
        return next((column for column in self.columns if column.place == place), None)

    def to_json(self) -> dict[str, Any]:
        """Return the facts as JSON values: glossary keys, signs in Hanja, elements by their sign."""
        return _to_json(self)


def facts(pillars: Pillars, schools: Schools = COMMON, *, days_since_term: float | None = None) -> Facts:
    """Everything derived from ``pillars`` under ``schools`` (an ``Options`` will do)."""
    if type(schools) is not Schools:
        schools = schools_of(schools)
    counted = elements(pillars, schools)
    held = forces(pillars)
    force = strength(pillars, held)
    followed = exceptional(pillars, held, force.score)
    day, year = pillars.day.index, pillars.year.index
    command = None
    if days_since_term is not None:
        command = commander(
            day % 10, pillars.month.index % 12, days_since_term, schools.hidden, schools.hidden_days
        )
    return Facts(
        pillars,
        schools,
        columns(pillars, schools),
        counted,
        relations(pillars),
        force,
        structure(pillars, followed, schools),
        useful(pillars, held, force, followed, schools),
        palaces(pillars),
        void(day),
        void(year),
        samjae_years(year % 12),
        command,
    )


def columns(pillars: Pillars, schools: Schools = COMMON) -> tuple[Column, ...]:
    """Return the rows of the 원국표, pillar by pillar."""
    day, year = pillars.day.index, pillars.year.index
    options = schools.stage_earth, schools.stage_yin, schools.hidden, schools.hidden_days
    base = schools.sinsal_base
    other = "year" if base == "day" else "day"
    rows = []
    for (place, pillar), stars in zip(pillars.named(), stars_by_place(pillars, schools), strict=True):
        index = pillar.index
        branch = index % 12
        signs = signs_of(day % 10, index, *options)
        # A pillar says nothing about its own cell: that one is counted from the other pillar.
        source = other if place == base else base
        reference = pillars.day if source == "day" else pillars.year
        rows.append(
            Column(
                place, pillar, "ilgan" if place == "day" else signs[0], *signs[1:5],
                sinsal12(reference.branch, branch), source, _void_of(branch, day, year), signs[5], stars,
            )
        )  # fmt: skip
    return tuple(rows)


@cache
def signs_of(
    day_stem: int, index: int, earth: str, yin: str, listing: str, days: str
) -> tuple[str, str, tuple[Hidden, ...], str, str, str]:
    """십성 of stem and branch, 지장간, 봉법, 거법, 납음 of a pillar for a day stem."""
    stem, branch = index % 10, index % 12
    return (
        ten_god(day_stem, stem),
        branch_god(day_stem, branch),
        hidden_stems(day_stem, branch, listing, days),
        stage(day_stem, branch, earth, yin),
        stage(stem, branch, earth, yin),
        nayin(Pillar(index)),
    )


def _void_of(branch: int, day: int, year: int) -> tuple[str, ...]:
    # A pillar's own branch is never among those that its 순 leaves without a stem.
    return tuple(place for place, index in (("day", day), ("year", year)) if branch in void(index))


def _to_json(f: Facts) -> dict[str, Any]:
    s = f.strength
    return {
        "counted_over": f.counted_over,
        "columns": [_column_json(column) for column in f.columns],
        "void": {"day": _branches(f.void_day), "year": _branches(f.void_year)},
        "samjae": _branches(f.samjae),
        "command": None if f.command is None else _hidden_json(f.command),
        "elements": _elements_json(f.elements),
        "relations": [
            {
                "id": r.id, "kind": r.kind, "places": list(r.places), "cells": list(r.cells),
                "signs": r.signs, "element": None if r.element is None else ELEMENTS[r.element],
                "adjacent": r.adjacent, "in_season": r.in_season,
            }
            for r in f.relations
        ],
        "strength": {
            "level": s.level,
            "score": s.score,
            "tests": [{"key": t.key, "held": t.held, "cells": list(t.cells)} for t in s.tests],
        },
        "structure": {
            "key": f.structure.key,
            "stem": STEMS[f.structure.stem],
            "rule": f.structure.rule,
            "cells": list(f.structure.cells),
            "candidates": [{"key": c.key, "cells": list(c.cells)} for c in f.structure.candidates],
        },
        "useful": _useful_json(f.useful),
        "palaces": {
            name: None if pillar is None else pillar.hanja for name, pillar in f.palaces._asdict().items()
        },
    }  # fmt: skip


def _column_json(column: Column) -> dict[str, Any]:
    row = column._asdict()
    row["pillar"] = column.pillar.hanja
    row["hidden"] = [_hidden_json(entry) for entry in column.hidden]
    row["void"] = list(column.void)
    row["stars"] = [{"id": s.id, "key": s.key, "cells": list(s.cells)} for s in column.stars]
    return row


def _elements_json(e: Elements) -> dict[str, Any]:
    return {
        "counts": dict(zip(ELEMENTS, e.counts, strict=True)),
        "shares": dict(zip(ELEMENTS, e.shares, strict=True)),
        "labels": dict(zip(ELEMENTS, e.labels, strict=True)),
        "weighted": dict(zip(ELEMENTS, e.weighted, strict=True)),
        "weighted_labels": dict(zip(ELEMENTS, e.weighted_labels, strict=True)),
        "yang": e.yang,
        "yin": e.yin,
        "ten_gods": dict(zip(TEN_GODS, e.god_counts, strict=True)),
    }


def _useful_json(u: Useful) -> dict[str, Any]:
    by_method = {
        choice.method: {
            "element": ELEMENTS[choice.element],
            "rule": choice.rule,
            "stems": [STEMS[stem] for stem in choice.stems],
            "roles": "".join(ELEMENTS[element] for element in choice.roles),
        }
        for choice in u.choices
    }
    return {
        **by_method,
        "primary": u.primary,
        "verdict": u.verdict,
        "roles": "".join(ELEMENTS[element] for element in u.roles),
    }


def _hidden_json(entry: Hidden) -> dict[str, Any]:
    return {**entry._asdict(), "stem": STEMS[entry.stem]}


def _branches(row: tuple[int, ...]) -> str:
    return "".join(BRANCHES[branch] for branch in row)
