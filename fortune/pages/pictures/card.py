"""The picture of a shared chart, 1200 × 630, drawn from the site's own fonts. No birth moment, no name."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from fortune.pages.chart import ChartView, SignView

VERSION = 1
"""Raise it when the picture changes: messengers cache a picture by its address."""
SIZE = (1200, 630)
PAPER, INK, SOFT, ACCENT = "#faf8f4", "#2b2521", "#5f564e", "#7b3b5d"
TILES = {
    "wood": ("#15803d", "#ffffff", "#15803d"),
    "fire": ("#c81e1e", "#ffffff", "#c81e1e"),
    "earth": ("#facc15", "#1f1300", "#a16207"),
    "metal": ("#e5e7eb", "#1f2937", "#6b7280"),
    "water": ("#1e293b", "#ffffff", "#1e293b"),
}


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    path = Path(settings.BASE_DIR) / "static" / "fonts" / f"{name}.woff2"
    font = ImageFont.truetype(str(path), size)
    if name == "sans-core":
        font.set_variation_by_axes([600])
    return font


def draw(chart: ChartView, *, whole: bool, title: str, label: str) -> bytes:
    """Return a PNG of the day pillar, or of all four when ``whole``. ``label`` says what wrote the reading, or "".

    It takes about 60 ms of CPU, so call it in the native pool.
    """
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 12), fill=ACCENT)
    columns = chart.columns if whole else tuple(c for c in chart.columns if c.place == "day")
    width, gap = (150, 28) if whole else (190, 0)
    left = SIZE[0] - 96 - len(columns) * width - (len(columns) - 1) * gap
    for at, column in enumerate(columns):
        x = left + at * (width + gap)
        pen.text((x + width / 2, 118), column.label, font=_font("sans-core", 28), fill=SOFT, anchor="mm")
        _tile(pen, x, 150, width, column.stem)
        _tile(pen, x, 150 + width * 1.18, width, column.branch)
    room = left - 96 - 40
    pen.text((96, 190), "Fortune", font=_font("serif-core", 40), fill=ACCENT, anchor="ls")
    y = 270
    for line in _wrapped(pen, title, room):
        pen.text((96, y), line, font=_font("serif-core", 54), fill=INK, anchor="ls")
        y += 74
    if label:
        box = pen.textbbox((112, 560), label, font=_font("sans-core", 26), anchor="lm")
        pen.rounded_rectangle((box[0] - 18, box[1] - 12, box[2] + 18, box[3] + 12), 28, outline=SOFT, width=2)
        pen.text((112, 560), label, font=_font("sans-core", 26), fill=INK, anchor="lm")
    out = BytesIO()
    image.quantize(64).save(out, "PNG")
    return out.getvalue()


def _tile(pen: ImageDraw.ImageDraw, x: float, y: float, width: float, sign: SignView | None) -> None:
    box = (x, y, x + width, y + width * 1.1)
    if sign is None:
        pen.rounded_rectangle(box, 26, outline=SOFT, width=3)
        pen.text((x + width / 2, y + width * 0.55), "?", font=_font("serif-core", 64), fill=SOFT, anchor="mm")
        return
    fill, ink, edge = TILES[sign.element]
    pen.rounded_rectangle(box, 26, fill=fill, outline=edge, width=3)
    middle = x + width / 2
    size = int(width * 0.54)
    pen.text((middle, y + width * 0.45), sign.hanja, font=_font("serif-signs", size), fill=ink, anchor="mm")
    spelt = f"{sign.reading} {sign.element_word}"
    pen.text(
        (middle, y + width * 0.92), spelt, font=_font("sans-core", int(width * 0.17)), fill=ink, anchor="mm"
    )


def _wrapped(pen: ImageDraw.ImageDraw, words: str, room: float) -> list[str]:
    """Return at most three lines, broken between words, none wider than ``room`` pixels."""
    font, lines = _font("serif-core", 54), [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pen.textlength(longer, font=font) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines[:3]
