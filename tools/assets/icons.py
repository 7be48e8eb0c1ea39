"""Draw the logo (static/icons): the eight letters of a chart, the day stem in gold. Run after a change.

Four columns of two tiles are how every Korean sees a chart; the golden one stands where 일간, oneself, does in 시 일 월 년.
templates/base.html has the same mark inline.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).resolve().parents[2] / "static" / "icons"
ACCENT, TILE, SELF = "#7b3b5d", "#ffffff", "#facc15"
# The tiles of the logo in a square of 32: columns 시 일 월 년, stems above branches.
SIDE, RADIUS = 4.6, 1.2
TILES = tuple(
    (x, y, SELF if (x, y) == (10.4, 10.0) else TILE) for y in (10.0, 16.4) for x in (4.6, 10.4, 16.2, 22.0)
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    f'<rect width="32" height="32" rx="8" fill="{ACCENT}"/>'
    + "".join(
        f'<rect x="{x + 0.4:g}" y="{y + 0.5:g}" width="{SIDE}" height="{SIDE}" rx="{RADIUS}" fill="{fill}"/>'
        for x, y, fill in TILES
    )
    + "</svg>\n"
)


def draw(size: int, *, round_corners: bool, shrink: float = 1.0) -> Image.Image:
    """Return the logo at ``size`` pixels; ``shrink`` leaves room for a mask. Drawn fourfold, then reduced."""
    big = size * 4
    image = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    unit = big / 32
    pen.rounded_rectangle((0, 0, big - 1, big - 1), radius=8 * unit if round_corners else 0, fill=ACCENT)

    def at(value: float) -> float:
        return (16 + (value - 16) * shrink) * unit

    for x, y, fill in TILES:
        box = (at(x + 0.4), at(y + 0.5), at(x + 0.4 + SIDE), at(y + 0.5 + SIDE))
        pen.rounded_rectangle(box, radius=RADIUS * unit * shrink, fill=fill)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    ICONS.mkdir(parents=True, exist_ok=True)
    (ICONS / "icon.svg").write_text(SVG, encoding="utf-8")
    for size in (192, 512):
        draw(size, round_corners=True).save(ICONS / f"icon-{size}.png", optimize=True)
    draw(180, round_corners=False).save(ICONS / "icon-180.png", optimize=True)
    draw(512, round_corners=False, shrink=0.7).save(ICONS / "icon-maskable-512.png", optimize=True)


if __name__ == "__main__":
    main()
