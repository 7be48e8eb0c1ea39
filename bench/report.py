"""From records to figures, and to the table that is printed and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

Records = list[dict[str, Any]]
Row = tuple[str, str, str, str, str]
# Where the figure `cost` is read: 500 streams. Twelve are all that the roll-back can carry.
FULL = (500, 12)
NAMES = {"fortune": "Fortune", "plan": "the plan", "tuned": "tuned ASGI"}


def summary(records: Records) -> dict[str, Any]:
    """Return the figures, by variant: medians over rounds."""
    return {
        "visit_ms": _visits(records),
        "page_token": _page_tokens(records),
        "wave": {v: r[-1] for v, r in _by_variant(records, "wave").items()},
        **_costs(records),
        **_waits(records),
        "held": {v: _held(r) for v, r in _by_variant(records, "capacity").items()},
        "kb_per_stream": _medians(records, "cost", FULL, "kb_per_stream"),
        "slow": _last(records, "slow", ("streams", "errors", "kb_per_stream", "rss_mb", "connections")),
        "sign_in": _last(records, "sign_in", ("gap_p50", "gap_p99", "gap_max", "errors", "sign_in_seconds")),
        "connections": max((r["connections"] for r in records if r["variant"] == "fortune"), default=0),
        "pages": _pages(records),
        "errors": sum(
            r["errors"] for r in records if r["variant"] == "fortune" and r["figure"] != "capacity"
        ),
    }


def _costs(records: Records) -> dict[str, Any]:
    """Return the microseconds of CPU for a token: the server's, and those of the services beside it."""
    ours = _of(records, "cost", "fortune", 500)
    return {
        "cpu_us_per_token": _medians(records, "cost", FULL, "cpu", "server"),
        "cpu_us_per_token_200": _medians(records, "cost", (200,), "cpu", "server"),
        "cpu_us_of_services": {part: _median(ours, "cpu", part) for part in ("valkey", "postgresql")},
        "whole_us_per_token": _medians(records, "whole", (), "cpu", "server"),
    }


def _waits(records: Records) -> dict[str, dict[str, list[float | None]]]:
    """Return the milliseconds to the first text (p50, p99), and those between two pieces of it (p50, p99, the most)."""
    return {
        "first_ms": {
            v: [_median(r, "first_p50"), _median(r, "first_p99")]
            for v, r in _by_variant(records, "cost", 240).items()
        },
        "gap_ms": {
            v: [_median(r, "gap_p50"), _median(r, "gap_p99"), max(x["gap_max"] for x in r)]
            for v, r in _by_variant(records, "cost", *FULL).items()
        },
    }


def _pages(records: Records) -> dict[str, dict[str, float]]:
    """Return the cost of each page."""
    names = ("cpu_ms", "cpu_ms_p90", "postgresql_ms", "wall_ms")
    return {r["page"]: {name: r[name] for name in names} for r in records if r["figure"] == "pages"}


def _visits(records: Records) -> dict[str, dict[str, float]]:
    """Return each variant's milliseconds of CPU, by step of a visit."""
    found: dict[str, dict[str, list[float]]] = {}
    for row in records:
        if row["figure"] == "visit":
            found.setdefault(row["variant"], {}).setdefault(row["step"], []).append(row["cpu_ms"])
    return {
        name: {step: round(median(costs), 1) for step, costs in steps.items()}
        for name, steps in found.items()
    }


def _page_tokens(records: Records) -> dict[str, dict[str, dict[str, float | None]]]:
    """Return the figures of each path, by variant: CPU of the server per token, bytes sent for each byte of text."""
    found = _by_variant(records, "page_token")
    names = ("us_per_token", "us_per_token_and_browser", "bytes_per_byte")
    return {
        variant: {
            path: {name: _median([r for r in rows if r["path"] == path], name) for name in names}
            for path in dict.fromkeys(r["path"] for r in rows)
        }
        for variant, rows in found.items()
    }


