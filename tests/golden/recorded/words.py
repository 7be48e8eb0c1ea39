"""Charts in words: statements, the report of the command line, the answers of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import pairwise

from fortune.saju import Chart
from fortune.saju.glossary import TERMS
from fortune.saju.match import match
from fortune.saju.statements.chart import Statement, statements
from fortune.saju.statements.match import match_statements
from fortune.saju.terminal.jsonl import answer
from fortune.saju.terminal.report import report

from .charts import numbered
from .writing import checksum, plain

WHOLE = ("003", "046", "100", "102")
"""Births whose words are written in full; the others' are told by their checksums."""


def _grouped(rows: Iterable[Statement]) -> str:
    groups: dict[str, list[Statement]] = {}
    for row in rows:
        groups.setdefault(row.id.partition(".")[0], []).append(row)
    return " ".join(f"{name}:{len(found)}:{checksum(found)}" for name, found in groups.items())


def _in_full(rows: Iterable[Statement]) -> Iterator[str]:
    for row in rows:
        yield f"    {row.id} [{row.strength} {','.join(row.cells)}] {row.text_ko} / {row.text_en}"


def record_statements() -> Iterator[str]:
    yield "# statements by the beginning of their id: how many, and their checksum"
    for number, chart in numbered():
        rows = statements(chart.facts)
        yield f"{number} {_grouped(rows)}"
        if number in WHOLE:
            yield from _in_full(rows)


def record_pairs() -> Iterator[str]:
    yield "# a birth and the next one: score, rubric | each for the other | gifts | contacts | statements as above"
    for (number, a), (other, b) in list(pairwise(numbered()))[::2]:
        found = match(a.facts, b.facts)
        rubric = " ".join(f"{line.key}:{line.finding}:{line.points}/{line.out_of}" for line in found.rubric)
        contacts = " ".join(f"{c.id}:{c.signs}:{plain(c.element)}" for c in found.contacts)
        rows = match_statements(found, name_a="가영", name_b="나은")
        yield (
            f"{number}+{other} {found.score} {rubric} | {found.seen_by_a} {found.seen_by_b} | {plain(found.gifts)} | "
            f"{contacts} | {_grouped(rows)}"
        )
        if number in WHOLE:
            yield from _in_full(match_statements(found))


def record_reports() -> Iterator[str]:
    for number, chart in numbered():
        text = report(chart, colours=False)
        yield f"{number} {checksum(text)} in colours {checksum(report(chart, colours=True))}"
        if number in WHOLE:
            yield from (f"    {line}".rstrip() for line in text.splitlines())


def _request(number: str, chart: Chart) -> bytes:
    birth, options = chart.birth, asdict(chart.options)
    time = None if birth.hour is None else f"{birth.hour:02}:{birth.minute:02}"
    request = {
        "id": number, "calendar": birth.calendar, "date": f"{birth.year}-{birth.month:02}-{birth.day:02}",
        "time": time, "gender": birth.gender, "longitude": birth.longitude, "timezone": birth.timezone,
        "clock": options["clock"], "day_change": options["day_change"], "fold": birth.fold,
    }  # fmt: skip
    return json.dumps(request).encode()


def record_answers() -> Iterator[str]:
    yield "# checksums of the answers' parts, under the common schools"
    for number, chart in numbered():
        text = answer(_request(number, chart)).decode()
        yield f"{number} {' '.join(f'{name}:{checksum(part)}' for name, part in json.loads(text).items())}"
        if number in WHOLE:
            yield f"    {text}"


def record_glossary() -> Iterator[str]:
    for term in TERMS.values():
        yield f"{term.key} {term.ko} {term.hanja or '-'} {term.en} {checksum((term.meaning, term.meaning_en))}"
