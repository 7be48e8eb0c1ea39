"""The claims of an English sentence, read clause by clause.

``clauses`` cuts a sentence where another statement begins. In one clause a value is said of the only thing that it can
be said of, whatever the words between, unless they tell of a deed, a comparison or a wish: so an unforeseen turn of
phrase is read too. ``standing`` reads what stands where, ``persons`` what the reader is, ``amounts`` how much there is,
``judged`` strength, 용신 and season, ``contacts`` unions and clashes, ``times`` years and decades.
"""

from __future__ import annotations

from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.english import amounts, contacts, judged, persons, standing, times
from fortune.readings.grounding.claims.english.clauses import clauses
from fortune.readings.grounding.sentences.scope import Sentence

_SIGNS = ("stem", "branch", "animal")
# Each reader with the kinds of names that it begins with; none where it begins with words.
_READERS = (
    (standing.values, (*_SIGNS, "god", "star", "ganji")),
    (standing.signs_of_gods, ("god",)),
    (standing.hidden, ("stem", "god")),
    (standing.stages, ("stage",)),
    (standing.void, ("void",)),
    (persons.persons, ("stem", "ganji")),
    (persons.births, ("animal", "ganji")),
    (persons.born_on, ("stem",)),
    (persons.riders, ("animal", "branch", "god")),
    (persons.seats, ("stem",)),
    (amounts.amounts, (*_SIGNS, "element", "god")),
    (amounts.wholes, ()),
    (amounts.polarities, ()),
    (judged.strength, ()),
    (judged.force_of_signs, ("stem", "element", "cell")),
    (judged.needs, ("element",)),
    (judged.season, ()),
    (judged.structure, ("god",)),
    (contacts.contacts, (*_SIGNS, "cell", "place")),
    (contacts.together, ("branch", "animal")),
    (times.years, ("god",)),
    (times.decades, ("ganji",)),
    (times.decade_gods, ("decade",)),
    (times.today, ("god", "ganji")),
    (times.samjae, ("samjae",)),
)


def read(s: Sentence) -> Iterator[Claim]:
    """Yield the claims of a sentence, if it is an English one."""
    if not s.is_english:
        return
    for clause in clauses(s):
        if clause.is_open:
            continue
        kinds = {m.kind for m in clause.mentions}
        for reader, needed in _READERS:
            if not needed or not kinds.isdisjoint(needed):
                yield from reader(clause)
