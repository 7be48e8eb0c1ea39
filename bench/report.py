"""From records to figures, and to the table that is printed and published."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

Records = list[dict[str, Any]]
# Where the figure `cost` is read: 500 streams. Twelve are all that the roll-back can carry.
FULL = (500, 12)
NAMES = {"fortune": "Fortune", "plan": "the plan", "tuned": "tuned ASGI"}


def summary(records: Records) -> dict[str, Any]:
    """The figures, by variant: medians over rounds."""
    return {
        "cpu_us_per_token": {
            v: _median(r, "cpu", "server") for v, r in _by_variant(records, "cost", *FULL).items()
        },
        "cpu_us_per_token_200": {
            v: _median(r, "cpu", "server") for v, r in _by_variant(records, "cost", 200).items()
        },
        "cpu_us_of_services": {
            part: _median(_of(records, "cost", "fortune", 500), "cpu", part)
            for part in ("valkey", "postgresql")
        },
        "whole_us_per_token": {
            v: _median(r, "cpu", "server") for v, r in _by_variant(records, "whole").items()
        },
        "first_ms": {
            v: [_median(r, "first_p50"), _median(r, "first_p99")]
            for v, r in _by_variant(records, "cost", 240).items()
        },
        "gap_ms": {
            v: [
                _median(r, "gap_p50"),
                _median(r, "gap_p99"),
                max(x["gap_max"] for x in r),
            ]
            for v, r in _by_variant(records, "cost", *FULL).items()
        },
        "held": {v: _held(r) for v, r in _by_variant(records, "capacity").items()},
        "kb_per_stream": {
            v: _median(r, "kb_per_stream") for v, r in _by_variant(records, "cost", *FULL).items()
        },
        "slow": _last(
            records,
            "slow",
            ("streams", "errors", "kb_per_stream", "rss_mb", "connections"),
        ),
        "sign_in": _last(
            records,
            "sign_in",
            ("gap_p50", "gap_p99", "gap_max", "errors", "sign_in_seconds"),
        ),
        "connections": max((r["connections"] for r in records if r["variant"] == "fortune"), default=0),
        "errors": sum(
            r["errors"] for r in records if r["variant"] == "fortune" and r["figure"] != "capacity"
        ),
    }


def _of(records: Records, figure: str, variant: str, streams: int = 0) -> Records:
    return [
        r
        for r in records
        if (r["figure"], r["variant"]) == (figure, variant) and (not streams or r.get("step") == streams)
    ]


def _by_variant(records: Records, figure: str, *steps: int) -> dict[str, Records]:
    names = dict.fromkeys(r["variant"] for r in records if r["figure"] == figure)
    found = {name: _of(records, figure, name, *steps) for name in names}
    return {name: some for name, some in found.items() if some}


def _median(records: Records, *path: str) -> float | None:
    values = []
    for record in records:
        value: Any = record
        for name in path:
            value = value.get(name) if value else None
        if value is not None:
            values.append(value)
    return round(median(values), 2) if values else None


def _held(records: Records) -> int:
    """The most streams held in every round."""
    rounds = {r["round"] for r in records}
    return min(
        (max((r["step"] for r in records if r["round"] == n and r["held"]), default=0) for n in rounds),
        default=0,
    )


def _last(records: Records, figure: str, names: Sequence[str]) -> dict[str, Any] | None:
    found = _of(records, figure, "fortune")
    return {name: found[-1].get(name) for name in names} if found else None


def rows(result: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    """(figure, aim, Fortune, the plan, tuned ASGI) as text; an aim that is met ends in a tick."""
    s = result["summary"]
    workers = 2
    pool = 8 * workers
    found = [
        _row(
            "CPU of the server per token, 500 streams × 30/s (µs)",
            "≤ 25",
            s["cpu_us_per_token"],
            lambda v: v <= 25,
        ),
        _ratio("… as a share of the plan's", "≤ 1/12", s["cpu_us_per_token"]),
        _row(
            "CPU per token from request to saved end (µs)",
            "",
            s["whole_us_per_token"],
            None,
        ),
        _row(
            "streams × 30/s held on this machine",
            "≥ 2500",
            s["held"],
            lambda v: v >= 2500,
        ),
        _pair(
            "time added to the first text at 200 streams, p50 / p99 (ms)",
            "≤ 10 / ≤ 50",
            s["first_ms"],
            (10, 50),
        ),
        _times("… as a multiple of the plan's", "≥ 12", s["held"]),
        _row("memory per stream at 500 (KB, PSS)", "", s["kb_per_stream"], None),
    ]
    if slow := s["slow"]:
        met = slow["streams"] >= 10_000 and not slow["errors"] and slow["kb_per_stream"] <= 40
        text = f"{slow['streams']}, {slow['errors']} errors, {slow['kb_per_stream']:.0f} KB each"
        found.append(
            (
                "slow streams open at once",
                "10 000, no error, ≤ 40 KB each",
                _mark(text, met),
                "",
                "",
            )
        )
    if people := s["sign_in"]:
        text = f"{people['gap_p99']:.0f} (max {people['gap_max']:.0f})"
        found.append(
            (
                "gaps of 300 readers while 30 sign in, p99 (ms)",
                "≤ 300",
                _mark(text, people["gap_p99"] <= 300),
                "",
                "",
            )
        )
    text = str(s["connections"])
    found.append(
        (
            "database connections, most seen",
            f"≤ {pool} (2 × 8)",
            _mark(text, s["connections"] <= pool),
            "",
            "",
        )
    )
    return found


def _mark(text: str, met: bool) -> str:
    return f"{text} {'✓' if met else '✗'}"


def _row(title: str, aim: str, values: dict[str, Any], met: Any) -> tuple[str, str, str, str, str]:
    cells = ["" if values.get(name) is None else f"{values[name]:g}" for name in NAMES]
    if met is not None and cells[0]:
        cells[0] = _mark(cells[0], met(values["fortune"]))
    return (title, aim, cells[0], cells[1], cells[2])


def _ratio(title: str, aim: str, values: dict[str, Any]) -> tuple[str, str, str, str, str]:
    ours, plan, tuned = (values.get(name) for name in NAMES)
    if not (ours and plan):
        return (title, aim, "", "", "")
    return (
        title,
        aim,
        _mark(f"1/{plan / ours:.1f}", plan / ours >= 12),
        "1",
        f"1/{plan / tuned:.1f}" if tuned else "",
    )


def _times(title: str, aim: str, values: dict[str, Any]) -> tuple[str, str, str, str, str]:
    ours, plan, tuned = (values.get(name) for name in NAMES)
    if not (ours and plan):
        return (title, aim, "", "", "")
    return (
        title,
        aim,
        _mark(f"{ours / plan:.1f}", ours >= 12 * plan),
        "1",
        f"{tuned / plan:.1f}" if tuned else "",
    )


def _services(title: str, values: dict[str, Any]) -> tuple[str, str, str, str, str]:
    cell = " + ".join(f"{value:g}" for value in values.values() if value is not None)
    return (title, "", cell, "none", "none")


def _pair(
    title: str, aim: str, values: dict[str, Any], most: tuple[float, float]
) -> tuple[str, str, str, str, str]:
    cells = []
    for name in NAMES:
        pair = values.get(name)
        cells.append(f"{pair[0]:.0f} / {pair[1]:.0f}" if pair else "")
    if ours := values.get("fortune"):
        cells[0] = _mark(cells[0], ours[0] <= most[0] and ours[1] <= most[1])
    return (title, aim, cells[0], cells[1], cells[2])


def table(result: dict[str, Any]) -> str:
    """The figures for a terminal."""
    lines = [("", "aim", *NAMES.values()), *rows(result)]
    widths = [max(len(line[i]) for line in lines) for i in range(5)]
    text = "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )
    floors = {
        name: value
        for name, value in result["summary"]["cpu_us_per_token"].items()
        if name not in NAMES and value is not None
    }
    return f"\n{text}\n\nµs per token elsewhere at 500 streams: {floors}\n"
