"""The order in which a scene's shapes are laid on each other."""

from __future__ import annotations

from functools import cache
from typing import Final

from fortune.scenes.lands import LANDSCAPES
from fortune.scenes.motifs import MOTIF_SHAPES
from fortune.scenes.shapes import Shape

WIDTH: Final = 480
HEIGHT: Final = 320


@cache
def compose(stem: int, branch: int) -> tuple[Shape, ...]:
    """Return the shapes of a day pillar's scene, the farthest first. ``stem`` 0 is 갑, ``branch`` 0 is 자."""
    land = LANDSCAPES[branch]
    motif = MOTIF_SHAPES[stem](land)
    return (
        *land.sky, *motif.sky, *land.far, *motif.far, *land.middle,
        *motif.middle, *land.near, *motif.near, *land.detail, *motif.front,
    )  # fmt: skip
