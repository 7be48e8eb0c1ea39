"""Cuts a text into its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.names.lexicon import mentions
from fortune.readings.grounding.sentences.scope import Sentence

# Signs in a row have no names of their own.
_UNNAMED = re.compile(
    r"천간|지지|음양|사주[가는은도]|명식[은이]|[Yy]our chart"
    r"|(?:모두|전부|온통|죄다|하나같이) [음양]|[음양](?:의 )?\S{0,4}(?:으로만|만으로)|[음양][이은] (?:\d|둘|셋|넷|다섯|여섯|일곱)|[음양]팔통|\b(?:yin|yang) (?:signs|characters)"
    # nor has an age that is told by its tens
    r"|\b(?:yin|yang|born|birthday|(?:mid-?)?(?:spring|summer|autumn|winter)|[Ss]trength(?=:))\b|[육칠팔구]순|[환회]갑|불혹|[이삼사오육칠팔]십 ?(?:대|줄)|(?:ty|ies|\d0s)\b"
)
# Readers compare the things that a sentence names with each other: its length bounds what that costs.
LONGEST = 240
MOST_NAMED = 24
_END = re.compile(r"(?=[.!?…\n\t])(?:[.!?…]+[\"'’”)]*(?=\s|$)|[\n\t]+|(?<=[요다죠])[.!?])")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[a-z])")
# And the Xin in the hour? That's Direct Wealth too: a question with its answer is one statement.
_ANSWERED = re.compile(
    r"(?P<asked>\b(?:And|What|Which|Who|Where|How)\b[^.?!\n]{3,70})\?(?= [^.?!\n]{3,40}[.!])"
    r"|(?P<short>(?:(?<=[.!?] )|(?<=\n)|(?<=^))[A-Z][^.?!\n]{3,50})\?(?= (?:That|It|This)(?:'s| is) )"
    r"|(?P<named>(?:(?<=[.!?] )|(?<=\n)|(?<=^))(?:And )?(?:[Yy]our|[Tt]he) [^.?!\n]{3,40})\?(?= [A-Z])"
)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text that name anything; one without an end is cut at ``LONGEST`` letters.

    A typographic apostrophe is read as a plain one (isn’t, you’re), so that a pattern knows one of them.
    """
    start = 0
    text = _APOSTROPHE.sub("'", text) if "’" in text else text
    text = _ANSWERED.sub(r"\g<asked>\g<short>\g<named>,", text) if "?" in text else text
    for stop in [*(found.end() for found in _END.finditer(text)), len(text)]:
        while start < stop:
            end = stop if stop - start <= LONGEST else _cut(text, start)
            piece = text[start:end]
            named = mentions(piece)
            if 0 < len(named) <= MOST_NAMED or (not named and _UNNAMED.search(piece)):
                yield Sentence(piece, start, named, asked="?" in piece[-3:])
            start = end


def _cut(text: str, start: int) -> int:
    """Return where a piece of ``LONGEST`` letters ends: at its last space, if it has one."""
    space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
    return space + 1 if space > 0 else start + LONGEST
