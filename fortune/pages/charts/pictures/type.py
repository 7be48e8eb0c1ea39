"""Letters of a picture, from the site's own fonts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageDraw, ImageFont

SEMIBOLD = 600
SLICES = ("sans-first", "sans-core", "sans-texts")


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a slice of the site's fonts in ``size`` pixels."""
    found = ImageFont.truetype(str(Path(settings.BASE_DIR) / "static" / "fonts" / f"{name}.woff2"), size)
    if name.startswith("sans"):
        found.set_variation_by_axes([SEMIBOLD])
    return found


def draw_line(pen: ImageDraw.ImageDraw, at: tuple[float, float], words: str, size: int, fill: str) -> None:
    """Draw words on a base line, each letter from the slice that has it."""
    x, y = at
    for name, run in _runs(words):
        pen.text((x, y), run, font=font(name, size), fill=fill, anchor="ls")
        x += pen.textlength(run, font=font(name, size))


def width_of(pen: ImageDraw.ImageDraw, words: str, size: int) -> float:
    return sum(pen.textlength(run, font=font(name, size)) for name, run in _runs(words))


def wrapped(pen: ImageDraw.ImageDraw, words: str, size: int, room: float) -> list[str]:
    """Return the words in lines, broken between words, none wider than ``room`` pixels if one can help it."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(pen, longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _runs(words: str) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    for letter in words:
        name = _slices().get(ord(letter), SLICES[0])
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + letter)
        else:
            runs.append((name, letter))
    return runs


@cache
def _slices() -> dict[int, str]:
    """Return the slice of each letter that we write, as the style sheet of the fonts lists them."""
    sheet = (Path(settings.BASE_DIR) / "static" / "css" / "fonts.css").read_text(encoding="utf-8")
    found: dict[int, str] = {}
    for name in SLICES:
        (listed,) = re.findall(rf"{name}\.woff2[^}}]*unicode-range: ([^;]*);", sheet)
        spans = (part.strip()[2:].split("-") for part in listed.split(","))
        found |= {code: name for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)}
    return found
