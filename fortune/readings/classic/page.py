"""A reading under construction: sections, paragraphs, and the facts each rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fortune.readings import texts
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.sections import titles
from fortune.saju.cycle import ELEMENTS_KO, Pillar
from fortune.saju.derive.basics import TEN_GODS

STEM_KEYS = ("gap", "eul", "byeong", "jeong", "mu", "gi", "gyeong", "sin", "im", "gye")
BRANCH_KEYS = ("ja", "chuk", "in", "myo", "jin", "sa", "o", "mi", "sin", "yu", "sul", "hae")
ELEMENT_KEYS = ("wood", "fire", "earth", "metal", "water")
GLOSSARY_ELEMENTS = ("mok", "hwa", "to", "geum", "su")
GROUP_KEYS = ("bigeop", "siksang", "jaeseong", "gwanseong", "inseong")


@dataclass(slots=True)
class Page:
    """A text under construction. ``say`` finds a sentence; ``section``, ``paragraph`` and ``items`` add to the text."""

    inputs: ReadingInput
    person: Person
    seed: int = 0
    _titles: tuple[str, ...] = ()
    _begun: int = 0
    _parts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, inputs: ReadingInput) -> Page:
        m = inputs
        known = titles(m.kind, mode=m.mode, topic=m.topic, language=m.language, young=m.young)
        return cls(m, m.person, m.person.seed, known)

    @property
    def language(self) -> str:
        return self.inputs.language

    def say(self, path: str, **fields: object) -> str:
        """The sentence at ``path`` in the reading's language, chosen by the chart where there are variants."""
        return texts.text(self.language, path, self.seed, **fields)

    def section(self) -> None:
        """Begin the next section, under its fixed title."""
        self._parts.append(f"## {self._titles[self._begun]}")
        self._begun += 1

    def paragraph(self, *sentences: str, facts: tuple[str, ...] = ()) -> None:
        """Add a paragraph. Empty sentences are left out, and so is an empty paragraph."""
        line = " ".join(sentence for sentence in sentences if sentence)
        if line:
            self._parts.append(line + _marker(facts))

    def items(self, rows: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        """Add a list, each line with the facts it rests on."""
        self._parts.append("\n".join(f"- {line}{_marker(facts)}" for line, facts in rows))

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
            # Read aloud without its signs, 丙申 is an insult.
            return f"{pillar.hanja}({pillar.hangul})" if pillar.hangul == "병신" else pillar.hangul
        return f"{STEM_KEYS[pillar.stem]}-{BRANCH_KEYS[pillar.branch]}".title() + f" ({pillar.hanja})"

    def element(self, element: int) -> str:
        return ELEMENTS_KO[element] if self.language == "ko" else ELEMENT_KEYS[element]

    def lookup_topic(self, first: str, last: str) -> str:
        """Return the meaning of the two places together."""
        return str(texts.lookup(self.language, "relations.topics")[f"{first}.{last}"])

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


def _marker(facts: tuple[str, ...]) -> str:
    return f" [[{','.join(facts)}]]" if facts else ""


def group_of(god: str) -> int:
    """The place of a ten god's group in ``GROUP_KEYS``."""
    return TEN_GODS.index(god) // 2
