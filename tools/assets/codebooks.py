"""Write the codebooks in ``fortune/readings/codebooks`` from this project's own words (docs/decisions/057-packed-texts.md).

Run as `python -m tools.assets.codebooks FOLDER`. A codebook is frozen once a release packs with it: a later run makes candidates
for the next numbers, to be measured (``python -m tools.assets.codebooks --measure``) before they take their place.
"""

from __future__ import annotations

import argparse
import datetime as dt
import heapq
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from core.security.packing import Codebook
from fortune.readings.facts.fact_sheet import fact_sheet
from fortune.readings.inputs import Person, ReadingInput
from fortune.saju import Birth, cast

ROOT: Final = Path(__file__).parents[2]
FROZEN: Final = ROOT / "fortune" / "readings" / "codebooks"
# The length of the parts that are chosen, and of what they are judged by: sequences that occur in several texts.
PART: Final = 48
SEQUENCE: Final = {"ko": 3, "en": 5}
LETTERS: Final = {"ko": 28_500, "en": 31_500}  # as many as fill deflate's window
BIRTHS: Final = (
    Birth("solar", 1990, 5, 15, 14, 30, "male"),
    Birth("lunar", 1978, 12, 3, None, None, "female"),
)


def main() -> None:
    options = argparse.ArgumentParser(prog="tools.assets.codebooks", description=__doc__)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--measure", action="store_true", help="say how long real texts become")
    given = options.parse_args()
    if given.measure:
        measure(given.folder or FROZEN)
        return
    given.folder.mkdir(exist_ok=True)
    for number, language in enumerate(("ko", "en"), 1):
        (given.folder / f"{number}-{language}.txt").write_text(codebook(language))
    (given.folder / "3-charts.txt").write_text("".join(map(_record, BIRTHS)))


def codebook(language: str) -> str:
    """Return the words that are likeliest in a reading of this language, the likeliest last."""
    lines = list(_lines(language))
    known = " ".join(sorted(_evidence(language))) + "".join(
        f"\n\n## {title}\n\n" for title in sorted(set(_titles(language)))
    )
    return _cover(lines, LETTERS[language] - len(known), SEQUENCE[language]) + known


def _lines(language: str) -> Iterator[str]:
    """Yield the sentences of the rules' texts and of the prompts."""
    readings = ROOT / "fortune" / "readings"
    files = [*(readings / "texts" / language).glob("*.toml"), *readings.glob(f"prompts/*/{language}.toml")]
    for file in sorted(files):
        yield from _strings(tomllib.loads(file.read_text()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _titles(language: str) -> Iterator[str]:
    file = ROOT / "fortune" / "readings" / "texts" / language / "titles.toml"
    yield from _strings(tomllib.loads(file.read_text()))


def _evidence(language: str) -> set[str]:
    """Return the ids by which a model cites the facts."""
    on = dt.date(2026, 6, 1)
    people = [Person.of(cast(birth)) for birth in BIRTHS]
    return {
        row.id for person in people for row in fact_sheet(ReadingInput("full", person, on, language=language))
    }


def _record(birth: Birth) -> str:
    return _json({**cast(birth).to_record(), "digest": ""})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _cover(lines: list[str], letters: int, length: int) -> str:
    """Choose parts of the lines, greedily, so that the sequences that occur in most lines are in one of them."""
    found: Counter[str] = Counter()
    for line in lines:
        found.update(set(_sequences(line, length)))
    worth = {sequence: count for sequence, count in found.items() if count > 1}

    def value(part: str) -> float:
        return sum(worth.get(sequence, 0) for sequence in set(_sequences(part, length))) / len(part)

    step = PART // 4
    parts = {line[at : at + PART] for line in lines for at in range(0, max(1, len(line) - PART + 1), step)}
    queue = [(-value(part), part) for part in parts if part]
    heapq.heapify(queue)
    chosen: list[str] = []
    while queue and letters > 0:
        before, part = heapq.heappop(queue)
        now = value(part)
        if now < -before:  # others have taken sequences of it
            if now:
                heapq.heappush(queue, (-now, part))
            continue
        chosen.append(part)
        letters -= len(part)
        for sequence in _sequences(part, length):
            worth.pop(sequence, None)
    return "".join(reversed(chosen))


def _sequences(text: str, length: int) -> Iterator[str]:
    return (text[at : at + length] for at in range(len(text) - length + 1))


def measure(folder: Path) -> None:
    """Print how long texts become that are not in the codebooks: models' readings, and charts."""
    books = {file.stem: Codebook(file.read_text()) for file in sorted(folder.glob("*.txt"))}
    texts = {
        f"a model's, {file.stem}": file.read_text() for file in (ROOT / "tests/fakes/texts").glob("*.md")
    }
    texts |= {f"the rules', {file.stem}": file.read_text() for file in (ROOT / "docs/samples").glob("*-*.md")}
    texts["a chart"] = _json(cast(Birth("solar", 2003, 2, 9, 4, 5, "female")).to_record())
    for name, text in texts.items():
        sizes = "  ".join(f"{book} {len(packer.pack(text)):>6,}" for book, packer in books.items())
        sys.stdout.write(f"{name:36} {len(text.encode()):>6,} bytes  {sizes}\n")


if __name__ == "__main__":
    main()
