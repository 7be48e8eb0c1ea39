"""Join a continued text to what was written before.

A model that is asked in words to go on often repeats the end of the text, and sometimes starts over.
``Seam`` holds back the first characters only as long as they may be such a repetition.
"""

from __future__ import annotations

# Shorter repetitions happen in any text: a word or a particle that comes twice.
MIN_OVERLAP = 8
MAX_OVERLAP = 400
# A text that repeats this much of the beginning has started over.
BEGINNING = 24


def overlap(before: str, after: str) -> int:
    """Return how many characters at the start of ``after`` repeat the end of ``before``; 0 if fewer than 8 do."""
    for length in range(min(len(before), len(after), MAX_OVERLAP), MIN_OVERLAP - 1, -1):
        if before.endswith(after[:length]):
            return length
    return 0


class Seam:
    """Joins one continuation to its prefix. ``restarted``: the text started over, nothing was dropped."""

    __slots__ = ("_beginning", "_end", "_held", "_open", "restarted")

    def __init__(self, prefix: str) -> None:
        self._beginning = prefix[:BEGINNING]
        self._end = prefix[-MAX_OVERLAP:]
        self._held = ""
        self._open = True
        self.restarted = False

    def join(self, text: str) -> str:
        """Return what of ``text``, and of what was held back, continues the prefix; "" while that is unclear."""
        if not self._open:
            return text
        self._held += text
        if self._held in self._end or self._beginning.startswith(self._held):
            return ""
        return self.flush()

    def flush(self) -> str:
        """Return what is still held back, at the end of the stream or once it is clear."""
        self._open = False
        held, self._held = self._held, ""
        repeated = overlap(self._end, held)
        if not repeated and len(self._beginning) >= MIN_OVERLAP and held.startswith(self._beginning):
            self.restarted = True
        return held[repeated:]
