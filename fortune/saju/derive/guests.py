"""What a pillar of luck (대운, 세운, 월운, 일진) means to a birth chart."""

from __future__ import annotations

from typing import Any, NamedTuple

from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.derive.basics import sinsal12, void
from fortune.saju.derive.facts import signs_of
from fortune.saju.derive.hidden_stems import Hidden
from fortune.saju.derive.relations import Relation, relations_with
from fortune.saju.derive.star_tables import SAMJAE_STEPS
from fortune.saju.derive.stars import Star, guest_stars, samjae_years
from fortune.saju.derive.useful import ROLES, Useful
from fortune.saju.schools import COMMON, Schools

PLACE = "luck"


class Guest(NamedTuple):
    """A luck pillar as the chart sees it.

    ``stage`` is the day stem's at the guest's branch. ``sinsal`` is reckoned from the pillar ``sinsal_from``.
    ``void`` names the pillars, day or year, whose 공망 the branch is. ``relations`` use the place "luck".
    ``samjae`` is the step of the three years of care that the branch is, or None; it is meant for years.
    """

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
    relations: tuple[Relation, ...]
    stars: tuple[Star, ...]
    samjae: str | None

    def to_json(self) -> dict[str, Any]:
        """This value as JSON can hold it."""
        return {
            "pillar": self.pillar.hanja,
            "stem_god": self.stem_god,
            "branch_god": self.branch_god,
            "stage": self.stage,
            "own_stage": self.own_stage,
            "sinsal": self.sinsal,
            "void": list(self.void),
            "nayin": self.nayin,
            "relations": [
                {"id": r.id, "kind": r.kind, "cells": list(r.cells), "signs": r.signs} for r in self.relations
            ],
            "stars": [star.key for star in self.stars],
            "samjae": self.samjae,
        }


def relations_between(natal: Pillars, pillar: Pillar, schools: Schools = COMMON) -> Guest:
    """Everything a luck pillar has to do with a chart: 십성, 12운성, 12신살, 합충형파해, 공망, 신살."""
    day, year = natal.day.index, natal.year.index
    branch = pillar.index % 12
    signs = signs_of(
        day % 10, pillar.index, schools.stage_earth, schools.stage_yin, schools.hidden, schools.hidden_days
    )
    base = day if schools.sinsal_base == "day" else year
    care = samjae_years(year % 12)
    return Guest(
        pillar,
        *signs[:5],
        sinsal12(base % 12, branch),
        schools.sinsal_base,
        _void_of(branch, day, year),
        signs[5],
        relations_with(natal, pillar, PLACE),
        guest_stars(natal, pillar, PLACE, schools),
        SAMJAE_STEPS[care.index(branch)] if branch in care else None,
    )


def _void_of(branch: int, day: int, year: int) -> tuple[str, ...]:
    by_day, by_year = branch in void(day), branch in void(year)
    return ("day", "year") if by_day and by_year else ("day",) if by_day else ("year",) if by_year else ()


def role_of(useful: Useful, element: int) -> str:
    """The role (용신 … 한신) that an element plays for a chart."""
    return ROLES[useful.roles.index(element)]
