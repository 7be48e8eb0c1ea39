"""Motifs that flow: 임 a river, 계 rain."""

from __future__ import annotations

from fortune.scenes.land import Land, Motif
from fortune.scenes.shapes import Curve, area, band, oval, polygon, smooth, stroke


def river(land: Land) -> Motif:
    """임: a wide river that comes from the horizon, with a sail on it."""
    h = land.horizon + 22
    water = Curve(
        (236, h),
        (((286, h + 16), (196, h + 30), (150, h + 52)), ((84, h + 84), (60, 280), (-10, 300)), ((-10, 330),), ((490, 330),),
         ((490, 276),), ((430, 262), (360, h + 66), (344, h + 46)), ((330, h + 28), (330, h + 10), (262, h))),
    )  # fmt: skip
    glints = (band(232, h + 22, 66, 3), band(196, h + 40, 84, 3.6), band(270, h + 56, 64, 4))
    rows = []
    for row, (y, r) in enumerate(((258, 15), (280, 19), (306, 24))):
        rows.append(
            area("1", *(oval(x, y + r, r) for x in range(-10 + (row % 2) * r, 500, 2 * r)), opacity=1)
        )
        crests = (
            Curve(
                (x - r, y + r),
                (
                    ((x - r, y + r * 0.45), (x - r * 0.55, y), (x, y)),
                    ((x + r * 0.55, y), (x + r, y + r * 0.45), (x + r, y + r)),
                ),
                closed=False,
            )
            for x in range(-10 + (row % 2) * r, 500, 2 * r)
        )
        rows.append(stroke("2", 2.2, *crests))
    sx, sy = 292.0, h + 50
    boat = (
        area("4", polygon((sx - 30, sy - 2), (sx + 32, sy - 2), (sx + 22, sy + 9), (sx - 22, sy + 9))),
        stroke("4", 2.6, polygon((sx, sy), (sx, sy - 66), closed=False)),
        area("3", smooth((sx + 3, sy - 62), (sx + 28, sy - 44), (sx + 30, sy - 8), (sx + 3, sy - 8))),
        area("3", polygon((sx - 3, sy - 54), (sx - 3, sy - 8), (sx - 22, sy - 8)), opacity=0.85),
    )
    return Motif(near=(area("0", water), area("2", *glints), *boat, *rows))


def rain(land: Land) -> Motif:
    """계: a quiet rain out of two clouds, and its rings on the ground."""
    clouds = (
        band(170, 54, 150, 26),
        band(214, 36, 92, 26),
        band(128, 70, 130, 20),
        band(262, 72, 150, 22),
        band(330, 52, 84, 22),
    )
    under = (band(146, 84, 120, 10), band(284, 86, 112, 10))
    drops = []
    for row in range(6):
        for column in range(11):
            x = 128 + column * 27 + (row * 17) % 27
            y = 104 + row * 27 + (column * 19) % 23
            if y < 262:
                drops.append(polygon((x, y), (x - 4.5, y + 15), closed=False))
    rings = ((196, 268, 21), (282, 262, 26), (368, 272, 20), (240, 292, 28), (330, 296, 30))
    return Motif(
        front=(
            area("1", *under),
            area("0", *clouds),
            stroke("2", 2, *drops, opacity=0.9),
            stroke("3", 2, *(oval(x, y, r, r * 0.24) for x, y, r in rings)),
            stroke("3", 1.4, *(oval(x, y, r * 0.5, r * 0.12) for x, y, r in rings)),
        )
    )
