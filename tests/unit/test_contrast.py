"""Every text and border of the palette has the contrast that WCAG 2.2 asks for, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css").read_text()
ELEMENTS = ("wood", "fire", "earth", "metal", "water")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "accent") for ground in ("paper", "card", "sunken")),
    ("ink", "accent-soft"), ("accent", "accent-soft"), ("accent-ink", "accent"), ("accent-ink", "accent-strong"),
    ("mark-ink", "mark"), ("alert", "card"), ("alert", "paper"), ("alert", "alert-soft"), ("ink", "alert-soft"),
    ("calm", "calm-soft"), ("calm", "card"), ("ink", "calm-soft"),
    *((f"{name}-tile-ink", f"{name}-tile") for name in ELEMENTS),
    *((name, ground) for name in ELEMENTS for ground in ("paper", "card")),
]  # fmt: skip
BORDERS = [
    ("edge", "paper"), ("edge", "card"), ("accent", "paper"), ("accent", "card"),
    *((f"{name}-tile-edge", ground) for name in ELEMENTS for ground in ("paper", "card")),
]  # fmt: skip


def block(selector: str) -> dict[str, str]:
    body = SHEET[SHEET.index(selector) + len(selector) :].split("}")[0]
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", body))


LIGHT = block(":root {")
SYSTEM_DARK = block(':root:not([data-theme="light"]) {')
CHOSEN_DARK = block(':root[data-theme="dark"] {')
THEMES = {
    "light": LIGHT,
    "dark": LIGHT | CHOSEN_DARK,
    "light, blue water": LIGHT | block(':root[data-water="blue"] {'),
}


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_two_dark_palettes_are_one():
    assert SYSTEM_DARK == CHOSEN_DARK


def test_ratios_are_computed_as_published():
    assert round(ratio("#15803d", "#ffffff"), 2) == 5.02
    assert round(ratio("#1e293b", "#111827"), 2) == 1.21


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out(theme: str):
    colours = THEMES[theme]
    low = [(ink, on, round(ratio(colours[ink], colours[on]), 2)) for ink, on in TEXT]
    assert not [row for row in low if row[2] < 4.5]


@pytest.mark.parametrize("theme", THEMES)
def test_borders_stand_out(theme: str):
    colours = THEMES[theme]
    low = [(edge, on, round(ratio(colours[edge], colours[on]), 2)) for edge, on in BORDERS]
    assert not [row for row in low if row[2] < 3.0]
