"""The samples in docs/ are what the interpreter writes today."""

from __future__ import annotations

from tools.docs import samples


def test_the_samples_are_fresh() -> None:
    for name, text in samples.samples().items():
        assert (samples.FOLDER / name).read_text("utf-8") == samples.readable(text), name
