"""The pictures of a shared link: a scene, the name of the 일주 and its sentence. No birth moment, no name."""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from fortune.pages.charts.chart import ELEMENT_CLASSES, ChartView, SignView
from fortune.pages.charts.pictures.type import draw_line, font, width_of, wrapped
from fortune.pages.charts.scene import SceneView
from fortune.saju.cycle import BRANCH_ELEMENT, Pillar
from fortune.scenes import Theme, paint

VERSION: Final = 2
"""Raise it when the pictures change: messengers cache a picture by its address."""
BRAND: Final = "Fortune"
PAPER, INK, SOFT, ACCENT = "#faf8f4", "#2b2521", "#5f564e", "#7b3b5d"
TILES: Final = {
    "wood": ("#15803d", "#ffffff", "#15803d"),
    "fire": ("#c81e1e", "#ffffff", "#c81e1e"),
    "earth": ("#facc15", "#1f1300", "#a16207"),
    "metal": ("#e5e7eb", "#1f2937", "#6b7280"),
    "water": ("#1e293b", "#ffffff", "#1e293b"),
}


class Form(StrEnum):
    """A wide picture for messengers and links; a tall one for a phone's whole screen."""

    WIDE = "wide"
    TALL = "tall"


SIZES: Final = {Form.WIDE: (1200, 630), Form.TALL: (1080, 1920)}
# The scene, then the column of words: left, width, base line of its first line.
_SCENES: Final = {Form.WIDE: (640, 630), Form.TALL: (1080, 1120)}
_WORDS: Final = {Form.WIDE: (690, 450, 150), Form.TALL: (90, 900, 1280)}
_NAMES: Final = {Form.WIDE: (70, 34), Form.TALL: (104, 54)}


def draw(
    day: Pillar, scene: SceneView, form: Form, *, chart: ChartView | None = None, label: str = ""
) -> bytes:
    """Return a PNG. With a ``chart`` it shows all pillars; ``label`` says what wrote the reading, or "".

    It takes some tenths of a second of CPU, so call it in the native pool.
    """
    image = Image.new("RGB", SIZES[form], PAPER)
    image.paste(paint(day.stem, day.branch, Theme.LIGHT, _SCENES[form]), (0, 0))
    pen = ImageDraw.Draw(image)
    left, room, y = _WORDS[form]
    name, sentence = _NAMES[form]
    pen.text(
        (left, y),
        scene.name,
        font=font("serif-first", _fitting(pen, scene.name, name, room)),
        fill=INK,
        anchor="ls",
    )
    y += round(sentence * 0.5)
    colours = (ELEMENT_CLASSES[day.stem // 2], ELEMENT_CLASSES[BRANCH_ELEMENT[day.branch]])
    for at, (sign, element) in enumerate(zip(day.hanja, colours, strict=True)):
        _tile(pen, left + at * round(sentence * 2.4), y, round(sentence * 2.2), sign, element)
    y += round(sentence * 3.8)
    for line in wrapped(pen, scene.sentence, sentence, room):
        draw_line(pen, (left, y), line, sentence, INK)
        y += round(sentence * 1.5)
    if chart:
        _eight(pen, left, y - round(sentence * 0.5), round(sentence * 1.5), chart)
    foot = SIZES[form][1] - 60
    pen.text((left, foot), BRAND, font=font("serif-first", sentence), fill=ACCENT, anchor="ls")
    if label:
        size = round(sentence * 0.7)
        draw_line(pen, (left + room - width_of(pen, label, size), foot), label, size, SOFT)
    out = BytesIO()
    image.quantize(128).save(out, "PNG")
    return out.getvalue()


def _fitting(pen: ImageDraw.ImageDraw, words: str, size: int, room: int) -> int:
    """Return the size in which the words fit: English names are longer."""
    return min(size, int(size * room / pen.textlength(words, font=font("serif-first", size))))


def _tile(pen: ImageDraw.ImageDraw, x: float, y: float, width: int, sign: str, element: str) -> None:
    fill, ink, edge = TILES[element]
    pen.rounded_rectangle((x, y, x + width, y + width), width // 6, fill=fill, outline=edge, width=2)
    middle = (x + width / 2, y + width / 2)
    pen.text(middle, sign, font=font("serif-signs", round(width * 0.62)), fill=ink, anchor="mm")


def _eight(pen: ImageDraw.ImageDraw, left: int, y: int, width: int, chart: ChartView) -> None:
    """Draw the pillars as small tiles, in the order of the chart."""
    for at, column in enumerate(chart.columns):
        for row, sign in enumerate((column.stem, column.branch)):
            x, top = left + at * round(width * 1.15), y + row * round(width * 1.12)
            if isinstance(sign, SignView):
                _tile(pen, x, top, width, sign.hanja, sign.element)
            else:
                pen.rounded_rectangle((x, top, x + width, top + width), width // 6, outline=SOFT, width=2)
