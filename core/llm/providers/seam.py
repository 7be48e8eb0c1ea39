"""Where a continued text meets what was written before.

A model that is asked in words to go on often says the end of the text again, and sometimes starts over.
`Seam` holds back the first characters only as long as they may be such a repetition.
"""

from __future__ import annotations

# Shorter repetitions happen in any text: a word or a particle that comes twice.
LEAST = 8
MOST = 400
# A beginning said again for this long is a text that starts over.
BEGINNING = 24


def overlap(before: str, after: str) -> int:
    """How many characters at the start of `after` repeat the end of `before`; 0 if fewer than 8 do."""
    for length in range(min(len(before), len(after), MOST), LEAST - 1, -1):
        if before.endswith(after[:length]):
            return length
    return 0


class Seam:
    """Joins one continuation to its prefix. `restarted`: the text started over, nothing was dropped."""

    __slots__ = ("_beginning", "_end", "_held", "_open", "restarted")

    def __init__(self, prefix: str) -> None:
        self._beginning = prefix[:BEGINNING]
        self._end = prefix[-MOST:]
        self._held = ""
        self._open = True
        self.restarted = False

    def join(self, text: str) -> str:
        """What of `text`, and of what was held back, goes on after the prefix; "" while that is unclear."""
        if not self._open:
            return text
        self._held += text
        if self._held in self._end or self._beginning.startswith(self._held):
            return ""
        return self.rest()

    def rest(self) -> str:
        """What is still held back, at the end of the stream or once it is clear."""
        self._open = False
        held, self._held = self._held, ""
        repeated = overlap(self._end, held)
        if not repeated and len(self._beginning) >= LEAST and held.startswith(self._beginning):
            self.restarted = True
        return held[repeated:]
