"""A reading under construction: sections, paragraphs, and the facts each rests on."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fortune.readings import kinship, texts
from fortune.readings.classic.draft import memory
from fortune.readings.classic.draft.lives import addressed, for_a_parent, lives_of, lives_of_other
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.sections import titles
from fortune.saju.cycle import ELEMENTS_KO, Pillar
from fortune.saju.derive.basics import TEN_GODS

STEM_KEYS = ("gap", "eul", "byeong", "jeong", "mu", "gi", "gyeong", "sin", "im", "gye")
BRANCH_KEYS = ("ja", "chuk", "in", "myo", "jin", "sa", "o", "mi", "sin", "yu", "sul", "hae")
ELEMENT_KEYS = ("wood", "fire", "earth", "metal", "water")
GLOSSARY_ELEMENTS = ("mok", "hwa", "to", "geum", "su")
# Read aloud without their signs, 丙申 is an insult, 壬申 pregnancy, and 丁巳 a love affair.
MISREAD = ("병신", "임신", "정사")
# Where English texts of a child are: what isn't there speaks to the reader, and of a child to somebody else.
_TO_A_PARENT = ("lives.child.", "lives.told_of.")
GROUP_KEYS = ("bigeop", "siksang", "jaeseong", "gwanseong", "inseong")


@dataclass(slots=True)
class Page:
    """A text under construction. ``say`` finds a sentence; ``section``, ``paragraph`` and ``items`` add to the text.

    ``lives``: the stages of life whose texts come first; ``parent``: a parent reads it, of a child (lives.py).
    ``partner``: what the second of two people is called (kinship.py), a word of every text of theirs.
    ``told`` are the sentences that the reader knows (memory.py); what is added joins them, and none is said twice.
    Without any, as in a full reading, nothing is left out.
    """

    inputs: ReadingInput
    person: Person
    seed: int = 0
    told: set[str] = field(default_factory=set)
    lives: tuple[str, ...] = ()
    parent: bool = False
    partner: str = ""
    _titles: tuple[str, ...] = ()
    _begun: int = 0
    _parts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, inputs: ReadingInput, told: frozenset[str] = frozenset()) -> Page:
        m = inputs
        known = titles(m.kind, mode=m.mode, topic=m.topic, language=m.language, age=m.age)
        lives, partner = lives_of(m), ""
        if m.other is not None:
            lives, partner = (*kinship.lives_of_two(m), *lives), kinship.name_of_other(m)
        return cls(m, m.person, m.person.seed, set(told), lives, for_a_parent(m), partner, known)

    @property
    def language(self) -> str:
        return self.inputs.language

    def say(self, path: str, **fields: object) -> str:
        """The sentence at ``path`` in the reading's language, chosen by the chart where there are variants.

        Of these the first, counted round from the chart's own, that the reader doesn't know. A stage of life may have a
        sentence of its own (lives.py).
        """
        path = self._of_life(path)
        chosen = self._text(path, 0, fields)
        variants = texts.lookup(self.language, path)
        if not self.told or not isinstance(variants, list):
            return chosen
        others = (self._text(path, turn, fields) for turn in range(1, len(variants)))
        return next((text for text in (chosen, *others) if not self.knows(text)), chosen)

    def say_of(self, person: Person, path: str) -> str:
        """The sentence at ``path`` as it is told of one of the two people of a reading, by that person's age."""
        if person is self.person:
            return self.say(path)
        text = self.say_by((*lives_of_other(self.inputs, person), "told_of"), path, reader=False)
        if self.language == "ko":
            return kinship.renamed(text, self.partner)
        return kinship.begun(
            kinship.as_they(text).replace("Your child", "your child").replace("your child", self.partner),
            self.partner,
        )

    def say_by(self, lives: tuple[str, ...], path: str, *, reader: bool = True) -> str:
        """The sentence at ``path`` by other lives than those of the reading; not of the ``reader``, it keeps its "당신"."""
        mine, parent = self.lives, self.parent
        self.lives, self.parent = lives, parent and reader
        try:
            return self.say(path)
        finally:
            self.lives, self.parent = mine, parent

    def _text(self, path: str, turn: int, fields: dict[str, object]) -> str:
        if self.partner:
            fields = {"partner": self.partner, **fields}
        template = texts.text(self.language, path, self.seed + turn)
        if self.language == "en" and "child" in self.lives and not path.startswith(_TO_A_PARENT):
            template = kinship.as_they(template)
        text = texts.filled(template, fields)
        if self.partner and self.language == "en":
            text = kinship.begun(text, self.partner)
        return addressed(text) if self.parent else text

    def _of_life(self, path: str) -> str:
        """Return where this person's sentence stands: that of their stage of life, else the common one."""
        own = (f"lives.{life}.{path}" for life in self.lives)
        return next((found for found in own if texts.known(self.language, found)), path)

    def variants(self, path: str) -> list[str]:
        """All the variants of ``path``."""
        found = texts.lookup(self.language, self._of_life(path))
        return [addressed(str(text)) if self.parent else str(text) for text in found]

    def nth(self, path: str, turn: int) -> str:
        """The variant of ``path`` whose turn it is, counted round."""
        variants = self.variants(path)
        return variants[turn % len(variants)]

    def section(self) -> None:
        """Begin the next section, under its fixed title."""
        self._parts.append(f"## {self._titles[self._begun]}")
        self._begun += 1

    def paragraph(self, *given: str, facts: tuple[str, ...] = ()) -> None:
        """Add a paragraph of what the reader doesn't know yet, if anything."""
        line = self._new(" ".join(piece for piece in given if piece))
        if line:
            self._parts.append(line + _marker(facts))

    def items(self, rows: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        """Add a list, each line with the facts it rests on; a line that says nothing new is left out."""
        lines = [(self._new(line), facts) for line, facts in rows]
        listed = [f"- {line}{_marker(facts)}" for line, facts in lines if line]
        if listed:
            self._parts.append("\n".join(listed))

    def knows(self, text: str) -> bool:
        """Return whether the reader has been told all of a text."""
        return self.told.issuperset(map(memory.core, memory.sentences(text)))

    def _new(self, line: str) -> str:
        """Return the line without the sentences that were told before."""
        if not self.told:
            return line.strip()
        kept = []
        for sentence in memory.sentences(line):
            said = memory.core(sentence)
            if said not in self.told:
                self.told.add(said)
                kept.append(sentence)
        return "".join(kept).strip()

    def finished(self) -> str:
        """Return the whole text. Every section must have been begun."""
        if self._begun != len(self._titles):
            raise AssertionError(f"{self._begun} sections of {len(self._titles)} written")
        return "\n\n".join(self._parts) + "\n"

    # -- names in the reading's language --

    def stem(self, stem: int) -> str:
        return self.say(f"stems.{STEM_KEYS[stem]}.name")

    def branch(self, branch: int) -> str:
        return self.say(f"branches.{BRANCH_KEYS[branch]}.name")

    def pillar(self, pillar: Pillar) -> str:
        if self.language == "ko":
            return f"{pillar.hanja}({pillar.hangul})" if pillar.hangul in MISREAD else pillar.hangul
        return f"{STEM_KEYS[pillar.stem]}-{BRANCH_KEYS[pillar.branch]}".title() + f" ({pillar.hanja})"

    def bracketed(self, pillar: Pillar) -> str:
        """The name of a pillar within parentheses, where no others fit."""
        if self.language == "ko":
            return pillar.hanja if pillar.hangul in MISREAD else pillar.hangul
        return self.pillar(pillar).replace(" (", " ").rstrip(")")

    def aside(self, name: str, *, hour: bool = False) -> str:
        """A name in parentheses, as it follows a word; of an ``hour`` with 시."""
        return f"({name}{'시' if hour else ''})" if self.language == "ko" else f" ({name})"

    def month_name(self, pillar: Pillar) -> str:
        """The pillar of a month. In Korean Hanja first: some of them read as other words in Hangul."""
        return f"{pillar.hanja}월({pillar.hangul})" if self.language == "ko" else self.pillar(pillar)

    def month_of(self, month: int) -> str:
        return f"{month}월" if self.language == "ko" else calendar.month_name[month]

    def day_name(self, on: date) -> str:
        return f"{self.month_of(on.month)} {on.day}" + ("일" if self.language == "ko" else "")

    def half_past(self, hour: int) -> str:
        """Half past an hour, 0 to 23."""
        twelve = (hour - 1) % 12 + 1
        if self.language == "ko":
            return f"{'오전' if hour < 12 else '오후'} {twelve}시 반"
        return f"{twelve}:30 {'am' if hour < 12 else 'pm'}"

    def element(self, element: int) -> str:
        return ELEMENTS_KO[element] if self.language == "ko" else ELEMENT_KEYS[element]

    def lookup_topic(self, first: str, last: str) -> str:
        """Return the meaning of the two places together."""
        path = self._of_life("relations.topics")
        return str(texts.lookup(self.language, path)[f"{first}.{last}"])

    def god(self, key: str) -> str:
        return self.say(f"gods.{key}.name")

    def joined(self, names: list[str]) -> str:
        """ "a·b" or "a and b": for names that take one particle together."""
        return "·".join(names) if self.language == "ko" else self.listed(names)

    def listed(self, names: list[str]) -> str:
        """ "a, b와 c" or "a, b and c"."""
        if len(names) < 2:
            return "".join(names)
        *head, last = names
        if self.language == "ko":
            return texts.Word(", ".join(head)).__format__("과") + f" {last}"
        return f"{', '.join(head)} and {last}"

    def either(self, names: list[str]) -> str:
        """Return names of which none is there: "a, b와 c" or "a, b or c"."""
        if self.language == "ko" or len(names) < 2:
            return self.listed(names)
        return f"{', '.join(names[:-1])} or {names[-1]}"

    def months(self, rows: Sequence[tuple[int, int, Pillar]]) -> str:
        """Return (year, month, pillar) as a list in which a year is named once."""
        names, before = [], 0
        for year, month, pillar in rows:
            path = "question.month" if year != before or self.language == "en" else "question.month_same_year"
            before = year
            names.append(self.say(path, year=year, month=self.month_of(month), pillar=self.bracketed(pillar)))
        return self.listed(names)


def _marker(facts: tuple[str, ...]) -> str:
    return f" [[{','.join(facts)}]]" if facts else ""


def group_of(god: str) -> int:
    """The place of a ten god's group in ``GROUP_KEYS``."""
    return TEN_GODS.index(god) // 2