def _of(records: Records, figure: str, variant: str, *steps: int) -> Records:
    return [
        r
        for r in records
        if (r["figure"], r["variant"]) == (figure, variant) and (not steps or r["step"] in steps)
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


def _medians(records: Records, figure: str, steps: Sequence[int], *path: str) -> dict[str, float | None]:
    """Return a figure's median, by variant."""
    return {name: _median(some, *path) for name, some in _by_variant(records, figure, *steps).items()}


def _held(records: Records) -> int:
    """Return the most streams held in every round."""
    rounds = {r["round"] for r in records}
    return min(
        (max((r["step"] for r in records if r["round"] == n and r["held"]), default=0) for n in rounds),
        default=0,
    )


def _last(records: Records, figure: str, names: Sequence[str]) -> dict[str, Any] | None:
    found = _of(records, figure, "fortune")
    return {name: found[-1].get(name) for name in names} if found else None


def _waves(found: dict[str, dict[str, Any]]) -> list[Row]:
    """Return the rows of the figure `wave`, if it was measured."""
    if not (ours := found.get("fortune")):
        return []
    came = f"{ours['arrivals']} arrivals, {ours['rate']:.0f} a second, beside {ours['beside']} streams"
    served = f"{ours['served']} served whole, {ours['refused']} refused, {ours['wrong']} otherwise"
    first, told = ours["first_p99"], ours["refused_p99"]
    return [
        _ours(came, "≥ 600 served, 0 otherwise", served, ours["served"] >= 600 and not ours["wrong"]),
        _ours(
            "… first text of the served, p50 / p99 (ms)",
            "≤ 2000",
            f"{ours['first_p50']:.0f} / {first:.0f}",
            first <= 2000,
        ),
        _ours(
            "… refused after, p50 / p99 (ms)", "≤ 500", f"{ours['refused_p50']:.0f} / {told:.0f}", told <= 500
        ),
        _ours(
            "… longest gap of each running stream, p99 (ms)",
            "≤ 1000",
            f"{ours['gap_p99']:.0f}",
            ours["gap_p99"] <= 1000,
        ),
    ]


POOL = 2 * 8  # two workers with DATABASE_POOL_SIZE's default


def _page_token_rows(found: dict[str, dict[str, dict[str, float | None]]]) -> list[Row]:
    """Return the rows of the figure `page_token`, if it was measured."""
    paths = found.get("fortune", {})
    rows = []
    if page := paths.get("page"):
        cost, sent = page["us_per_token"] or 0.0, page["bytes_per_byte"] or 0.0
        text = f"{cost:g}; API {paths['api']['us_per_token']:g}"
        rows.append(
            _ours("CPU of the server per token on a page, 400 readings (µs)", "≤ 10", text, cost <= 10)
        )
        rows.append(_ours("… bytes sent for each byte of text", "≤ 2", f"{sent:g}", sent <= 2))
    return rows


def rows(result: dict[str, Any]) -> list[Row]:
    """(figure, aim, Fortune, the plan, tuned ASGI) as text, with a tick where an aim is met."""
    s = result["summary"]
    cost, held = s["cpu_us_per_token"], s["held"]
    services = [value for value in s["cpu_us_of_services"].values() if value is not None]
    visits = {name: steps["visit"] for name, steps in s.get("visit_ms", {}).items()}
    found = [
        *_waves(s.get("wave", {})),
        *(
            [_row("CPU of a whole visit, 600 tokens (ms)", "≤ 35", visits, lambda v: v <= 35)]
            if visits
            else []
        ),
        *_page_token_rows(s.get("page_token", {})),
        _row("CPU of the server per token, 500 streams × 30/s (µs)", "≤ 25", cost, lambda v: v <= 25),
        _against("… against the plan's", "≤ 1/12", cost, upside_down=True),
        _row("… against tuned ASGI's (µs)", "below", cost, lambda v: v < (cost.get("tuned") or 0)),
        ("… of Valkey and PostgreSQL beside it (µs)", "", " + ".join(f"{v:g}" for v in services), "-", "-"),
        _row("CPU per token of whole readings of 15 s (µs)", "", s["whole_us_per_token"]),
        _row("streams × 30/s held on this machine", "≥ 2500", held, lambda v: v >= 2500),
        _against("… against the plan's", "≥ 12", held),
        _firsts("added to the first text at 200 streams, p50 / p99 (ms)", s["first_ms"]),
        _row("memory per stream at 500 (KB, PSS)", "", s["kb_per_stream"]),
    ]
    return [*found, *_beside_tokens(s)]


def _beside_tokens(s: dict[str, Any]) -> list[Row]:
    """Return the rows of what is not the cost of tokens: slow streams, sign-ins, pages, connections."""
    found = []
    if slow := s["slow"]:
        met = slow["streams"] >= 10_000 and not slow["errors"] and slow["kb_per_stream"] <= 40
        text = f"{slow['streams']}, {slow['errors']} errors, {slow['kb_per_stream']:.0f} KB each"
        found.append(_ours("slow streams open at once", "10 000, no error, ≤ 40 KB each", text, met))
    if people := s["sign_in"]:
        text = f"{people['gap_p99']:.0f}, at most {people['gap_max']:.0f}"
        title = "gaps of 300 readers while 30 sign in, p99 (ms)"
        found.append(_ours(title, "≤ 300", text, people["gap_p99"] <= 300))
    if costs := {name: row["cpu_ms"] for name, row in s.get("pages", {}).items()}:
        slowest = max(costs, key=lambda name: costs[name])
        text = f"{median(costs.values()):.1f}; {costs[slowest]:.1f} ({slowest})"
        title = "CPU of a page or API at 10,000 readings, p50: median of them, most (ms)"
        found.append((title, "", text, "", ""))
    most = s["connections"]
    found.append(_ours("database connections, most seen", f"≤ {POOL} (2 × 8)", str(most), most <= POOL))
    return found


def _ours(title: str, aim: str, text: str, met: bool) -> Row:
    return (title, aim, f"{text} {'✓' if met else '✗'}", "", "")


def _row(
    title: str, aim: str, values: Mapping[str, float | None], met: Callable[[float], bool] | None = None
) -> Row:
    cells = ["" if (value := values.get(name)) is None else f"{value:g}" for name in NAMES]
    ours = values.get("fortune")
    if met is not None and ours is not None:
        cells[0] = f"{cells[0]} {'✓' if met(ours) else '✗'}"
    return (title, aim, cells[0], cells[1], cells[2])


def _against(title: str, aim: str, values: dict[str, float | None], *, upside_down: bool = False) -> Row:
    """Return how many times better than the plan it is; ``upside_down`` if less is better."""
    plan = values.get("plan")
    cells = []
    for name in NAMES:
        value = values.get(name)
        if not value or not plan:
            cells.append("")
            continue
        times = plan / value if upside_down else value / plan
        mark = "" if name != "fortune" else " ✓" if times >= 12 else " ✗"
        cells.append(f"{'1/' if upside_down else ''}{times:.1f}{mark}")
    return (title, aim, cells[0], cells[1], cells[2])


def _firsts(title: str, values: dict[str, list[float]]) -> Row:
    cells = [f"{pair[0]:.0f} / {pair[1]:.0f}" if (pair := values.get(name)) else "" for name in NAMES]
    if ours := values.get("fortune"):
        cells[0] += " ✓" if ours[0] <= 10 and ours[1] <= 50 else " ✗"
    return (title, "≤ 10 / ≤ 50", cells[0], cells[1], cells[2])


def table(result: dict[str, Any]) -> str:
    """Return the figures for a terminal."""
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
