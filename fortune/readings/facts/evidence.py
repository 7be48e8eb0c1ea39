"""Evidence: which facts a reading may cite, and the sentence, cells and short label of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from fortune.readings import grounding
from fortune.readings.facts.citations import Citation, Packed
from fortune.readings.facts.fact_sheet import fact_sheet
from fortune.readings.facts.pairs import OTHER
from fortune.readings.inputs import Person, ReadingInput
from fortune.saju.cycle import ELEMENTS_KO
from fortune.saju.derive.basics import GROUPS
from fortune.saju.glossary import en, ko
from fortune.saju.korean import CELLS_KO, ELEMENT_KEYS, ELEMENTS_EN, PLACES_KO, stem_ko

if TYPE_CHECKING:
    from collections.abc import Mapping


_PAIR = {
    "stems": ("두 일간", "Two day stems"),
    "days": ("두 일주", "Two day pillars"),
    "useful": ("서로의 용신", "Each one's useful element"),
    "void": ("서로의 공망", "Each one's void"),
}
# Titles of passing pillars in ``fact_sheet``: a Korean title with its pillar in Hangul, or an English one in Hanja.
_TITLED = re.compile(r"(?P<title>[^:(]+?)(?:\([^)]*\)| \d{4}–\d{4})?: (?P<sign>[가-힣]+|[^\s,]+)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for a text: the citable facts by id, and the facts that contradictions are found by."""

    citations: Mapping[str, Citation]
    truth: grounding.Truth
    language: str

    @classmethod
    def of(cls, inputs: ReadingInput) -> Evidence:
        language = inputs.language
        citations = {
            row.id: Citation(row.text_ko if language == "ko" else row.text_en, row.cells)
            for row in fact_sheet(inputs)
        }
        return cls(MappingProxyType(citations), grounding.Truth.of(inputs), language)

    def packed(self) -> Evidence:
        """Return the same evidence in a fifth of the memory, for a text that arrives slowly."""
        return replace(self, citations=Packed(self.citations))

    def label(self, fact: str, cited: Citation) -> str:
        """Return a label of a few words for a fact, in the reading's language. A text cites few: the others need none."""
        return _label(fact, cited.says, self.truth.persons, korean=self.language == "ko")


def _label(fact: str, says: str, persons: tuple[Person, ...], *, korean: bool) -> str:
    second = fact.startswith(OTHER)
    person = persons[1 if second else 0]
    fact = fact.removeprefix(OTHER)
    if fact == "hour.unknown":
        text = "시각 모름" if korean else "Hour unknown"
    elif fact == "luck.samjae":
        text = ko("samjae") if korean else en("samjae")
    elif fact.startswith("pair."):
        text = _pair(fact, korean=korean)
    else:
        text = _korean(fact, says, person) if korean else _english(fact, says, person)
    if second:
        return f"상대 {text}" if korean else f"Other: {text}"
    return text


def _pair(fact: str, *, korean: bool) -> str:
    """Facts of two charts together."""
    _, what, *rest = fact.split(".")
    if what in _PAIR:
        return _PAIR[what][not korean]
    return f"두 사람 {ko(rest[0])}" if korean else f"Both: {en(rest[0])}"


def _korean(fact: str, says: str, person: Person) -> str:
    f = person.facts
    head, *rest = fact.split(".")
    if head == "ilgan":
        return f"일간 {stem_ko(f.pillars.day.stem).split('(')[0]}"
    if head == "elements":
        return "오행 분포"
    if head == "strength":
        return ko(rest[0]) if rest else ko(f.strength.level)
    if head == "structure":
        return ko(rest[-1] if rest else f.structure.key)
    if head == "pillar":
        return f"{PLACES_KO[rest[0]]} {dict(f.pillars.named())[rest[0]].hangul}"
    if head == "ten_god":
        column = f.column(rest[0])
        assert column is not None
        god = column.stem_god if rest[1] == "stem" else column.branch_god
        return f"{CELLS_KO['.'.join(rest)]} {ko(god)}"
    if head == "element":
        at = ELEMENT_KEYS.index(rest[0])
        return f"{ELEMENTS_KO[at]} {f.elements.counts[at]}개"
    if head == "group":
        at = GROUPS.index(rest[0])
        return f"{ko(rest[0])} {sum(f.elements.god_counts[2 * at : 2 * at + 2])}개"
    if head == "relation":
        places = "·".join(PLACES_KO[place] for place in rest[1].split("-"))
        return f"{places} {ko(rest[0])}"
    if head in ("star", "stage", "own_stage", "sinsal12", "useful", "yongsin", "role"):
        return _named(head, rest, person, korean=True)
    return _passing(fact, says)


def _english(fact: str, says: str, person: Person) -> str:
    f = person.facts
    head, *rest = fact.split(".")
    if head == "ilgan":
        return f"Day stem {f.pillars.day.hanja[0]}"
    if head == "elements":
        return "Five elements"
    if head == "strength":
        return en(rest[0]) if rest else en(f.strength.level)
    if head == "structure":
        return en(rest[-1] if rest else f.structure.key)
    if head == "pillar":
        return f"{rest[0].title()} pillar {dict(f.pillars.named())[rest[0]].hanja}"
    if head == "ten_god":
        column = f.column(rest[0])
        assert column is not None
        god = column.stem_god if rest[1] == "stem" else column.branch_god
        return f"{' '.join(rest).capitalize()}: {en(god)}"
    if head == "element":
        at = ELEMENT_KEYS.index(rest[0])
        return f"{ELEMENTS_EN[at].capitalize()} × {f.elements.counts[at]}"
    if head == "group":
        at = GROUPS.index(rest[0])
        return f"{en(rest[0]).capitalize()} × {sum(f.elements.god_counts[2 * at : 2 * at + 2])}"
    if head == "relation":
        return f"{en(rest[0])}: {rest[1].replace('-', ', ')}"
    if head in ("star", "stage", "own_stage", "sinsal12", "useful", "yongsin", "role"):
        return _named(head, rest, person, korean=False)
    return _passing(fact, says)


def _named(head: str, rest: list[str], person: Person, *, korean: bool) -> str:
    """Facts whose label is a place and a term."""
    f, name = person.facts, ko if korean else en
    if head in ("useful", "yongsin"):
        choice = getattr(f.useful, rest[0]) if rest else f.useful.chosen
        element = ELEMENTS_KO[choice.element] if korean else ELEMENTS_EN[choice.element]
        return f"{name(rest[0] if rest else head)} {element}"
    if head == "role":
        return name(rest[0])
    if head == "star":
        key, place = rest[0], rest[1]
    else:
        place = rest[0]
        column = f.column(place)
        assert column is not None
        key = {"stage": column.stage, "own_stage": column.own_stage, "sinsal12": column.sinsal}[head]
    return f"{PLACES_KO[place] if korean else place.title()} {name(key)}"


def _passing(fact: str, sentence: str) -> str:
    """Return a passing pillar's title and sign ("2026년 병오"), or the first words of any other sentence."""
    found = _TITLED.match(sentence) if fact.startswith("luck.") else None
    return f"{found['title']} {found['sign']}" if found else _first_words(sentence)


def _first_words(sentence: str) -> str:
    """Return the words before the first full stop or comma, cut at 24 characters."""
    head = sentence.split(". ")[0].split(",")[0].rstrip(".")
    return head if len(head) <= 24 else head[:23] + "…"
