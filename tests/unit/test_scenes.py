"""Sixty scenes: small, whole, in the colours of the style sheet, and the same as pixels."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from fortune.pages.charts.scene import scene_view
from fortune.saju.cycle import Pillar
from fortune.scenes import Theme, colours, compose, inline, paint, standalone, style_sheet

ROOT = Path(__file__).resolve().parents[2]
SIXTY = [Pillar(at) for at in range(60)]
MOST_BYTES = 12 * 1024


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_scene_is_small_and_says_what_it_shows(language: str):
    sentences = set()
    with override(language):
        for day in SIXTY:
            view = scene_view(day)
            root = ET.fromstring(view.svg)
            assert root.attrib["role"] == "img"
            assert root.attrib["aria-label"].lower() == view.sentence.lower()
            assert len(view.svg.encode()) <= MOST_BYTES
            assert len(list(root.iter())) <= 60
            sentences.add(view.sentence)
    assert len(sentences) == 60


def test_a_scene_has_its_sentence_in_both_languages():
    day = Pillar(16)
    with override("ko"):
        assert scene_view(day).sentence == "봄비를 머금은 기름진 들을 만난 무쇠"
        assert scene_view(day).name == "경진일주"
    with override("en"):
        assert scene_view(day).sentence == "Raw iron meeting rich ground holding the spring rain"


def test_files_are_whole_in_both_themes_and_name_no_class():
    for day in SIXTY:
        for theme in Theme:
            picture = standalone(day.stem, day.branch, theme)
            assert ET.fromstring(picture).tag.endswith("svg")
            assert "class=" not in picture
            assert len(picture.encode()) <= MOST_BYTES


def test_the_style_sheet_is_the_palette():
    assert (ROOT / "static" / "css" / "scenes.css").read_text(encoding="utf-8") == style_sheet()


def test_every_class_of_a_scene_has_a_colour():
    sheet = style_sheet()
    for day in SIXTY:
        for name in set(re.findall(r'class="([^"]+)"', inline(day.stem, day.branch, label=""))):
            for word in name.split():
                assert f".{word}" in sheet, word


def test_every_scene_differs_from_every_other():
    assert len({compose(day.stem, day.branch) for day in SIXTY}) == 60


def test_pixels_have_the_colours_of_the_file():
    day = Pillar(2)
    image = paint(day.stem, day.branch, Theme.LIGHT, (480, 320))
    assert image.size == (480, 320)
    found = image.getpixel((286, 145))
    assert "#" + bytes(found).hex() == colours(day.stem, day.branch, Theme.LIGHT)["1"]


def test_a_picture_covers_any_size():
    for size in ((1200, 630), (1080, 1920), (160, 160)):
        image = paint(0, 0, Theme.DARK, size)
        assert image.size == size
        assert image.getpixel((0, size[1] - 1)) != (0, 0, 0)
