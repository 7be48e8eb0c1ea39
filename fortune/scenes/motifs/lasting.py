"""Motifs that last: 무 a mountain, 경 an iron bell."""

from __future__ import annotations

from fortune.scenes.land import Land, Motif, X
from fortune.scenes.shapes import Curve, Shape, area, band, oval, polygon, smooth, stroke


def mountain(land: Land) -> Motif:
    """무: one great peak on which clouds rest."""
    y = land.horizon + 40
    peak = polygon(
        (110, y), (150, y - 44), (178, y - 58), (214, y - 112), (232, y - 120), (262, y - 166), (280, y - 172),
        (306, y - 136), (326, y - 126), (352, y - 78), (384, y - 60), (440, y),
    )  # fmt: skip
    shade = polygon(
        (280, y - 172), (306, y - 136), (326, y - 126), (352, y - 78), (384, y - 60), (440, y), (306, y),
        (322, y - 46), (296, y - 72), (304, y - 104), (280, y - 124), (288, y - 148),
    )  # fmt: skip
    folds = (
        polygon(
            (232, y - 120), (240, y - 88), (226, y - 58), (236, y), (196, y), (208, y - 52), (220, y - 84)
        ),
        polygon((178, y - 58), (180, y - 30), (168, y), (150, y), (166, y - 30)),
    )
    clouds = (
        band(128, y - 66, 118, 13),
        band(160, y - 54, 140, 13),
        band(306, y - 96, 116, 12),
        band(334, y - 85, 104, 12),
    )
    under = (band(150, y - 46, 96, 8), band(348, y - 77, 66, 8))
    return Motif(far=(area("0", peak), area("1", shade, *folds), area("4", *under), area("3", *clouds)))


def bell(land: Land) -> Motif:
    """경: an iron bell under a small roof."""
    y = land.ground
    top = y - 100
    return Motif(near=(area("4", oval(X, y + 8, 88, 6), opacity=0.25), *_shelter(top, y), *_hung(top)))


def _shelter(top: float, ground: float) -> tuple[Shape, ...]:
    """Two posts, the beam on them, and a roof with raised ends."""
    posts = tuple(
        polygon((px - 5, top - 24), (px + 5, top - 24), (px + 6, ground + 6), (px - 6, ground + 6))
        for px in (X - 66, X + 66)
    )
    beam = polygon((X - 80, top - 26), (X + 80, top - 26), (X + 80, top - 15), (X - 80, top - 15))
    roof = Curve(
        (X - 108, top - 36),
        (((X - 84, top - 34), (X - 60, top - 46), (X - 46, top - 66)), ((X + 46, top - 66),),
         ((X + 60, top - 46), (X + 84, top - 34), (X + 108, top - 36)), ((X + 100, top - 26),), ((X - 100, top - 26),)),
    )  # fmt: skip
    return area("3", *posts, beam), area("4", roof, band(X - 52, top - 68, 104, 7))


def _hung(top: float) -> tuple[Shape, ...]:
    """The bell itself by its hanger, in light and shade, with two rings, a boss and a rim."""
    body = Curve(
        (X - 37, top + 74),
        (((X - 35, top + 44), (X - 36, top + 2), (X - 14, top),), ((X + 14, top),),
         ((X + 36, top + 2), (X + 35, top + 44), (X + 37, top + 74))),
    )  # fmt: skip
    shade = Curve(
        (X + 12, top + 74),
        (((X + 14, top + 44), (X + 14, top + 10), (X + 6, top)), ((X + 14, top),),
         ((X + 36, top + 2), (X + 35, top + 44), (X + 37, top + 74))),
    )  # fmt: skip
    light = smooth(
        (X - 26, top + 62), (X - 25, top + 30), (X - 16, top + 8), (X - 20, top + 34), (X - 20, top + 62)
    )
    hanger = smooth((X - 8, top + 1), (X - 7, top - 12), (X + 7, top - 12), (X + 8, top + 1), closed=False)
    rings = (
        polygon((X - 35, top + 58), (X + 35, top + 58), closed=False),
        polygon((X - 30, top + 20), (X + 30, top + 20), closed=False),
    )
    return (
        stroke("1", 4.5, hanger),
        area("0", body),
        area("1", shade),
        area("2", light),
        stroke("1", 3, *rings),
        area("2", oval(X - 6, top + 40, 6)),
        area("1", band(X - 40, top + 75, 80, 7)),
    )
