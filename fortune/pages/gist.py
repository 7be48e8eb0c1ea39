"""A person in one plain sentence and three words, before any term: the first thing that a reading's page says."""

from __future__ import annotations

from typing import NamedTuple

from fortune.pages.labels import english
from fortune.readings import texts
from fortune.readings.classic.page import BRANCH_KEYS, GROUP_KEYS, STEM_KEYS
from fortune.readings.classic.portrait import main_group
from fortune.saju.derive.facts import Facts


class Gist(NamedTuple):
    """``words``: of the day stem, of the day branch, and of the ten gods that stand out."""

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
