"""The facts that claims are compared with, and the patterns that all rules share."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from fortune.readings.inputs import Person, ReadingInput
from fortune.saju.calendar.pillars import date_pillar
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, STEMS, STEMS_KO, Pillar, pillar


class Finding(NamedTuple):
    """``start`` and ``end`` delimit ``claim`` in the text; the truths are sentences for the visitor."""

    start: int
    end: int
    claim: str
    truth_ko: str
    truth_en: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The facts that claims are compared with. With two persons, a claim that fits either one passes."""

    persons: tuple[Person, ...]
    now: int | None  # the place of the current 대운 of the first person
    day: Pillar | None

    @classmethod
    def of(cls, inputs: ReadingInput) -> Truth:
        m = inputs
        both = (m.person,) if m.other is None else (m.person, m.other)
        today = date_pillar(m.about_day) if m.kind == "daily" else None
        return cls(both, m.decade_at, today)


GANJI = f"[{STEMS_KO}][{BRANCHES_KO}]|[{STEMS}][{BRANCHES}]"
# The letters that may follow a pillar's name: 갑자 is one, 갑자기 is not.
AFTER = r"(?=$|[^가-힣]|이에요|예요|입니다|이고|이며|이라|이죠|일주|라[서는고면]|에[는서]|으로|답게|[은는이가을를의과와로고라년월일도에](?:[^가-힣]|$))"
ELEMENT = {word: at for at, words in enumerate(("목나", "화불", "토흙", "금쇠", "수물")) for word in words}
ELEMENT_WORD = r"(?P<element>나무|[목화토금수]|불|흙|쇠|물)(?:\([木火土金水]\))?"
# 없다, but neither a condition nor a denial: 없다면, 없으면, 없는 것은 아니.
NONE = r"(?:전혀 |하나도 |겉에 |겉으로 )*(?:없|보이지 않|드러나지 않)(?!다면|으면|어도|더라도|다고|다는|는 것|지 않|지는|을)"
# Sentences about passing time, hidden stems or another person make no claim about the visitor's own counts.
ELSEWHERE = re.compile(
    r"올해|내년|지난해|작년|이달|다음 달|오늘|내일|대운|세운|월운|일진|운에서|시기|\d년|\d월|지장간|숨은|숨어|"
    r"상대|두 사람|서로|그 사람|만약|가령"
)


def ganji_of(text: str) -> Pillar | None:
    stems, branches = (STEMS, BRANCHES) if text[0] in STEMS else (STEMS_KO, BRANCHES_KO)
    stem, branch = stems.index(text[0]), branches.index(text[1])
    return None if (stem - branch) % 2 else pillar(stem, branch)


_SENTENCE_END = re.compile(r"[.!?] |\n")


class Passage(str):  # noqa: SLOT000 - it keeps what it found
    """A text that knows which of its sentences speak of another time, of hidden stems or of others."""

    def elsewhere(self, at: int) -> bool:
        """Return whether the sentence at this place speaks of something else. Each sentence is examined once."""
        if not hasattr(self, "_ends"):
            marks = [*(found.end() for found in _SENTENCE_END.finditer(self)), len(self)]
            begins = [0, *marks[:-1]]
            self._ends = marks
            self._flags = [
                ELSEWHERE.search(self, begin, end) is not None
                for begin, end in zip(begins, marks, strict=True)
            ]
        return self._flags[min(bisect_right(self._ends, at), len(self._flags) - 1)]


def finding(match: re.Match[str], truth_ko: str, truth_en: str) -> Finding:
    return Finding(match.start(), match.end(), match.group().strip(), truth_ko, truth_en)
