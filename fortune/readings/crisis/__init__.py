"""Signs of crisis in a visitor's words: of suicide and self-harm, and of violence that is done to them.

``signs`` reads the words in three steps: they are normalised by ``spelling`` (syllables that were spelt apart to pass a
filter are joined), ``everyday`` phrases that sound alike are taken out (더워 죽겠어, 유서 깊은, 자살골), and what is left is
searched for what people say (``self_harm``, ``others``, ``violence``, and in ``english``): life, its end and a wish in whatever words;
dying, where it is no idiom and nobody else dies; and whole phrases, for saju itself is full of 사(死), 살(殺) and 절(絶). One
of the ``hints``, a phrase that is also said of a job or a game, counts only where none is spoken of. The corpora are
``tests/corpora/crisis*.txt``.
"""

from __future__ import annotations

import re
from typing import Literal

from fortune.readings.crisis.english import HINTED_EN, SELF_EN, VIOLENCE_EN
from fortune.readings.crisis.everyday import HARMLESS
from fortune.readings.crisis.hints import DESPAIR, HINTED, OF_SOMETHING
from fortune.readings.crisis.self_harm import AFTER_A_DEATH, SELF
from fortune.readings.crisis.spelling import normalised
from fortune.readings.crisis.violence import VIOLENCE

Sign = Literal["self", "violence"]


def signs(words: str) -> frozenset[Sign]:
    """Return the kinds of crisis that the words speak of."""
    plain = normalised(words)
    left = HARMLESS.sub(" ", plain)
    found: set[Sign] = set()
    if SELF.search(left) or SELF_EN.search(left) or AFTER_A_DEATH.search(plain) or _is_of_life(left):
        found.add("self")
    if VIOLENCE.search(left) or VIOLENCE_EN.search(left):
        found.add("violence")
    return frozenset(found)


def _is_of_life(text: str) -> bool:
    """Return whether a hint is of the person's own life, and not of a job or the like in the same sentence."""
    hints = (found for pattern in (DESPAIR, HINTED, HINTED_EN) for found in pattern.finditer(text))
    return any(not OF_SOMETHING.search(_sentence(text, *found.span())) for found in hints)


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence, or the sentences, around a stretch of the text."""
    before = re.split(r"[.?!\n]", text[:start])[-1]
    return before + text[start:end] + re.split(r"[.?!\n]", text[end:])[0]
