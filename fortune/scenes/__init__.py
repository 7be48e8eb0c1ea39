"""Sixty scenes, one for each day pillar: a motif by its stem in a landscape by its branch, as SVG and as pixels.

A scene is a list of flat shapes that name the roles of colours. Style sheets, files and pictures fill the roles in.

- Composed (``compose``) of ``motifs`` and ``lands``, drawn with ``land``, ``plants`` and ``shapes``.
- Coloured by ``palette`` and ``style``; put out as ``svg`` or ``raster``.
"""

from fortune.scenes.compose import HEIGHT, WIDTH, compose
from fortune.scenes.palette import LANDS, MOTIFS, Theme, colours, scene_name
from fortune.scenes.raster import paint
from fortune.scenes.style import style_sheet
from fortune.scenes.svg import drawing, inline, standalone

__all__ = [
    "HEIGHT", "LANDS", "MOTIFS", "WIDTH", "Theme",
    "colours", "compose", "drawing", "inline", "paint", "scene_name", "standalone", "style_sheet",
]  # fmt: skip
