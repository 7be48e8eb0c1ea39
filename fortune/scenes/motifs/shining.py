"""Motifs that shine: 병 the sun, 정 a lantern, 신 crystals."""

from __future__ import annotations

from math import cos, pi, sin

from fortune.scenes.land import Land, Motif, X
from fortune.scenes.shapes import Curve, Shape, area, hill, oval, polygon, smooth, stroke


def sun(land: Land) -> Motif:
    """병: the red disc of the old screen paintings, as high as the hour has it."""
    y = land.sun
    return Motif(
        sky=(
            area("4", oval(X, y, 112), opacity=0.22),
            area("3", oval(X, y, 84), opacity=0.42),
            area("2", oval(X, y, 64), opacity=0.6),
            area("0", oval(X, y, 50)),
            area("1", oval(X - 4, y - 5, 41)),
        )
    )


def lantern(land: Land) -> Motif:
    """정: a cloth lantern in red and blue on a bent pole, with its circle of light."""
    y = land.ground
    lx, ly = X - 22, y - 84
    pole = smooth(
        (X + 34, y + 8), (X + 32, y - 70), (X + 26, y - 128), (X + 4, y - 142), (lx, y - 132), closed=False
    )
    red, blue = _panel(lx, ly - 29, ly - 2, 20, 31), _panel(lx, ly + 2, ly + 29, 31, 20)
    caps = (polygon((lx - 15, ly - 35), (lx + 15, ly - 35), (lx + 21, ly - 28), (lx - 21, ly - 28)),
            polygon((lx - 21, ly + 28), (lx + 21, ly + 28), (lx + 15, ly + 35), (lx - 15, ly + 35)))  # fmt: skip
    return Motif(
        near=(
            area("3", oval(lx, ly, 104), opacity=0.16),
            area("3", oval(lx, ly, 74), opacity=0.24),
            area("3", oval(lx, ly, 50), opacity=0.42),
            area("3", oval(lx, y + 6, 66, 9), opacity=0.36),
            stroke("0", 5, pole),
            stroke("0", 2, polygon((lx, y - 132), (lx, ly - 34), closed=False)),
            area("1", red),
            area("2", blue),
            area("4", oval(lx, ly, 15, 20), opacity=0.5),
            area("3", oval(lx, ly, 8, 12), opacity=0.85),
            area("0", *caps),
            stroke(
                "1",
                2.4,
                *(polygon((lx + d, ly + 36), (lx + d * 1.4, ly + 54), closed=False) for d in (-5, 0, 5)),
            ),
        )
    )


def _panel(x: float, top: float, bottom: float, above: float, below: float) -> Curve:
    """Half of a lantern: straight above and below, round at its sides."""
    k = (bottom - top) * 0.5
    return Curve(
        (x - above, top),
        (
            ((x + above, top),),
            ((x + above + (below - above) * 0.6, top + k * 0.7), (x + below, top + k), (x + below, bottom))
            if below > above
            else (
                (x + above, top + k),
                (x + below + (above - below) * 0.6, bottom - k * 0.7),
                (x + below, bottom),
            ),
            ((x - below, bottom),),
            ((x - below, top + k), (x - above - (below - above) * 0.6, top + k * 0.7), (x - above, top))
            if below > above
            else (
                (x - below - (above - below) * 0.6, bottom - k * 0.7),
                (x - above, top + k),
                (x - above, top),
            ),
        ),
    )


def crystals(land: Land) -> Motif:
    """신: a cluster of clear crystals that gathers the light."""
    y = land.ground + 8
    prisms = (
        (X - 46, y - 2, 13, 58, -24), (X + 50, y - 2, 14, 66, 26), (X - 23, y, 17, 96, -12),
        (X + 25, y, 16, 84, 12), (X, y + 4, 22, 132, 2),
    )  # fmt: skip
    bed = hill((X - 78, y + 8), (X - 40, y - 5), (X, y - 2), (X + 46, y - 5), (X + 82, y + 8), foot=y + 9)
    return Motif(
        near=(
            area("4", oval(X, y - 62, 100), opacity=0.16),
            area("4", oval(X, y - 62, 68), opacity=0.22),
            *(face for prism in prisms for face in _prism(*prism)),
            area("2", bed, opacity=0.55),
            area("4", _glint(X + 3, y - 128, 20), _glint(X - 52, y - 92, 12), _glint(X + 72, y - 104, 14)),
        )
    )


def _prism(x: float, foot: float, w: float, h: float, lean: float) -> tuple[Shape, ...]:
    """A crystal of half width ``w`` and height ``h``: three sides below its shoulder, three facets above."""
    a, b, c, d = x - w, x - w * 0.25, x + w * 0.45, x + w
    tip, shoulder = (x + lean, foot - h), foot - h + w * 1.5
    s = lean * 0.82
    one, two, three, four = (
        (a + s, shoulder), (b + s, shoulder + 6), (c + s, shoulder + 4), (d + s, shoulder - 2)
    )  # fmt: skip
    return (
        area("0", polygon((a, foot), one, two, (b, foot))),
        area("1", polygon((b, foot), two, three, (c, foot))),
        area("2", polygon((c, foot), three, four, (d, foot))),
        area("3", polygon(one, tip, two)),
        area("0", polygon(two, tip, three)),
        area("1", polygon(three, tip, four)),
    )


def _glint(x: float, y: float, r: float) -> Curve:
    return polygon(
        *(
            (x + r * f * cos(a * pi / 4), y + r * f * sin(a * pi / 4))
            for a in range(8)
            for f in (0.16 if a % 2 else 1.0,)
        )
    )
