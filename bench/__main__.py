"""The side-by-side benchmark: `make bench`, or `python tools/services.py -- python -m bench`.

Runs are interleaved (Fortune, the plan, tuned ASGI, Fortune, …), on loopback only, and end by themselves.
The table is printed; everything measured by a full run goes to `bench/results/latest.json`, by a part of one
(``--quick``, ``--only`` without ``--add``) to `var/bench/latest.json`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import report
from bench.figures import page_token, pages, streams, visit, wave
from bench.figures.session import Earlier, Session
from bench.harness import conditions, meter, variants

# In the order in which a full run measures them.
FIGURES = {
    "visit": visit.figure,
    "page_token": page_token.figure,
    "rows": visit.rows,
    "wave": wave.figure,
    "cost": streams.cost,
    "capacity": streams.capacity,
    "slow": streams.slow,
    "sign_in": streams.sign_in,
    "whole": streams.whole,
    "pages": pages.figure,
}
RESULTS = Path(__file__).parent / "results" / "latest.json"
# A trial never overwrites the published figures.
TRIED = Path(__file__).parent.parent / "var" / "bench" / "latest.json"


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; ``results`` names the published file for a full run alone."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="small numbers, for trying it out: two minutes",
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the figure `cost` (default 3)")
    parser.add_argument("--repeat", type=int, default=1, help="rounds of every other figure (default 1)")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=FIGURES,
        default=list(FIGURES),
        help="only these figures",
    )
    parser.add_argument("--results", type=Path, help="where to write what was measured")
    parser.add_argument(
        "--add", action="store_true", help="keep the other figures that the results hold from an earlier run"
    )
    parser.add_argument(
        "--before", type=Path, metavar="CHECKOUT", help="measure another checkout of Fortune in the same run"
    )
    options = parser.parse_args(arguments)
    if options.results is None:
        is_full = not options.quick and (options.add or set(options.only) == set(FIGURES))
        options.results = RESULTS if is_full else TRIED
    return options


def main() -> None:
    options = parse(sys.argv[1:])
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    began = time.monotonic()
    with contextlib.ExitStack() as opened:
        services = _services(opened, 15)
        earlier = Earlier(variants.earlier(options.before), _services(opened, 14)) if options.before else None
        with tempfile.TemporaryDirectory(prefix="fortune-bench-") as home:
            session = Session(Path(home), services, earlier, quick=options.quick)
            session.prepare()
            rounds = 1 if options.quick else options.rounds
            for figure in options.only:
                for round_ in range(1, (rounds if figure == "cost" else options.repeat) + 1):
                    FIGURES[figure](session, round_)
            about = conditions.describe(services, quick=options.quick, seconds=time.monotonic() - began)
    records = session.records
    if options.add and options.results.exists():
        earlier = json.loads(options.results.read_text())
        kept = [row for row in earlier["records"] if row["figure"] not in options.only]
        # Figures of different runs stay apart: each earlier run is named with its figures.
        about["earlier"] = earlier_runs(earlier["conditions"], {row["figure"] for row in kept})
        records = kept + records
    result = {
        "conditions": about,
        "summary": report.summary(records),
        "records": records,
    }
    options.results.parent.mkdir(parents=True, exist_ok=True)
    options.results.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(report.table(result))


def earlier_runs(conditions: dict[str, Any], kept: set[str]) -> list[dict[str, Any]]:
    """Return the earlier runs that kept figures are of, each with these: those of the results' ``conditions``, and the last one."""
    runs = [
        {**run, "figures": [name for name in run["figures"] if name in kept]}
        for run in conditions.get("earlier", [])
    ]
    told = {name for run in runs for name in run["figures"]}
    last = {name: value for name, value in conditions.items() if name != "earlier"}
    return [run for run in (*runs, {**last, "figures": sorted(kept - told)}) if run["figures"]]


def _services(opened: contextlib.ExitStack, number: int) -> meter.Services:
    services = meter.Services(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], number=number)
    opened.callback(services.close)
    return services


if __name__ == "__main__":
    main()
