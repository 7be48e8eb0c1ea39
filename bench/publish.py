"""Write `docs/benchmarks.svg` and the tables of `docs/benchmarks.md` from the latest results.

python -m bench.publish
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt

from bench import report
from bench.harness.variants import ROOT, VARIANTS

PAGE = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "benchmarks.svg"
RESULTS = Path(__file__).parent / "results" / "latest.json"
COLOURS = {
    "fortune": "#b4532a",
    "gthread": "#d9a441",
    "plan": "#6b7a8f",
    "tuned": "#2f7f79",
    "relay": "#b8b2a7",
    "relay250": "#b8b2a7",
    "nginx": "#b8b2a7",
}
# Another checkout has no variant of its own: it is named where a run had one (``--before``).
TITLES = {name: variant.title for name, variant in VARIANTS.items()} | {
    "before": "Fortune, the commit before"
}
SHORT = {
    "fortune": "Fortune",
    "gthread": "Fortune, gthread",
    "plan": "the plan",
    "tuned": "tuned ASGI",
    "relay": "relay, no parsing",
    "relay250": "… every 250 ms",
    "nginx": "nginx",
}


def main() -> None:
    result = json.loads(RESULTS.read_text())
    draw(result, PICTURE)
    text = PAGE.read_text()
    for name, table in tables(result).items():
        mark = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        text = re.sub(
            mark, lambda found, table=table: found[1] + table + "\n" + found[2], text, flags=re.DOTALL
        )  # type: ignore[misc]
    PAGE.write_text(text)
    print(f"wrote {PAGE.relative_to(ROOT)} and {PICTURE.relative_to(ROOT)}")


def tables(result: dict[str, Any]) -> dict[str, str]:
    """Return the page's tables, by the name of the mark that they stand between."""
    costs = result["summary"]["cpu_us_per_token"]
    spread = _spread(result["records"])
    cost_rows = [
        (TITLES[name], f"{cost:g}", spread[name], _share(cost, costs.get("plan")))
        for name, cost in sorted(costs.items(), key=lambda pair: pair[1] or 0)
        if cost is not None
    ]
    about = result["conditions"]
    machine = about["machine"]
    facts = [
        ("measured", about["at"]),
        ("code", about["commit"]),
        (
            "machine",
            f"{machine['cores']} cores, {machine['processor']}, {machine['memory_mb']} MB, Linux {machine['kernel']}",
        ),
        ("load before the end", ", ".join(f"{value:.1f}" for value in machine["load_average"])),
        *about["versions"].items(),
        *(
            ("measured before", f"{', '.join(run['figures'])}: {run['at']}, code {run['commit']}")
            for run in about.get("earlier", [])
        ),
    ]
    pages = [
        (name, f"{row['cpu_ms']:.1f}", f"{row['cpu_ms_p90']:.1f}", f"{row['postgresql_ms']:.1f}")
        for name, row in result["summary"].get("pages", {}).items()
    ]
    return {
        "pages": _markdown(("page", "CPU, p50 (ms)", "p90", "PostgreSQL (ms)"), pages),
        "aims": _markdown(("figure", "aim", *report.NAMES.values()), report.rows(result)),
        "costs": _markdown(("server", "µs per token", "lowest to highest", "of the plan's"), cost_rows),
        "conditions": _markdown(("", ""), facts),
    }


def _spread(records: list[dict[str, Any]]) -> dict[str, str]:
    """Return the range over rounds of CPU per token at 500 streams."""
    found: dict[str, list[float]] = {}
    for record in records:
        if record["figure"] == "cost" and record["step"] in report.FULL and record["tokens"]:
            found.setdefault(record["variant"], []).append(record["cpu"]["server"])
    return {name: f"{min(values):.1f} to {max(values):.1f} ({len(values)})" for name, values in found.items()}


def _share(cost: float, plan: float | None) -> str:
    return f"1/{plan / cost:.1f}" if plan and cost else ""


def _markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)


def draw(result: dict[str, Any], file: Path) -> None:
    """Four panels: cost, capacity, cost by load, and what is added to the first text."""
    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "fortune", "font.size": 9, "axes.spines.top": False})
    mpl.rcParams.update({"axes.spines.right": False, "axes.titlesize": 10, "axes.titlelocation": "left"})
    figure, panels = plt.subplots(2, 2, figsize=(10, 7.2), layout="constrained")
    summary, records = result["summary"], result["records"]
    _bars(panels[0][0], "CPU of the server per token, µs (500 streams × 30/s)", summary["cpu_us_per_token"])
    _bars(panels[0][1], "Streams × 30 tokens/s held on two cores", summary["held"])
    _curves(panels[1][0], records)
    _firsts(panels[1][1], summary["first_ms"])
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)


def _bars(panel: Any, title: str, values: dict[str, float | None]) -> None:
    names = [name for name in VARIANTS if values.get(name) is not None][::-1]
    panel.barh([SHORT[n] for n in names], [values[n] for n in names], color=[COLOURS[n] for n in names])
    panel.bar_label(panel.containers[0], fmt="{:,.4g}", padding=3)
    panel.margins(x=0.12)
    panel.set_title(title)


def _curves(panel: Any, records: list[dict[str, Any]]) -> None:
    for name in report.NAMES:
        points: dict[int, list[float]] = {}
        for record in records:
            if record["variant"] == name and record["figure"] in ("capacity", "cost") and record["tokens"]:
                points.setdefault(record["step"], []).append(record["cpu"]["server"])
        steps = sorted(points)
        panel.plot(
            steps, [median(points[s]) for s in steps], "o-", color=COLOURS[name], label=SHORT[name], ms=3
        )
    panel.set(xscale="log", yscale="log", xlabel="streams open", ylabel="µs per token")
    panel.set_title("CPU per token by load")
    panel.legend(frameon=False)


def _firsts(panel: Any, values: dict[str, list[float]]) -> None:
    names = [name for name in report.NAMES if values.get(name)]
    for place, share in enumerate(("p50", "p99")):
        at = [i + (place - 0.5) * 0.36 for i in range(len(names))]
        heights = [values[name][place] for name in names]
        bars = panel.bar(at, heights, 0.34, color=[COLOURS[n] for n in names], alpha=(0.55, 1.0)[place])
        panel.bar_label(bars, labels=[f"{share}\n{height:.0f}" for height in heights], fontsize=8)
    panel.set_xticks(range(len(names)), [SHORT[name] for name in names])
    panel.set_yscale("log")
    panel.margins(y=0.25)
    panel.set_title("Added to the first text while 200 streams run, ms")


if __name__ == "__main__":
    main()
