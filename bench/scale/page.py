"""Write ``docs/scale.md`` and ``docs/scale.svg`` from what was measured and simulated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import matplotlib.pyplot as plt

from bench.scale.model import Costs

# A table's head and its rows.
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
DOCS: Final = Path(__file__).parents[2] / "docs"


def write(result: dict[str, Any], costs: Costs) -> None:
    """Put the tables between their marks, and draw the picture."""
    file = DOCS / "scale.md"
    text = file.read_text()
    for name, table in tables(result, costs).items():
        mark = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        assert mark.search(text), name
        text = mark.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text)
    file.write_text(text)
    _draw(result["needs"], DOCS / "scale.svg")


def tables(result: dict[str, Any], costs: Costs) -> dict[str, str]:
    """Return the page's tables, by the name of their mark."""
    rows = [(r["query"], f"{r['ms']:.2f}", r["by"]) for r in result["rows"]]
    return {
        "needs": _markdown(*_needs(result["needs"])),
        "reading": _markdown(*_readings(result["reading"], result["before"], result["english"])),
        "services": _markdown(*_services(result["logs"], result["heartbeats"])),
        "rows": _markdown(("query", "ms", "by"), rows),
        "conditions": _markdown(*_conditions(result, costs)),
    }


def _needs(needs: list[dict[str, Any]]) -> Table:
    head = (
        "at once", "starts/s", "workers", "begins after, p99 (s)", "logs: memory · CPU · servers",
        "PostgreSQL: CPU · WAL · primaries", "stored a day", "fills first", "$ a minute",
    )  # fmt: skip
    return head, [
        (
            f"{n['at_once']:,}",
            f"{n['starts']:,.0f}",
            f"{n['workers']:,}",
            f"{n['wait_p99']:.2f}",
            f"{n['log_bytes'] / 1e9:.2f} GB · {n['log_cores']:.2f} cores · {n['log_servers']}",
            f"{n['postgresql_cores']:.1f} cores · {n['wal'] / 1e6:.1f} MB/s · {n['databases']}",
            f"{n['stored_a_day'] / 1e9:,.1f} GB",
            n["first"],
            f"{n['dollars_a_minute']:,.2f}",
        )
        for n in needs
    ]


def _services(logs: dict[str, Any], beats: dict[str, Any]) -> Table:
    idle = beats["idle_share_of_a_core"]
    return ("of Valkey", "measured"), [
        (
            f"a running log of {logs['text_bytes']:,} bytes, among {logs['logs']:,}",
            f"{logs['bytes_a_log']:,.0f} bytes",
        ),
        ("its life once the text is saved, by memory over time", f"{logs['seconds_after_end']:.1f} s"),
        ("which is", f"{logs['bytes_a_log'] * logs['seconds_after_end'] / 60_000:.2f} KB-minutes"),
        ("an append to it, 500 in a round trip", f"{logs['append_us']:.1f} µs"),
        (
            f"round trips by which {beats['workers']:,} workers are there",
            f"{beats['round_trips']:.0f} a second",
        ),
        ("one of them", f"{beats['round_trip_us']:.1f} µs"),
        ("all of them", f"{(beats['share_of_a_core'] - idle) * 100:.1f} % of a core"),
        ("beside them, their connections, silent", f"{idle * 100:.1f} % of a core"),
    ]


def _conditions(result: dict[str, Any], costs: Costs) -> Table:
    about = result["conditions"]
    return ("", ""), [
        ("measured", about["at"]),
        ("times of CPU, appends and heartbeats", result.get("times_at", about["at"])),
        ("code", about["commit"]),
        ("readings measured, in each column", f"{result['reading']['visitors']:,.0f}"),
        ("texts", "5,877 bytes of Korean, 4,671 of English (`tests/fakes/texts`)"),
        ("load of the two cores", " · ".join(f"{load:.1f}" for load in about["machine"]["load_average"])),
        ("stored readings beside which queries are timed", f"{result['stored']:,}"),
        ("a visit's CPU without its events (docs/benchmarks.md)", f"{costs.begin * 1000:.1f} ms"),
        ("a token's CPU on a page (docs/benchmarks.md)", f"{costs.token * 1e6:.1f} µs"),
    ]


def _readings(now: dict[str, float], before: dict[str, float] | None, english: dict[str, float]) -> Table:
    """Return the head and the rows of what a reading costs, beside an earlier release where it was measured."""
    names = {
        "stored_bytes": "stored in PostgreSQL, indexes included (bytes)",
        "wal_records": "its own records in PostgreSQL's log (WAL, bytes)",
        "wal_pages": "pages logged whole beside them, little stored (bytes)",
        "beside_wal_records": "right after a checkpoint, beside many readings: its own records (bytes)",
        "beside_wal_pages": "and pages logged whole, compressed (bytes)",
        "commits": "commits that write",
        "transactions": "commits in all, reads included",
        "running_kb_minutes": "in Valkey while it is written (KB-minutes)",
        "ended_kb_minutes": "its log in Valkey after the end (KB-minutes)",
        "else_kb_minutes": "sessions, limits and cache in Valkey (KB-minutes)",
        "postgresql_cpu_ms": "CPU of PostgreSQL (ms)",
        "valkey_cpu_ms": "CPU of Valkey (ms)",
    }
    columns = [before, now, english] if before else [now, english]
    head = ("a reading of 1,350 tokens", *(("before", "now") if before else ("measured",)), "in English")
    return head, [
        (
            title,
            *(_cell(column.get(name)) for column in columns),
        )
        for name, title in names.items()
    ]


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value > 1000 else f"{value:.1f}"


def _markdown(head: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ("---",) * len(head), *lines])


def _draw(needs: list[dict[str, Any]], file: Path) -> None:
    """How many of each part are needed, over the number of readings at once; both axes logarithmic."""
    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "fortune", "font.size": 9, "axes.spines.top": False})
    mpl.rcParams.update({"axes.spines.right": False, "axes.titlelocation": "left"})
    figure, panel = plt.subplots(figsize=(8, 4.6), layout="constrained")
    sizes = [n["at_once"] for n in needs]
    for name, title, colour in (
        ("workers", "workers (cores)", "#3b6ea5"),
        ("log_servers", "servers of logs", "#b3542d"),
        ("databases", "PostgreSQL primaries of 16 cores", "#4d7f4a"),
    ):
        values = [n[name] for n in needs]
        panel.plot(sizes, values, marker="o", color=colour, label=title)
        panel.annotate(f"{values[-1]:,}", (sizes[-1], values[-1]), xytext=(6, -3), textcoords="offset points")
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.set_xlabel("readings at once")
    panel.set_title("What it takes, by simulation with measured costs")
    panel.legend(frameon=False)
    panel.margins(x=0.12)
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)
