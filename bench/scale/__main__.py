"""``make bench-scale``: measure, simulate, and write ``docs/scale.md`` with its picture."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import django
import redis

from bench.figures.session import Earlier, Session
from bench.harness import conditions, meter, variants
from bench.scale import heartbeats, measured, model, page

RESULTS: Final = Path(__file__).parents[1] / "results" / "scale.json"
# A visit's CPU without its events, and a token's on a page of 400, under load on a quiet machine: docs/benchmarks.md. A
# handful of readings, as are measured here, shows neither.
VISIT_MS: Final = 3.4 + 10.3 + 13.4 + 8.6
TOKEN_US: Final = 22.4
# Of an English text another length matters, and nothing else.
OF_ENGLISH: Final = ("stored_bytes", "wal_records", "wal_pages")
# By the part of a result, the figures that depend on what else its machine does.
OF_CPU: Final = ("site_cpu_ms", "postgresql_cpu_ms", "valkey_cpu_ms")
TIMES: Final = {
    "reading": OF_CPU,
    "before": OF_CPU,
    "logs": ("append_us",),
    "heartbeats": ("round_trips", "round_trip_us", "share_of_a_core", "idle_share_of_a_core"),
}
SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    options = argparse.ArgumentParser(prog="bench.scale", description=__doc__)
    options.add_argument("--visitors", type=int, default=60, help="readings that are measured")
    options.add_argument(
        "--stored", type=int, default=1_000_000, help="readings beside which queries are timed"
    )
    options.add_argument("--again", action="store_true", help="measure nothing: simulate with the last costs")
    options.add_argument(
        "--before", type=Path, metavar="CHECKOUT", help="measure another checkout's readings in the same run"
    )
    options.add_argument(
        "--quiet", type=Path, metavar="RESULT", help="take times of CPU from a result of a quieter machine"
    )
    given = options.parse_args()
    result = json.loads(RESULTS.read_text()) if given.again else _measure(given)
    if given.quiet:
        take_times(result, json.loads(given.quiet.read_text()))
    costs = costs_of(result)
    result["needs"] = [asdict(model.need(costs, size)) for size in SIZES]
    RESULTS.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    page.write(result, costs)
    print(page.tables(result, costs)["needs"])


def _measure(given: argparse.Namespace) -> dict[str, Any]:
    os.environ["ENV_FILE"] = os.devnull
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    url = urlsplit(os.environ["REDIS_URL"])._replace(path="/13").geturl()
    began = time.monotonic()
    with contextlib.ExitStack() as opened:
        home = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="fortune-scale-")))
        valkey = opened.enter_context(redis.Redis.from_url(url))
        valkey.config_set("appendonly", "no")  # as compose.yaml starts it
        services = _services(opened, 14)
        before = variants.earlier(given.before.resolve()) if given.before else None
        session = Session(home, services, Earlier(before, _services(opened, 12)) if before else None)
        session.prepare()
        readings = {
            name: measured.reading(
                *session.find(name),
                home,
                visitors=given.visitors,
                # An earlier release may lack columns of the rows that are stored for others.
                stored=given.stored if name == "fortune" else 0,
            )
            for name in session.names()
        }
        served = session.find("fortune")
        english = measured.reading(*served, home, visitors=given.visitors, text=measured.ENGLISH)
        os.environ |= services.environ()
        django.setup()  # the logs and the heartbeats are measured in this process
        return {
            "reading": readings["fortune"],
            "before": readings.get("before"),
            "english": {name: english[name] for name in OF_ENGLISH},
            "logs": measured.logs(url, count=10_000),
            "heartbeats": heartbeats.measure(url, workers=2_000),
            "stored": given.stored,
            "rows": measured.rows(services, stored=given.stored),
            "conditions": conditions.describe(services, quick=False, seconds=time.monotonic() - began),
        }


def _services(opened: contextlib.ExitStack, number: int) -> meter.Services:
    services = meter.Services(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], number=number)
    opened.callback(services.close)
    return services


def take_times(result: dict[str, Any], quiet: dict[str, Any]) -> None:
    """Replace the times of CPU, which grow with a machine's other work, by those of a quiet one; keep them as ``busy``."""
    busy: dict[str, Any] = {}
    for part, names in TIMES.items():
        busy[part] = {name: result[part][name] for name in names}
        result[part] |= {name: quiet[part][name] for name in names}
    result["busy"], result["times_at"] = busy, quiet["conditions"]["at"]


def costs_of(result: dict[str, Any]) -> model.Costs:
    """Return the costs that the model takes."""
    reading, logs = result["reading"], result["logs"]
    return model.Costs(
        begin=VISIT_MS / 1000,
        token=TOKEN_US / 1e6,
        stored=reading["stored_bytes"],
        wal=reading["beside_wal_records"]
        + reading["beside_wal_pages"],  # the dearest minute: after a checkpoint
        log=logs["bytes_a_log"],
        log_after_end=logs["seconds_after_end"],
        append=logs["append_us"] / 1e6,
        postgresql=reading["postgresql_cpu_ms"] / 1000,
    )


if __name__ == "__main__":
    main()
