"""The claims of an English sentence, read clause by clause.

``clauses`` cuts a sentence where another statement begins. In one clause a value is said of the only thing that it can
be said of, whatever the words between, unless they tell of a deed, a comparison or a wish: so an unforeseen turn of
phrase is read too. ``standing`` reads what stands where, ``persons`` what the reader is, ``amounts`` how much there is,
``judged`` strength, 용신 and season, ``contacts`` unions and clashes, ``times`` years and decades.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.english import (
    amounts,
    contacts,
    judged,
    luck,
    persons,
    standing,
    times,
)
from fortune.readings.grounding.claims.english.clauses import Clause, clauses
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

_SIGNS = ("stem", "branch", "animal")
# Each reader with the kinds of names, and the words, without which it has nothing to read.
_Row = tuple[Callable[[Clause], Iterator[Claim]], Collection[str], Collection[str]]
READERS: tuple[_Row, ...] = (
    (standing.values, (*_SIGNS, "god", "star", "ganji"), ()),
    (standing.signs_of_gods, ("god",), ()),
    (standing.gods_over, ("god",), ()),
    (standing.hidden, ("stem", "god"), ()),
    (standing.stages, ("stage",), ()),
    (standing.void, ("void",), ("empty",)),
    (persons.persons, ("stem", "ganji"), ()),
    (persons.births, ("animal", "ganji"), ()),
    (persons.elements, ("element",), ()),
    (persons.born_on, ("stem",), ()),
    (persons.riders, ("animal", "branch", "god"), ()),
    (persons.seats, ("stem",), ()),
    (amounts.amounts, (*_SIGNS, "element", "god"), ()),
    (amounts.comparisons, ("element",), ()),
    (amounts.wholes, ("all_elements",), amounts.POLARITIES),
    (amounts.polarities, (), amounts.POLARITIES),
    (judged.strength, (), judged.FORCES),
    (judged.force_of_signs, ("stem", "element", "cell"), ()),
    (judged.needs, ("element",), ()),
    (judged.season, (), judged.SEASONS),
    (judged.structure, ("god",), ()),
    (contacts.contacts, (*_SIGNS, "cell", "place"), ()),
    (contacts.together, ("branch", "animal"), ()),
    (times.years, ("god",), ()),
    (times.signs, ("year",), ()),
    (times.decades, ("ganji",), ()),
    (times.decade_gods, ("decade",), ()),
    (times.today, ("god", "ganji"), ()),
    (times.samjae, ("samjae",), ()),
    (luck.spans, ("decade",), luck.WORDS),
    (standing.stars, ("star",), ()),
)


def _places(named: list[Collection[str]]) -> dict[str, set[int]]:
    """Return the places of the readers that begin with each name."""
    return {name: {at for at, row in enumerate(named) if name in row} for row in named for name in row}


_BY_KIND = _places([kinds for _, kinds, _ in READERS])
_BY_WORD = _places([words for _, _, words in READERS])
_WORD = re.compile("[a-z]+")


def read(s: Sentence) -> Iterator[Claim]:
    """Yield the claims of a sentence, if it is an English one: most of them name nothing, and are not cut into clauses."""
    if not s.is_english or not _wanted(s.mentions, s.text.lower()):
        return
    for clause in clauses(s):
        wanted = _wanted(clause.mentions, clause.lower)
        if wanted and not clause.is_open:
            for at in sorted(wanted):
                yield from READERS[at][0](clause)


def _wanted(mentions: Iterable[Mention], lower: str) -> set[int]:
    """Return the places of the readers that have something to read, by names and by words in small letters."""
    kinds = _BY_KIND.keys() & {m.kind for m in mentions}
    words = _BY_WORD.keys() & _WORD.findall(lower)
    return set().union(*(_BY_KIND[kind] for kind in kinds), *(_BY_WORD[word] for word in words))
