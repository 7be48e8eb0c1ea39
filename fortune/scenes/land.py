"""Landscapes and motifs as values: shapes by distance, and where things stand."""

from __future__ import annotations

from dataclasses import dataclass

from fortune.scenes.shapes import Shape

Shapes = tuple[Shape, ...]
X = 290.0
"""Where a motif stands: right of the middle, and inside every crop of a card."""


@dataclass(frozen=True, slots=True)
class Land:
    """Shapes from the sky to what is nearest.

    ``sun``: how high a sun stands in it. ``horizon``: where the far ground begins. ``ground``: the foot of what
    stands in it at ``X``.
    """

    sky: Shapes
    far: Shapes
    middle: Shapes
    near: Shapes
    detail: Shapes
    sun: float
    horizon: float
    ground: float


@dataclass(frozen=True, slots=True)
class Motif:
    """Shapes of a motif: in the sky, behind the middle ground, behind the near one, on it, and before everything."""

    sky: Shapes = ()
    far: Shapes = ()
    middle: Shapes = ()
    near: Shapes = ()
    front: Shapes = ()
