"""Text written as references to text that its reader has: what is sent of a block is little more than its tags.

Written so, text is a list: a string stands for itself, a number for so many characters copied from the source, and a
negative number for so many of them left out. Any other part is the writer's and its reader's own (render.py).
static/js/blocks.js puts it together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

# A shorter copy saves nothing.
SHORTEST: Final = 4

Part = str | int | list[list[str]]


def referring(pieces: Iterable[str], source: str) -> list[Part]:
    """Return the pieces, every other one of them as references to ``source``, as far as it stands there.

    The first piece is such a one, the second stands for itself, and so on.
    """
    parts: list[Part] = []
    at, literal, refers = 0, "", True
    for piece in pieces:
        if refers:
            while len(piece) >= SHORTEST and (found := source.find(piece[:SHORTEST], at)) >= 0:
                if literal:
                    parts.append(literal)
                    literal = ""
                if found > at:
                    parts.append(at - found)
                count = _common(piece, source, found)
                parts.append(count)
                at, piece = found + count, piece[count:]
        literal += piece
        refers = not refers
    if literal:
        parts.append(literal)
    return parts


def _common(text: str, source: str, at: int) -> int:
    """Return how many characters of ``text`` stand in ``source`` from ``at`` on."""
    if source.startswith(text, at):
        return len(text)
    low, high = 0, len(text)  # the longest prefix that is there, by halving
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if source.startswith(text[:middle], at) else (low, middle - 1)
    return low
