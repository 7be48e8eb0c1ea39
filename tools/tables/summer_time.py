"""Write fortune/saju/data/summer_time.py: the spans where Python's zoneinfo misjudges how far a clock was put forward.

    python tools/tables/summer_time.py

Compiled zone files hold offsets and a flag, not the hour by which a clock was put forward; zoneinfo guesses
that from the offsets before. It guesses wrong where standard time changed with it (Bahía de Banderas since
2010) or where there were two hours of it (London 1941-1947). The `tzdata` package also has the source those
files are compiled from, and the source states the hour: this reads it.
"""

from __future__ import annotations

import calendar
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from fortune.saju.calendar.zones import zone  # noqa: E402

TARGET = ROOT / "fortune" / "saju" / "data" / "summer_time.py"
FIRST, LAST = -2208988800, 4133980799  # 1900 to 2100, in Unix seconds
DAY = 86400
_EPOCH = date(1970, 1, 1).toordinal()

HEADER = '''"""Hours of summer time that zoneinfo misjudges; written by tools/tables/summer_time.py. Not to be edited.

A zone's rows: from and until (Unix seconds), the offset and what zoneinfo says the clock was put forward then,
and how far it was; in seconds.
"""

SAVINGS: dict[str, tuple[tuple[int, int, int, int, int], ...]] = {
'''

Row = tuple[int, int, int, int, int]


class Change(NamedTuple):
    """From ``at`` (Unix seconds) on, clocks stood ``standard`` + ``saving`` seconds ahead of UTC."""

    at: int
    standard: int
    saving: int


class Source:
    """The tz database's own text: its rules, its zones and the other names these have."""

    def __init__(self, text: str) -> None:
        self.rules: dict[str, list[list[str]]] = {}
        self.zones: dict[str, list[list[str]]] = {}
        self.names: dict[str, list[str]] = {}
        name = ""
        for line in text.splitlines():
            match line.split():
                case ["R", rule, *row]:
                    self.rules.setdefault(rule, []).append(row)
                case ["Z", name, *row]:
                    self.zones[name] = [row]
                case ["L", target, other]:
                    self.names.setdefault(target, []).append(other)
                case [first, *_] as row if not first.startswith("#"):
                    self.zones[name].append(row)

    def changes(self, name: str) -> list[Change]:
        """Return every change of a zone's clocks, in order."""
        found: list[Change] = []
        start = -(10**12)
        for standard, rule, _, *until in self.zones[name]:
            offset, saving = _seconds(standard), 0
            for at, after in self._savings(rule, offset, start):
                if until and at >= _instant(*_until(until), offset, saving):
                    break
                found.append(Change(at, offset, after))
                saving = after
            if until:
                start = _instant(*_until(until), offset, saving)
        return found

    def _savings(self, rule: str, offset: int, start: int) -> list[tuple[int, int]]:
        """(Unix seconds, saving) from ``start`` on, by a named rule or a fixed one."""
        if rule not in self.rules:
            return [(start, 0 if rule == "-" else _seconds(rule))]
        running = before = 0
        later = []
        for clock, kind, saving in sorted(self._turns(rule)):
            at = _instant(clock, kind, offset, running)
            running = saving
            if at <= start:
                before = saving
            else:
                later.append((at, saving))
        return [(start, before), *later]

    def _turns(self, rule: str) -> Iterator[tuple[int, str, int]]:
        for first, last, _, month, day, time, saving in (row[:7] for row in self.rules[rule]):
            end = {"o": int(first), "m": 2101}.get(last[0]) or int(last)
            for year in range(int(first), end + 1):
                clock, kind = _time(time)
                yield _day(year, _month(month), day) * DAY + clock, kind, _seconds(saving.rstrip("sd"))


def _seconds(text: str) -> int:
    parts = [int(part or 0) for part in text.lstrip("-").split(":")]
    total = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
    return -total if text.startswith("-") else total


def _time(text: str) -> tuple[int, str]:
    """(seconds of the day, "w" wall clock, "s" standard clock or "u" UTC)."""
    kind = text[-1] if text[-1] in "wsugz" else "w"
    return _seconds(text.rstrip("wsugz")), "u" if kind in "ugz" else kind


def _month(text: str) -> int:
    return next(n for n in range(1, 13) if calendar.month_name[n].startswith(text))


def _day(year: int, month: int, text: str) -> int:
    """Days since 1970 of "8", "lastSun", "Sun>=8" or "Sun<=25" (words may be shortened)."""
    if text.isdigit():
        return date(year, month, int(text)).toordinal() - _EPOCH
    word, sign, number = text.partition(">=") if ">=" in text else text.partition("<=")
    if not sign:
        word, number = text[4 if text.startswith("last") else 1 :], str(calendar.monthrange(year, month)[1])
    weekday = next(n for n in range(7) if calendar.day_name[n].startswith(word))
    at = date(year, month, int(number))
    step = (weekday - at.weekday()) % 7 if sign == ">=" else -((at.weekday() - weekday) % 7)
    return at.toordinal() + step - _EPOCH


def _until(words: list[str]) -> tuple[int, str]:
    year, month, day, time = (*words, *("January", "1", "0")[len(words) - 1 :])
    clock, kind = _time(time)
    return _day(int(year), _month(month), day) * DAY + clock, kind


def _instant(clock: int, kind: str, offset: int, saving: int) -> int:
    return clock - (0 if kind == "u" else offset + (saving if kind == "w" else 0))


def source() -> Source:
    """Return the source of the installed ``tzdata``."""
    return Source(files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8"))


def misjudged() -> dict[str, list[Row]]:
    """Return the rows of summer_time.py."""
    tz = source()
    found: dict[str, list[Row]] = {}
    for name in sorted(tz.zones):
        spans: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        for change, after in pairwise([*tz.changes(name), Change(LAST, 0, 0)]):
            begin, end = max(change.at, FIRST), min(after.at, LAST)
            # Within hours of a change of standard time the source's reading is zic's business, not ours.
            if end - begin < DAY:
                continue
            local = datetime.fromtimestamp((begin + end) // 2, UTC).astimezone(zone(name))
            offset, guessed = local.utcoffset(), local.dst()
            assert offset is not None and guessed is not None
            if offset.total_seconds() != change.standard + change.saving:
                raise ValueError(f"{name}, {local}: the source is read wrongly")
            key = int(offset.total_seconds()), int(guessed.total_seconds())
            spans.setdefault(key, []).append((begin, end, max(change.saving, 0)))
        rows = [row for key, known in spans.items() for row in _rows(key, known)]
        if rows:
            found.update((other, sorted(rows)) for other in (name, *tz.names.get(name, ())))
    return found


def _rows(key: tuple[int, int], spans: list[tuple[int, int, int]]) -> Iterator[Row]:
    """Yield the spans of one offset and guess that are wrong, those that follow one another joined."""
    for saving, run in groupby(spans, key=lambda span: span[2]):
        if saving != max(key[1], 0):
            joined = list(run)
            yield joined[0][0], joined[-1][1], *key, saving


def main() -> None:
    rows = misjudged()
    lines = [f'    "{name}": {tuple(rows[name])!r},\n' for name in sorted(rows)]
    TARGET.write_text(HEADER + "".join(lines) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
