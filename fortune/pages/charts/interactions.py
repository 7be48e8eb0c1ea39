"""Relations of a passing pillar with a chart, in words for people: the kind, and the letters it involves."""

from __future__ import annotations

from dataclasses import dataclass

from fortune.pages.charts.labels import cell_word, element_word, meaning_of
from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.derive.relations import Relation, relations_with

# Cells of the passing pillar begin so (``relations_with``); they are not letters of the chart.
PASSING = "luck."


@dataclass(frozen=True, slots=True)
class Interaction:
    """One kind of relation. ``where``: the letters of the chart involved. ``toward``: the element of a 합."""

    key: str
    where: str
    meaning: str
    toward: str
    cells: str


def interactions(own: Pillars, pillar: Pillar) -> tuple[Interaction, ...]:
    """Return each kind once, in the traditional order, with every letter that takes part."""
    kinds: dict[str, list[Relation]] = {}
    for row in relations_with(own, pillar):
        kinds.setdefault(row.kind, []).append(row)
    return tuple(_interaction(kind, rows) for kind, rows in kinds.items())


def _interaction(kind: str, rows: list[Relation]) -> Interaction:
    cells = list(dict.fromkeys(cell for row in rows for cell in row.cells if not cell.startswith(PASSING)))
    elements = {row.element for row in rows if row.element is not None}
    return Interaction(
        kind,
        "·".join(cell_word(cell) for cell in cells),
        meaning_of(kind),
        element_word(elements.pop()) if len(elements) == 1 else "",
        " ".join(cells),
    )
