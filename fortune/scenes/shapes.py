"""Flat shapes: closed areas, strokes and ovals on a sheet of 480 × 320 units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse around a centre."""

    x: float
    y: float
    rx: float
    ry: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A start and its segments: one point is a straight line, three are a cubic Bézier curve."""

    start: Point
    segments: tuple[tuple[Point, ...], ...]
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """Areas of one colour. ``role`` names it in the palette; with a ``width`` their lines are drawn instead."""

    role: str
    parts: tuple[Oval | Curve, ...]
    opacity: float = 1.0
    width: float = 0.0


def area(role: str, *parts: Oval | Curve, opacity: float = 1.0) -> Shape:
    return Shape(role, parts, opacity)


def stroke(role: str, width: float, *parts: Oval | Curve, opacity: float = 1.0) -> Shape:
    return Shape(role, parts, opacity, width)


def oval(x: float, y: float, rx: float, ry: float | None = None) -> Oval:
    return Oval(x, y, rx, rx if ry is None else ry)


def polygon(*points: Point, closed: bool = True) -> Curve:
    """Return straight lines from point to point."""
    return Curve(points[0], tuple((p,) for p in points[1:]), closed)


def smooth(*points: Point, closed: bool = True) -> Curve:
    """Return a curve through all points (Catmull-Rom, as cubic Bézier segments)."""
    n = len(points)
    around: Sequence[Point] = (
        (points[-1], *points, points[0], points[1]) if closed else (points[0], *points, points[-1])
    )
    segments = []
    for i in range(n if closed else n - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = around[i : i + 4]
        one = (bx + (cx - ax) / 6, by + (cy - ay) / 6)
        two = (cx - (dx - bx) / 6, cy - (dy - by) / 6)
        segments.append((one, two, (cx, cy)))
    return Curve(points[0], tuple(segments), closed)


def hill(*points: Point, foot: float = 330) -> Curve:
    """Return the ground under a smooth line, down to ``foot``."""
    line = smooth(*points, closed=False)
    last, first = points[-1][0], points[0][0]
    return Curve(line.start, (*line.segments, ((last, foot),), ((first, foot),)))


def ridge(*points: Point, foot: float = 330) -> Curve:
    """Return the ground under straight edges, down to ``foot``."""
    return polygon(*points, (points[-1][0], foot), (points[0][0], foot))


def band(x: float, y: float, length: float, height: float) -> Curve:
    """Return a flat bar with round ends that begins at ``x`` and lies around ``y``: a cloud, mist, a glint of water."""
    r = height / 2
    k = r * 0.55
    left, right = x + r, x + length - r
    return Curve(
        (left, y - r),
        (
            ((right, y - r),),
            ((right + k, y - r), (x + length, y - k), (x + length, y)),
            ((x + length, y + k), (right + k, y + r), (right, y + r)),
            ((left, y + r),),
            ((left - k, y + r), (x, y + k), (x, y)),
            ((x, y - k), (left - k, y - r), (left, y - r)),
        ),
    )
