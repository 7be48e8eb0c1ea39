"""Motifs that grow: 갑 a pine, 을 a flowering vine, 기 a tilled field."""

from __future__ import annotations

from math import cos, pi, sin

from fortune.scenes.land import Land, Motif, X
from fortune.scenes.shapes import Curve, Shape, area, hill, oval, polygon, smooth, stroke


def pine(land: Land) -> Motif:
    """갑: a red pine with needles in flat clouds, as folk paintings have it."""
    y = land.ground
    trunk = smooth(
        (X - 13, y + 6), (X - 7, y - 30), (X - 11, y - 70), (X + 1, y - 115), (X - 2, y - 168),
        (X + 4, y - 168), (X + 9, y - 112), (X + 1, y - 70), (X + 7, y - 30), (X + 17, y + 6),
    )  # fmt: skip
    shade = smooth(
        (X + 3, y + 4), (X + 1, y - 30), (X - 3, y - 70), (X + 5, y - 114), (X + 3, y - 160),
        (X + 9, y - 112), (X + 1, y - 70), (X + 7, y - 30), (X + 17, y + 6),
    )  # fmt: skip
    limbs = (
        smooth((X - 6, y - 78), (X - 30, y - 92), (X - 52, y - 92), closed=False),
        smooth((X + 3, y - 96), (X + 28, y - 108), (X + 50, y - 106), closed=False),
        smooth((X + 2, y - 122), (X - 18, y - 138), (X - 36, y - 138), closed=False),
    )
    pads = ((X - 58, y - 92, 46, 26), (X + 56, y - 108, 44, 25), (X - 36, y - 138, 40, 24),
            (X + 30, y - 148, 40, 24), (X - 1, y - 176, 42, 28))  # fmt: skip
    needles: list[Shape] = []
    for px, py, w, h in pads:
        needles += [
            area("3", _pad(px, py + 4, w, h)),
            area("2", _pad(px - 2, py, w - 3, h - 3)),
            area("4", _pad(px - 8, py - h * 0.34, w * 0.56, h * 0.42)),
        ]
    return Motif(near=(stroke("1", 5, *limbs), area("0", trunk), area("1", shade), *needles))


def _pad(x: float, y: float, w: float, h: float) -> Curve:
    """A flat cloud of needles, scalloped above."""
    return smooth(
        (x - w, y), (x - w * 0.82, y - h * 0.42), (x - w * 0.5, y - h * 0.5), (x - w * 0.36, y - h * 0.86),
        (x, y - h * 0.98), (x + w * 0.36, y - h * 0.82), (x + w * 0.54, y - h * 0.46), (x + w * 0.84, y - h * 0.4),
        (x + w, y), (x + w * 0.55, y + h * 0.16), (x - w * 0.55, y + h * 0.16),
    )  # fmt: skip


def vine(land: Land) -> Motif:
    """을: a morning glory that climbs out of the ground and leans into the picture."""
    stem = smooth(
        (168, 330), (196, 262), (262, 236), (318, 196), (300, 138), (238, 116), (196, 136), closed=False
    )
    side = smooth((262, 236), (330, 250), (378, 222), (392, 184), closed=False)
    curl = smooth((196, 136), (186, 150), (196, 160), (205, 151), (199, 144), closed=False)
    tip = smooth((392, 184), (398, 168), (386, 162), (382, 172), closed=False)
    leaves = ((204, 252, -60, 1.1), (244, 220, 200, 0.9), (306, 240, 60, 1.1), (352, 252, 10, 0.9), (326, 178, 20, 1.0),
              (286, 150, 210, 0.9), (262, 104, -30, 0.8), (186, 296, 190, 1.1))  # fmt: skip
    flowers = ((318, 206, 27), (232, 122, 25), (376, 214, 22))
    return Motif(
        front=(
            stroke("0", 5, stem),
            stroke("0", 3.4, side),
            stroke("0", 2.4, curl, tip),
            area("1", *(_leaf(*leaf) for leaf in leaves)),
            stroke("2", 1.6, *(_rib(*leaf) for leaf in leaves)),
            *(shape for flower in flowers for shape in _flower(*flower)),
        )
    )


def _turned(
    points: list[tuple[float, float]], x: float, y: float, degrees: float, k: float
) -> list[tuple[float, float]]:
    c, s = cos(degrees * pi / 180) * k, sin(degrees * pi / 180) * k
    return [(x + px * c - py * s, y + px * s + py * c) for px, py in points]


def _leaf(x: float, y: float, degrees: float, k: float) -> Curve:
    heart = [
        (0.0, 0.0),
        (-4.0, -12.0),
        (8.0, -18.0),
        (24.0, -10.0),
        (38.0, 0.0),
        (24.0, 10.0),
        (8.0, 18.0),
        (-4.0, 12.0),
    ]
    return smooth(*_turned(heart, x, y, degrees, k))


def _rib(x: float, y: float, degrees: float, k: float) -> Curve:
    return polygon(*_turned([(0.0, 0.0), (30.0, 0.0)], x, y, degrees, k), closed=False)


def _flower(x: float, y: float, r: float) -> tuple[Shape, ...]:
    rim = [
        (x + r * f * cos(a * pi / 5), y + r * f * sin(a * pi / 5))
        for a in range(10)
        for f in (1.0 if a % 2 else 0.9,)
    ]
    rays = [
        (x + r * f * cos(a * pi / 5 + 0.3), y + r * f * sin(a * pi / 5 + 0.3))
        for a in range(10)
        for f in (0.74 if a % 2 else 0.2,)
    ]
    return area("3", smooth(*rim)), area("4", polygon(*rays), oval(x, y, r * 0.24))


def field(land: Land) -> Motif:
    """기: furrows that run away from the eye, with rows of sprouts."""
    top = land.ground - 16
    ground = hill((-10, top + 22), (90, top + 6), (220, top - 2), (340, top - 2), (490, top + 14))
    vx, vy = 262.0, top - 60

    def line(bottom_x: float, depth: float) -> tuple[float, float]:
        """A point on the furrow that leaves the sheet at ``bottom_x``; depth 0 is far, 1 is near."""
        edge = top + 3 + abs(vx + (bottom_x - vx) * 0.25 - 262) * 0.06
        py = edge + (330 - edge) * depth
        return vx + (bottom_x - vx) * (py - vy) / (330 - vy), py

    xs = range(-620, 1140, 92)
    furrows = tuple(polygon(line(x - 19, 0), line(x + 19, 0), line(x + 19, 1), line(x - 19, 1)) for x in xs)
    crests = tuple(polygon(line(x + 19, 0), line(x + 30, 0), line(x + 30, 1), line(x + 19, 1)) for x in xs)
    sprouts, lit = [], []
    for x in xs:
        for depth in (0.08, 0.3, 0.62):
            px, py = line(x + 46, depth)
            if -8 < px < 488:
                k = 0.45 + depth * 1.1
                sprouts.append(_sprout(px, py, k, -1))
                lit.append(_sprout(px, py, k, 1))
    return Motif(
        near=(
            area("0", ground),
            area("1", *furrows),
            area("2", *crests),
            area("3", *sprouts),
            area("4", *lit),
        )
    )


def _sprout(x: float, y: float, k: float, side: int) -> Curve:
    tip = (x + side * 13 * k, y - 13 * k)
    return Curve(
        (x, y), (((x, y - 8 * k), (x + side * 5 * k, y - 13 * k), tip), (tip, (x + side * 9 * k, y), (x, y)))
    )
