"""The citable facts of a chart, and the same packed, for as long as a text is written.

A chart has some hundred and twenty citable facts, which are 40 KB as strings and 5 KB packed. A text cites a quarter of them,
and a stream keeps them from its first word to its last.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

_encode = msgspec.msgpack.Encoder().encode
# Each fact stays encoded until it is asked for: to decode all of them takes ten times as long.
_rows = msgspec.msgpack.Decoder(dict[str, msgspec.Raw]).decode
_row = msgspec.msgpack.Decoder(tuple[str, tuple[str, ...]]).decode


@dataclass(frozen=True, slots=True)
class Citation:
    """One citable fact: its sentence and its cells."""

    says: str
    cells: tuple[str, ...]


class Packed(Mapping[str, Citation]):
    """Citations by the ids of their facts, compressed. Those that have been cited are kept as they are."""

    __slots__ = ("_cited", "_ids", "_packed")

    def __init__(self, citations: Mapping[str, Citation]) -> None:
        self._ids = tuple(map(sys.intern, citations))  # nearly the same for all charts
        rows = {fact: (row.says, row.cells) for fact, row in citations.items()}
        self._packed = zlib.compress(_encode(rows), 1)
        self._cited: dict[str, Citation] = {}

    def __contains__(self, fact: object) -> bool:
        return fact in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, fact: str) -> Citation:
        return self.several([fact])[0]

    def several(self, facts: Iterable[str]) -> list[Citation]:
        """Return several at once, as a block cites them: they are unpacked together. Raises KeyError."""
        wanted = tuple(facts)
        new = [fact for fact in wanted if fact not in self._cited]
        if new:
            rows = _rows(zlib.decompress(self._packed))
            self._cited |= {fact: Citation(*_row(rows[fact])) for fact in new}
        return [self._cited[fact] for fact in wanted]


def citations_of(citations: Mapping[str, Citation], facts: Iterable[str]) -> list[Citation]:
    """Return the citations of several facts. Raises KeyError."""
    if isinstance(citations, Packed):
        return citations.several(facts)
    return [citations[fact] for fact in facts]
