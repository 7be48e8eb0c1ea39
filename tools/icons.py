"""Draw the icons for phones' home screens (static/icons): four pillars on the accent colour. Run after a change."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).resolve().parent.parent / "static" / "icons"
ACCENT, BAR = "#7b3b5d", "#ffffff"
# The pillars of the logo in a square of 32: x, top, bottom.
PILLARS = ((7, 9, 25), (12, 7, 25), (17, 9, 25), (22, 12, 25))
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    f'<rect width="32" height="32" rx="8" fill="{ACCENT}"/><g fill="{BAR}">'
    + "".join(f'<rect x="{x}" y="{top}" width="3" height="{end - top}" rx="1.5"/>' for x, top, end in PILLARS)
    + "</g></svg>\n"
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

    for x, top, end in PILLARS:
        box = (at(x), at(top), at(x + 3), at(end))
        pen.rounded_rectangle(box, radius=1.5 * unit * shrink, fill=BAR)
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
