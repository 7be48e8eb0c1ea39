"""Judgements that an unknown hour leaves open: how many of the twelve hours give each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.derive.judgements.exceptional import exceptional
from fortune.saju.derive.judgements.force import forces
from fortune.saju.derive.judgements.strength import strength
from fortune.saju.derive.judgements.structure import structure
from fortune.saju.derive.judgements.useful import useful
from fortune.saju.schools import COMMON, Schools

T = TypeVar("T")


class OpenHour(NamedTuple):
    """Levels of strength, patterns and elements of 용신, each with the number of hours (of 12), the most first."""

    levels: tuple[tuple[str, int], ...]
    structures: tuple[tuple[str, int], ...]
    useful: tuple[tuple[int, int], ...]


@lru_cache(maxsize=256)  # a page asks several times for the same chart, at a third of a millisecond
def open_hour(pillars: Pillars, schools: Schools = COMMON) -> OpenHour:
    """Return the judgements of the twelve hours of the chart's day."""
    levels, structures, elements = [], [], []
    for hour in range(12):
        whole = replace(pillars, hour=Pillar((pillars.day.index * 12 + hour) % 60))
        held = forces(whole)
        force = strength(whole, held)
        followed = exceptional(whole, held, force.score)
        levels.append(force.level)
        structures.append(structure(whole, followed, schools).key)
        elements.append(useful(whole, held, force, followed, schools).chosen.element)
    return OpenHour(_counted(levels), _counted(structures), _counted(elements))


def _counted(values: Iterable[T]) -> tuple[tuple[T, int], ...]:
    return tuple(Counter(values).most_common())
