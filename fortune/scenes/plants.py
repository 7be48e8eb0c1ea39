"""Small things that several landscapes have: trees, grass, flowers, birds, flakes."""

from __future__ import annotations

from math import cos, pi, sin

from fortune.scenes.shapes import Curve, Oval, polygon, smooth


def round_tree(x: float, y: float, r: float) -> tuple[Curve | Oval, ...]:
    """A broad tree seen from afar."""
    return (
        polygon((x - r * 0.12, y), (x + r * 0.12, y), (x + r * 0.08, y - r), (x - r * 0.08, y - r)),
        Oval(x - r * 0.5, y - r * 1.1, r * 0.62, r * 0.52),
        Oval(x + r * 0.5, y - r * 1.15, r * 0.6, r * 0.5),
        Oval(x, y - r * 1.55, r * 0.66, r * 0.6),
        Oval(x, y - r * 1.1, r * 0.8, r * 0.5),
    )


def fir(x: float, y: float, h: float) -> tuple[Curve, ...]:
    """A narrow tree: three wedges."""
    w = h * 0.2
    wedges = (
        polygon((x - w * k, y - h * low), (x, y - h * high), (x + w * k, y - h * low))
        for k, low, high in ((1.0, 0.06, 0.6), (0.8, 0.32, 0.82), (0.56, 0.56, 1.0))
    )
    foot = w * 0.14
    return (*wedges, polygon((x - foot, y), (x + foot, y), (x + foot, y - h * 0.1), (x - foot, y - h * 0.1)))


def bare_tree(x: float, y: float, h: float) -> tuple[Curve, ...]:
    """Lines of a tree without leaves, for a stroke."""
    return (
        smooth((x, y), (x + h * 0.02, y - h * 0.4), (x - h * 0.02, y - h), closed=False),
        smooth(
            (x + h * 0.01, y - h * 0.36),
            (x - h * 0.16, y - h * 0.58),
            (x - h * 0.26, y - h * 0.84),
            closed=False,
        ),
        smooth(
            (x + h * 0.01, y - h * 0.46),
            (x + h * 0.18, y - h * 0.66),
            (x + h * 0.26, y - h * 0.9),
            closed=False,
        ),
        smooth(
            (x - h * 0.1, y - h * 0.52),
            (x - h * 0.2, y - h * 0.58),
            (x - h * 0.32, y - h * 0.62),
            closed=False,
        ),
        smooth(
            (x + h * 0.12, y - h * 0.6),
            (x + h * 0.24, y - h * 0.64),
            (x + h * 0.36, y - h * 0.7),
            closed=False,
        ),
    )


def blade(x: float, y: float, dx: float, dy: float, w: float) -> Curve:
    """A narrow leaf from its foot to its tip."""
    tip, middle = (x + dx, y + dy), (x + dx * 0.35, y + dy * 0.6)
    return Curve(
        (x - w, y),
        (
            (((x - w), y), (middle[0] - w, middle[1]), tip),
            ((middle[0] + w, middle[1]), (x + w, y), (x + w, y)),
        ),
    )


def grass(x: float, y: float, h: float) -> tuple[Curve, ...]:
    """A tuft of three blades."""
    return tuple(
        blade(x + at, y, lean, -h * k, 1.7) for at, lean, k in ((-4, -7, 0.8), (0, 2, 1.0), (4, 9, 0.75))
    )


def plume(x: float, y: float, h: float, lean: float) -> tuple[Curve, Curve]:
    """A stalk of silver grass (for a stroke) and its plume (an area)."""
    tip = (x + lean, y - h)
    stalk = smooth((x, y), (x + lean * 0.3, y - h * 0.55), (x + lean * 0.8, y - h * 0.88), closed=False)
    head = smooth((x + lean * 0.55, y - h * 0.72), (x + lean * 0.7, y - h * 0.92), (tip[0] + lean * 0.45, tip[1] - 1),
                  (tip[0] + lean * 0.35, tip[1] + 7), (x + lean * 0.95, y - h * 0.78))  # fmt: skip
    return stalk, head


def bird(x: float, y: float, w: float) -> Curve:
    """A wild goose far away, for a stroke."""
    return smooth(
        (x - w, y - w * 0.3),
        (x - w * 0.4, y - w * 0.42),
        (x, y),
        (x + w * 0.4, y - w * 0.42),
        (x + w, y - w * 0.3),
        closed=False,
    )


def blossom(x: float, y: float, r: float) -> tuple[Curve]:
    """Return five round petals in one line."""

    def at(turn: float, far: float) -> tuple[float, float]:
        return x + r * far * sin(turn * pi * 0.4), y - r * far * cos(turn * pi * 0.4)

    return (
        Curve(
            at(0.5, 0.42),
            tuple((at(n - 0.35, 1.5), at(n + 0.35, 1.5), at(n + 0.5, 0.42)) for n in range(1, 6)),
        ),
    )
