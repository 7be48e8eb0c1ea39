"""The recorded files: ``texts/<name>.txt`` holds what the function ``record_<name>`` yields, a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from . import charts, days, tables, words

FOLDER: Final = Path(__file__).with_name("texts")


def records() -> dict[str, Callable[[], Iterator[str]]]:
    """Return what is recorded, by the name of its file."""
    return {
        name.removeprefix("record_"): function
        for module in (charts, words, days, tables)
        for name, function in vars(module).items()
        if name.startswith("record_")
    }


def text_of(name: str) -> str:
    return "".join(f"{line}\n" for line in records()[name]())
