"""A person in one plain sentence and three words, before any term: the first thing that a reading's page says."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format

from fortune.pages.charts.labels import english
from fortune.readings import texts
from fortune.readings.classic.draft.page import BRANCH_KEYS, GROUP_KEYS, STEM_KEYS
from fortune.readings.classic.paragraphs.portrait import main_group
from fortune.saju.calendar.pillars import date_pillar
from fortune.saju.derive.basics import ten_god
from fortune.saju.derive.facts import Facts


class Gist(NamedTuple):
    """``words``: of the day stem, of the day branch, and of the ten gods that stand out; of a day, its date."""

    sentence: str
    words: str


def gist(facts: Facts) -> Gist:
    language, day, group = "en" if english() else "ko", facts.pillars.day, GROUP_KEYS[main_group(facts)]
    epithet = texts.text(language, f"strength.{facts.strength.level}.epithet")
    noun = texts.text(language, f"groups.{group}.noun")
    words = (
        texts.text(language, f"stems.{STEM_KEYS[day.stem]}.word"),
        texts.text(language, f"branches.{BRANCH_KEYS[day.branch]}.word"),
        texts.text(language, f"groups.{group}.word"),
    )
    return Gist(texts.text(language, "self.gist", epithet=epithet, noun=noun), " · ".join(words))


def gist_of_day(stem: int, day: date) -> Gist:
    """Return a day in one sentence for the person of a day stem, and the day's date with its pillar."""
    pillar = date_pillar(day)
    sentence = texts.text("en" if english() else "ko", f"gods.{ten_god(stem, pillar.stem)}.day")
    date_of_year, weekday = date_format(day, "MONTH_DAY_FORMAT"), date_format(day, "l")
    if english():
        return Gist(sentence, f"{weekday}, {date_of_year} · {pillar.hanja}")
    return Gist(sentence, f"{date_of_year} {weekday} · {pillar.hanja}({pillar.hangul})")
