"""``make bench-scale``: measure, simulate, and write ``docs/scale.md`` with its picture."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import django

from bench import conditions, meter
from bench.figures import Session
from bench.scale import heartbeats, measured, model, page

RESULTS: Final = Path(__file__).parents[1] / "results" / "scale.json"
# A visit's CPU without its events, and a token's on a page of 400, under load on a quiet machine: docs/benchmarks.md. A
# handful of readings, as are measured here, shows neither.
VISIT_MS: Final = 3.4 + 10.3 + 13.4 + 8.6
TOKEN_US: Final = 22.4
SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    options = argparse.ArgumentParser(prog="bench.scale", description=__doc__)
    options.add_argument("--visitors", type=int, default=60, help="readings that are measured")
    options.add_argument(
        "--stored", type=int, default=1_000_000, help="readings beside which queries are timed"
    )
    options.add_argument("--again", action="store_true", help="measure nothing: simulate with the last costs")
    given = options.parse_args()
    result = json.loads(RESULTS.read_text()) if given.again else _measure(given.visitors, given.stored)
    costs = costs_of(result)
    result["needs"] = [asdict(model.need(costs, size)) for size in SIZES]
    RESULTS.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    page.write(result, costs)
    print(page.tables(result, costs)["needs"])


def _measure(visitors: int, stored: int) -> dict[str, Any]:
    os.environ["ENV_FILE"] = os.devnull
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    url = urlsplit(os.environ["REDIS_URL"])._replace(path="/13").geturl()
    services = meter.Services(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], number=14)
    os.environ |= services.environ()
    django.setup()  # the logs and the heartbeats are measured in this process
    try:
        with tempfile.TemporaryDirectory(prefix="fortune-scale-") as home:
            Session(Path(home), services, None, quick=False).prepare()
            reading = measured.reading(services, Path(home), visitors=visitors)
        return {
            "reading": reading,
            "logs": measured.logs(url, count=10_000),
            "heartbeats": heartbeats.measure(url, workers=2_000),
            "stored": stored,
            "rows": measured.rows(services, stored=stored),
            "conditions": conditions.describe(services, quick=False, seconds=0),
        }
    finally:
        services.close()


def costs_of(result: dict[str, Any]) -> model.Costs:
    """Return the costs that the model takes."""
    reading, logs = result["reading"], result["logs"]
    return model.Costs(
        begin=VISIT_MS / 1000,
        token=TOKEN_US / 1e6,
        stored=reading["stored_bytes"],
        wal=reading["wal_bytes"],
        log=logs["bytes_a_log"],
        append=logs["append_us"] / 1e6,
        postgresql=reading["postgresql_cpu_ms"] / 1000,
    )


if __name__ == "__main__":
    main()
