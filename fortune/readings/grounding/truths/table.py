"""The table of truths: for every topic that a claim may be about, the values that fit a person's chart.

A claim names a topic, a place in it ("where"), and a value. ``fitting`` answers with the values that are true
there, or None when the engine leaves the matter open; then nothing may be marked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fortune.readings.grounding.truths import judged, natal, signs, times, wholes
from fortune.readings.grounding.truths.truth import Truth, Values
from fortune.readings.inputs import Person

_TOPICS: dict[str, Callable[[Any, Person, Truth], Values | None]] = {
    "pillar": natal.pillar,
    "pillars": natal.pillars,
    "own_pillar": natal.own_pillar,
    "month_word": natal.month_word,
    "stem": natal.stem,
    "branch": natal.branch,
    "element": natal.element,
    "seat": natal.seat,
    "god_in": natal.god_in,
    "polarity": natal.polarity,
    "god": natal.god,
    "hidden": natal.hidden,
    "stage": natal.stage,
    "star": natal.star,
    "starred": natal.starred,
    "nayin": natal.nayin,
    "void": natal.void,
    "void_at": natal.void_at,
    "god_void": natal.god_void,
    "count": natal.count,
    "sum": natal.sum_of,
    "amount": natal.amount,
    "more": natal.more,
    "god_over": natal.god_over,
    "complete": natal.complete,
    "relation": natal.relation,
    "touched": natal.touched,
    "signs": natal.signs,
    "strength": judged.strength,
    "useful": judged.useful,
    "structure": judged.structure,
    "season": natal.season,
    "sign_count": natal.sign_count,
    "test": judged.test,
    "root": judged.root,
    "rooted": judged.rooted,
    "sign_god": signs.sign_god,
    "inside": signs.inside,
    "pictured": signs.pictured,
    "turned": signs.turned,
    "stage_over": signs.stage_over,
    "pillar_stage": signs.pillar_stage,
    "sign_stage": signs.sign_stage,
    "zodiac_samjae": times.zodiac_samjae,
    "contact": signs.contact,
    "act": signs.act,
    "mutual": signs.mutual,
    "year": times.year,
    "year_god": times.year_god,
    "year_stem": times.year_stem,
    "year_branch": times.year_branch,
    "zodiac_of": times.zodiac_of,
    "decade_start": times.decade_start,
    "ganji_god": times.ganji_god,
    "completed": times.completed,
    "samjae": times.samjae,
    "row": natal.row,
    "theme": wholes.theme,
    "uniform": wholes.uniform,
    "only_at": wholes.only_at,
    "year_samjae": times.year_samjae,
    "passing_relation": times.passing_relation,
    "month": times.month,
    "month_god": times.month_god,
    "day": times.day,
    "day_god": times.day_god,
    "decade": times.decade,
    "decade_after": times.decade_after,
    "decade_end": times.decade_end,
    "decade_god": times.decade_god,
    "luck_age": times.luck_age,
    "luck_turn": times.luck_turn,
    "direction": times.direction,
    "gender": natal.gender,
    "age": wholes.age,
    "age_within": wholes.age_within,
}


def fitting(topic: str, where: Any, person: Person, truth: Truth) -> Values | None:
    """Return the true values of ``topic`` at ``where`` for a person; None when the engine leaves it open."""
    return _TOPICS[topic](where, person, truth)
