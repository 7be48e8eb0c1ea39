"""A printed page as it is read: the structure that Chromium writes into a tagged PDF, with the sheet of each piece.

Chromium writes every object openly and in plain text; only what is drawn is compressed, and that is not needed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
REFERENCE = re.compile(rb"<<[^>]*/Pg (\d+) 0 R[^>]*>>|(\d+) 0 R|(\d+)")
HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})


@dataclass(slots=True)
class Piece:
    """An element of the document: its kind as PDF names it ("H2", "TR"), and what is in it.

    That is further elements, and the sheet of each piece of content that is its own, in the order of reading.
    """

    kind: str
    inside: list[Piece | int] = field(default_factory=list)

    def walk(self) -> Iterator[Piece]:
        """Return this element and all in it."""
        yield self
        for part in self.inside:
            if isinstance(part, Piece):
                yield from part.walk()

    def contents(self, heading: bool = False) -> Iterator[tuple[int, bool]]:
        """Return the sheet of each piece of content, and whether it is a heading's."""
        heading = heading or self.kind in HEADINGS
        for part in self.inside:
            if isinstance(part, Piece):
                yield from part.contents(heading)
            else:
                yield part, heading


def printed(pdf: bytes) -> Piece:
    """Return the document of a tagged PDF."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    pages = [number for number, body in objects.items() if re.search(rb"/Type /Page\n", body + b"\n")]
    order = {number: at for at, number in enumerate(_order(objects, pages), start=1)}
    root = next(n for n, body in objects.items() if b"/Type /StructElem" in body and b"/S /Document" in body)
    return _piece(objects, order, root)


def _order(objects: dict[int, bytes], pages: list[int]) -> list[int]:
    """Return the sheets' objects in the order of the document."""
    listed = [
        int(number)
        for body in objects.values()
        if b"/Type /Pages" in body
        for number in re.findall(rb"(\d+) 0 R", body.partition(b"/Kids [")[2].partition(b"]")[0])
    ]
    return [number for number in listed if number in pages]


def _piece(objects: dict[int, bytes], order: dict[int, int], number: int) -> Piece:
    body = objects[number]
    piece = Piece(_found(rb"/S /(\w+)", body).decode())
    page = int(_found(rb"/Pg (\d+) 0 R", body) or 0)
    kids = _found(rb"/K (\[[^\]]*\]|\d+ 0 R|\d+)", body)
    for elsewhere, reference, content in REFERENCE.findall(kids):
        if elsewhere:  # marked content that names another sheet, in place
            piece.inside.append(order[int(elsewhere)])
        elif content:  # marked content on the element's own sheet
            piece.inside.append(order[page])
        elif b"/S /" in objects[int(reference)]:
            piece.inside.append(_piece(objects, order, int(reference)))
        elif b"/MCR" in objects[int(reference)]:  # marked content that names another sheet
            piece.inside.append(order[int(_found(rb"/Pg (\d+) 0 R", objects[int(reference)]))])
    return piece


def _found(pattern: bytes, body: bytes) -> bytes:
    match = re.search(pattern, body)
    return match[1] if match else b""


def lonely_headings(document: Piece) -> list[int]:
    """Return the sheets that end with a heading whose matter begins on the next one."""
    contents = list(document.contents())
    return [sheet for (sheet, heading), (after, _) in pairwise(contents) if heading and after != sheet]


def cut(document: Piece, kinds: frozenset[str]) -> list[tuple[str, list[int]]]:
    """Return the elements of some kinds that stand on more than one sheet."""
    found = (
        (piece.kind, sorted({sheet for sheet, _ in piece.contents()}))
        for piece in document.walk()
        if piece.kind in kinds
    )
    return [(kind, sheets) for kind, sheets in found if len(sheets) > 1]
