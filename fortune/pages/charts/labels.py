"""Names in the visitor's language for the keys and numbers of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language

from fortune.saju.cycle import BRANCHES, BRANCHES_KO, ELEMENTS_KO
from fortune.saju.glossary import TERMS
from fortune.saju.korean import CELLS_KO, ELEMENTS_EN, cells_en
from fortune.saju.notes.notices import Correction, Notice
from fortune.saju.statements.statement import Statement

# Whether a part of a page that is being made is in English: it has two hundred names, and Django is asked once.
_is_english: ContextVar[bool | None] = ContextVar("is_english", default=None)


def english() -> bool:
    known = _is_english.get()
    return (get_language() or "ko").startswith("en") if known is None else known


@contextmanager
def in_one_language() -> Iterator[None]:
    """Ask Django for the language once, for all the names in this block, which stays in that language."""
    token = _is_english.set(english())
    try:
        yield
    finally:
        _is_english.reset(token)


def name_of(key: str) -> str:
    """Return a glossary term's name."""
    return TERMS[key].en if english() else TERMS[key].ko


def meaning_of(key: str) -> str:
    return TERMS[key].meaning_en if english() else TERMS[key].meaning


def anchor(key: str) -> str:
    """Return the id of a term in the glossary: a key without the signs that have a meaning in style sheets and scripts."""
    return key.replace(".", "-").replace(":", "")


def place_word(place: str) -> str:
    """년주, 월주, 일주, 시주."""
    return name_of(place)


def element_word(element: int) -> str:
    """목 … 수, or wood … water."""
    return ELEMENTS_EN[element] if english() else ELEMENTS_KO[element]


def cell_word(cell: str) -> str:
    """년간 … 시지, or "year stem"."""
    return cells_en(cell) if english() else CELLS_KO[cell]


def hour_name(branch: int) -> str:
    """Return the name of one of the twelve 시: 자시, or "ja"."""
    return BRANCHES[branch] if english() else f"{BRANCHES_KO[branch]}시"


def sentence(statement: Statement) -> str:
    """Return a statement's sentence. Romanised terms are written as words there: "pyeongwan-gyeok"."""
    return statement.text_en.replace("_", "-") if english() else statement.text_ko


# The engine explains itself in Korean; these are the same sentences for readers of English.
NOTICES_EN = {
    "nonexistent_time": "Clocks were put forward that day and skipped this time. Please check the record.",
    "ambiguous_time": "Clocks were put back that day, so this time came twice. Choose which one it was.",
    "before_standard_time": "This was before standard time; which clock the record followed is unknown.",
    "near_term": "Born within ten minutes of a solar term: a slightly different time changes the month pillar.",
    "near_day_edge": "Born within ten minutes of the change of day: a slightly different time changes the day.",
    "near_hour_edge": "Born within ten minutes of the change of hour: the hour pillar may differ.",
    "term_in_day": "A solar term falls on this day: the month pillar depends on the time, so both are shown.",
    "hour_unknown": "Without the hour only three pillars are cast; the day pillar changes at 11 p.m. (or midnight) of the local sun clock, so a birth near the day's end may have the next one.",
    "day_in_day": "By the local sun clock the first minutes of this day still have the previous day's pillar.",
}
CORRECTIONS_EN = {
    "dst": "Daylight saving time removed",
    "longitude": "Moved to the longitude of the birthplace",
    "equation_of_time": "Equation of time",
}


def notice_text(row: Notice) -> str:
    """Return a warning of the engine, in the visitor's language."""
    return NOTICES_EN.get(row.code, row.message) if english() else row.message


def correction_text(row: Correction) -> str:
    if not english():
        return row.message
    return f"{CORRECTIONS_EN.get(row.code, row.code)} ({row.minutes:+g} min)."
