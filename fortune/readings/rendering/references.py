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


class Text(str):
    """A piece that may stand in the source."""

    __slots__ = ()


def referring(pieces: Iterable[Part], source: str) -> list[Part]:
    """Return the pieces with those that are ``Text`` as references to ``source``, as far as they stand in it."""
    parts: list[Part] = []
    at = 0
    for piece in pieces:
        if isinstance(piece, Text):
            left: str = piece
            while len(left) >= SHORTEST and (found := source.find(left[:SHORTEST], at)) >= 0:
                count = _common(left, source, found)
                if found > at:
                    parts.append(at - found)
                parts.append(count)
                at, left = found + count, left[count:]
            piece = str(left)
        if not piece:
            continue
        if isinstance(piece, str) and parts and isinstance(parts[-1], str):
            parts[-1] += piece
        else:
            parts.append(piece)
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
