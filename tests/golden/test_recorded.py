"""The engine says of two hundred births, and of its tables, what is written down (``tests/golden/recorded``)."""

from __future__ import annotations

import pytest

from .recorded.kept import FOLDER, records, text_of


@pytest.mark.parametrize("name", records())
def test_the_engine_says_what_is_written_down(name: str) -> None:
    assert text_of(name).splitlines() == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def test_every_file_is_compared() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(records())
