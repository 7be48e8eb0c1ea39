"""A scene as pixels, drawn twice as large as wanted and reduced, so that edges are smooth."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageDraw

from fortune.scenes.compose import HEIGHT, WIDTH, compose
from fortune.scenes.palette import Theme, colours
from fortune.scenes.shapes import Curve, Oval, Point, Shape

OVER = 2
FOCUS = 262.0
"""The middle of a crop that is narrower than the sheet: most of the landscape, and all of the motif."""
STEPS = 10
"""Straight lines for one Bézier segment."""


def paint(stem: int, branch: int, theme: Theme, size: tuple[int, int]) -> Image.Image:
    """Return the scene, covering ``size``; what is cut off at the sides leaves ``FOCUS`` in the middle.

    It is CPU work of some tenths of a second: call it in the native pool.
    """
    palette = colours(stem, branch, theme)
    width, height = size[0] * OVER, size[1] * OVER
    scale = max(width / WIDTH, height / HEIGHT)
    top = (height - HEIGHT * scale) / 2
    left = min(0.0, max(width - WIDTH * scale, width / 2 - FOCUS * scale))
    image = _sky(palette["a"], palette["b"], (width, height), top, HEIGHT * scale)
    for shape in compose(stem, branch):
        _draw(image, shape, palette[shape.role], scale, left, top)
    return image.resize(size, Image.Resampling.BOX)


def _sky(above: str, below: str, size: tuple[int, int], top: float, height: float) -> Image.Image:
    ramp = Image.linear_gradient("L").resize((1, round(height)), Image.Resampling.BICUBIC)
    ramp = ramp.crop((0, round(-top), 1, round(-top) + size[1])).resize(size)
    return Image.composite(Image.new("RGB", size, below), Image.new("RGB", size, above), ramp)


def _draw(image: Image.Image, shape: Shape, colour: str, scale: float, left: float, top: float) -> None:
    lines = [[(x * scale + left, y * scale + top) for x, y in _points(part)] for part in shape.parts]
    if shape.opacity == 1:
        _ink(ImageDraw.Draw(image), shape, lines, colour, scale)
        return
    mask = Image.new("L", image.size, 0)
    _ink(ImageDraw.Draw(mask), shape, lines, round(255 * shape.opacity), scale)
    image.paste(colour, (0, 0, *image.size), mask)


def _ink(
    pen: ImageDraw.ImageDraw, shape: Shape, lines: list[list[Point]], fill: str | int, scale: float
) -> None:
    for line, part in zip(lines, shape.parts, strict=True):
        if not shape.width:
            pen.polygon(line, fill=fill)
            continue
        width = shape.width * scale
        closed = isinstance(part, Oval) or part.closed
        pen.line([*line, line[0]] if closed else line, fill=fill, width=max(1, round(width)), joint="curve")
        for x, y in (line[0], line[-1]):
            r = width / 2
            pen.ellipse((x - r, y - r, x + r, y + r), fill=fill)


def _points(part: Oval | Curve) -> Iterator[Point]:
    if isinstance(part, Oval):
        part = _as_curve(part)
    at = part.start
    yield at
    for segment in part.segments:
        if len(segment) == 1:
            at = segment[0]
            yield at
            continue
        b, c, d = segment
        for step in range(1, STEPS + 1):
            t = step / STEPS
            s = 1 - t
            yield (
                s**3 * at[0] + 3 * s * s * t * b[0] + 3 * s * t * t * c[0] + t**3 * d[0],
                s**3 * at[1] + 3 * s * s * t * b[1] + 3 * s * t * t * c[1] + t**3 * d[1],
            )
        at = d


def _as_curve(o: Oval) -> Curve:
    kx, ky = o.rx * 0.5523, o.ry * 0.5523
    east, south, west, north = (o.x + o.rx, o.y), (o.x, o.y + o.ry), (o.x - o.rx, o.y), (o.x, o.y - o.ry)
    return Curve(
        east,
        (
            ((east[0], o.y + ky), (o.x + kx, south[1]), south),
            ((o.x - kx, south[1]), (west[0], o.y + ky), west),
            ((west[0], o.y - ky), (o.x - kx, north[1]), north),
            ((o.x + kx, north[1]), (east[0], o.y - ky), east),
        ),
    )
