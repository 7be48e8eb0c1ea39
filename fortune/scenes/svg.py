"""A scene as SVG: inline, coloured by the page's style sheets, or as a file of its own in one theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby

from fortune.scenes.compose import HEIGHT, WIDTH, compose
from fortune.scenes.palette import LANDS, MOTIFS, Theme, colours
from fortune.scenes.shapes import Curve, Oval, Point, Shape

Attributes = Callable[[Shape], str]


def inline(stem: int, branch: int, *, label: str) -> str:
    """Return the scene as an ``<svg>`` for HTML; ``static/css/scenes.css`` colours it. ``label`` must be escaped."""
    names = f"scene land-{LANDS[branch]} motif-{MOTIFS[stem]}"
    head = (
        f'<svg class="{names}" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice" role="img" '
        f'aria-label="{label}">'
    )
    return head + drawing(stem, branch) + "</svg>"


@cache
def drawing(stem: int, branch: int) -> str:
    """Return what is inside of the ``<svg>``: drawn once, and kept for all sixty (400 KB), as drawing takes 1.3 ms."""
    stops = '<stop class="sa"/><stop class="sb" offset="1"/>'
    return _body(f"sky-{LANDS[branch]}", stops, compose(stem, branch), _classes)


def standalone(stem: int, branch: int, theme: Theme) -> str:
    """Return the scene as an SVG file in the colours of one theme."""
    palette = colours(stem, branch, theme)
    stops = f'<stop stop-color="{palette["a"]}"/><stop stop-color="{palette["b"]}" offset="1"/>'

    def filled(shape: Shape) -> str:
        colour = palette[shape.role]
        if not shape.width:
            return f'fill="{colour}"'
        return f'fill="none" stroke="{colour}" stroke-linecap="round" stroke-linejoin="round"'

    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice">'
    return head + _body("sky", stops, compose(stem, branch), filled) + "</svg>"


def _classes(shape: Shape) -> str:
    return f'class="{"k" if shape.width else "s"}{shape.role}"'


def _body(sky: str, stops: str, shapes: Sequence[Shape], attributes: Attributes) -> str:
    parts = [
        f'<defs><linearGradient id="{sky}" x2="0" y2="1">{stops}</linearGradient></defs>'
        f'<path fill="url(#{sky})" d="M0 0H{WIDTH}V{HEIGHT}H0Z"/>'
    ]
    # Neighbours of one colour share an element: a page has fewer nodes.
    for (_, opacity, width), same in groupby(shapes, key=lambda s: (s.role, s.opacity, s.width)):
        group = list(same)
        more = f' opacity="{opacity:g}"' * (opacity != 1) + f' stroke-width="{width:g}"' * bool(width)
        lines = "".join(_line(part) for shape in group for part in shape.parts)
        parts.append(f'<path {attributes(group[0])}{more} d="{lines}"/>')
    return "".join(parts)


def _line(part: Oval | Curve) -> str:
    """Return the part in relative commands, in tenths of a unit: they are shorter."""
    if isinstance(part, Oval):
        rx, ry, far = _n(part.rx), _n(part.ry), _n(2 * part.rx)
        return f"M{_n(part.x - part.rx)} {_n(part.y)}a{rx} {ry} 0 1 1 {far} 0a{rx} {ry} 0 1 1-{far} 0"
    x, y = _tenths(part.start)
    words = [f"M{_written(x)}{_joined(y)}"]
    for segment in part.segments:
        steps: list[int] = []
        for point in segment:
            px, py = _tenths(point)
            steps += (px - x, py - y)
        words.append(("l" if len(segment) == 1 else "c") + _written(steps[0]))
        words += map(_joined, steps[1:])
        x, y = px, py
    return "".join(words) + "z" * part.closed


def _tenths(point: Point) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


@cache
def _written(tenths: int) -> str:
    return f"{tenths / 10:g}".replace("0.", ".", 1) if abs(tenths) < 10 else f"{tenths / 10:g}"


@cache
def _joined(tenths: int) -> str:
    """Return a number that follows another one: a minus sign separates by itself."""
    return ("" if tenths < 0 else " ") + _written(tenths)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
