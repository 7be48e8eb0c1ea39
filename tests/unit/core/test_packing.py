"""Packing: every text comes back, codebooks never change, and texts that they don't know become short."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from pathlib import Path

import pytest

from core.security import packing
from tests.fakes.formats import TEXTS

BOOKS = Path(__file__).parents[3] / "fortune" / "readings" / "codebooks"
# Only these very files open the texts that are stored under them.
FROZEN = {
    "1-ko.txt": "2964f0ec3a804932ea861edf33df2c4db03414ae489d26563bdfc4fee8ec7db7",
    "2-en.txt": "de4d7d1d7c3a5ff7fc1ec955ac62d7ac45f146e518f468a6237e8a4b8689a42f",
    "3-charts.txt": "ca18dc1ee1ab55653cc173dfb2451d7f1ad4939f5ca505ccceaff5e740cb5e14",
}
SAID = '가을의 금은 서리처럼 맑고, 봄의 나무는 물을 기다려요. 💧 똠방각하 Water waits {"engine"}'
STORED = (
    "AQMtMc/nYxBTBQ8OvAcNG8cA07sXC2ganF0BNGrzn/HLcoa7NbPTORgOeUvLAxtlW6Qdgc1Hg0O6vKDSjPeQrj4A",
    "Arsc827Buy0MV1PezWF4UfGQ4/OX+xEMD3Wv2IgxPEkASlz/8mjCzQ8Mj2a8W8BwteeWw/2Gtx+EGP4zflnOcLfmcevl2D9bgBEP3sjAAiq4pB0Z"
    "QdUYo6MMAA==",
    "A7sc827Buy3aV1PezdF+UfGQ4/OX+xHaD3Wv2LBoP0kASlz/8mjCzQ/aj2a8W6B9teeWw/2Gtx9ktf8zflmufbfmcevl2D9btANZuRk5tWNY2bh5"
    "tOGRLw0A",
)
ODD = [*"\0\n\x7f요가 —💧똠鬱", *map(chr, (0xF8C0, 0xF8FF, 0xF900, 0xD7A3, 0xD7A4, 0xFFFF, 0x10FFFF))]


def test_a_codebook_never_changes() -> None:
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in BOOKS.iterdir()} == FROZEN


@pytest.mark.parametrize("stored", STORED, ids=FROZEN)
def test_what_was_packed_by_a_codebook_is_unpacked(stored: str) -> None:
    assert packing.unpack(base64.b64decode(stored)) == SAID


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_character_comes_back(number: int) -> None:
    chance, book = random.Random(number), packing.codebooks()[number]
    for _ in range(200):
        syllables = [chr(chance.randrange(0xAC00, 0xD7A4)) for _ in range(30)]
        text = "".join(chance.choices(syllables + ODD, k=80))
        assert book.unpack(book.pack(text)) == text


@pytest.mark.parametrize("text", ["", "엄마", "x" * 39, "x" * 40, "가나다 " * 900, "💧" * 50])
def test_a_text_of_any_length_comes_back_and_is_hardly_longer(text: str) -> None:
    packed = packing.pack(text)
    assert packing.unpack(packed) == text
    assert len(packed) <= len(text.encode()) + 1


@pytest.mark.parametrize(("language", "number", "most"), [("ko", 1, 1_700), ("en", 2, 1_700)])
def test_a_models_text_becomes_short_by_the_codebook_of_its_language(
    language: str, number: int, most: int
) -> None:
    packed = packing.pack((TEXTS / f"{language}.md").read_text())
    assert packed[0] == number
    assert len(packed) <= most + 1


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_sentence_of_the_measured_texts_is_in_a_codebook(language: str) -> None:
    known = "".join(file.read_text() for file in BOOKS.iterdir())
    sentences = re.split(
        r"(?<=[.!?])\s+|\n+", re.sub(r"\[\[.*?\]\]", "", (TEXTS / f"{language}.md").read_text())
    )
    told = [sentence for sentence in sentences if len(sentence) > 25 and not sentence.startswith("#")]
    assert len(told) > 30
    assert not [sentence for sentence in told if sentence[:25] in known]


@pytest.mark.parametrize("damaged", [b"\x01", b"\x02\xff\xff", packing.pack(SAID)[:-4]])
def test_damaged_bytes_are_refused(damaged: bytes) -> None:
    with pytest.raises(packing.Unpackable):
        packing.unpack(damaged)


def test_a_codebook_of_a_later_release_is_named() -> None:
    with pytest.raises(packing.Unpackable, match="codebook 9"):
        packing.unpack(b"\x09abc")
