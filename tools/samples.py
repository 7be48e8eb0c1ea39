"""Write docs/samples/: the interpreter's readings of three charts, for people to read.

Run as `python -m tools.samples`. The births are the published fixtures of tests/golden.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from fortune.readings.classic import compose
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.render import plain_text
from fortune.saju import Birth, cast

FOLDER = Path(__file__).parent.parent / "docs" / "samples"
ON = dt.date(2026, 11, 23)


def samples() -> dict[str, str]:
    """File name → text."""
    one = Person.of(cast(Birth("solar", 1990, 5, 15, 12, 0, gender="female")))
    two = Person.of(cast(Birth("solar", 2000, 1, 1, 12, 0, gender="male")))
    unknown = Person.of(cast(Birth("solar", 1992, 11, 11, None, None, gender="female")))
    return {
        "full-ko.md": compose(ReadingInput("full", one, ON)),
        "teacher-hour-unknown-ko.md": compose(ReadingInput("full", unknown, ON, mode="teacher")),
        "match-en.md": compose(ReadingInput("match", one, ON, language="en", other=two)),
    }


def readable(text: str) -> str:
    """Return the text with its titles and without its evidence markers."""
    lines = (line if line.startswith("## ") else plain_text(line).rstrip("\n") for line in text.split("\n"))
    return "\n".join(lines)


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in samples().items():
        (FOLDER / name).write_text(readable(text), "utf-8")
        print(FOLDER / name)


if __name__ == "__main__":
    main()
