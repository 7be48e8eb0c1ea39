"""The effects of a killed worker, a reload and a lost Redis on running readings, and the time a stop takes.

    python tools/services.py -- python -m bench.resilience [--streams 200] [--only kill reload redis failover stop]

Each case has a fleet of its own: one instance with two workers, its own database and Valkey, the fake
provider. Every browser is an event stream that reconnects as EventSource does and counts every byte; at the
end its text is compared with the stored one. Prints a table; everything goes to
`bench/results/resilience.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.resilience import stops
from tests.databases import drop_template
from tests.server.faults.browser import births
from tests.server.faults.crowd import Crowd, Guest
from tests.server.faults.fleet import Fleet, Instance, until
from tests.server.faults.watched import WatchedFleet

RESULTS = Path(__file__).parents[1] / "results" / "resilience.json"
# Thirty seconds of text, five pieces a second.
MODEL = "deepseek-chat@delay=0.5,interval=0.2,count=150"


def kill(fleet: Fleet, instance: Instance) -> None:
    """Kill one of two workers with SIGKILL."""
    os.kill(instance.workers()[0], signal.SIGKILL)


def reload(fleet: Fleet, instance: Instance) -> None:
    """Restart the workers: SIGHUP to the master."""
    instance.signal(signal.SIGHUP)


def redis(fleet: Fleet, instance: Instance) -> None:
    """Kill Redis; after a second it comes back empty."""
    fleet.valkey.stop()
    time.sleep(1)
    fleet.valkey.start()


def failover(fleet: WatchedFleet, instance: Instance) -> None:
    """Kill the primary of Redis with one of three sentinels; its replica is promoted."""
    fleet.redis.kill()


CASES: dict[str, Callable[[Any, Instance], None]] = {
    "kill": kill,
    "reload": reload,
    "redis": redis,
    "failover": failover,
}


def measure(name: str, streams: int) -> dict[str, Any]:
    """Measure one case from the first visitor to the last byte."""
    fleet = WatchedFleet() if name == "failover" else Fleet()
    try:
        instance = fleet.start(DEEPSEEK_MODEL=MODEL, WEB_CONCURRENCY="2", GRACEFUL_TIMEOUT="90")
        crowd = Crowd([instance.port])
        guests = crowd.invite(births(streams), rate=25)
        if not crowd.until(crowd.all_have_text, 60):
            raise SystemExit("not every reading began")
        crowd.until(lambda: False, 3)
        shares = fleet.database.query("SELECT worker, count(*) FROM streams_run GROUP BY worker")
        began = time.monotonic()
        still_writing = sum(guest.end is None for guest in guests)
        CASES[name](fleet, instance)
        crowd.until(crowd.all_have_ended, 120)
        crowd.close()
        return {
            "case": name,
            "what": (CASES[name].__doc__ or "").strip(),
            "model": MODEL,
            "workers": 2,
            "streams": streams,
            "writing_at_that_moment": still_writing,
            "runs_per_worker": sorted(count for _, count in shares),
            **compare(fleet, guests),
            **flow(guests, began),
        }
    finally:
        fleet.end()
        drop_template()


def compare(fleet: Fleet, guests: list[Guest]) -> dict[str, Any]:
    """Compare every browser's text with the stored one."""
    lost = bytes_lost = bytes_doubled = different = 0
    for guest in guests:
        done = until(lambda g=guest: fleet.run_row(g.reading)["status"] != "writing", "it is stored", 30)
        row = fleet.run_row(guest.reading)
        stored = row["text"].encode()
        lost += not done or row["status"] != "done" or guest.end is None or guest.end[0] == "failed"
        bytes_lost += max(0, len(stored) - len(guest.text))
        bytes_doubled += max(0, len(guest.text) - len(stored))
        different += guest.text != stored
    return {
        "readings_lost": lost,
        "bytes_lost": bytes_lost,
        "bytes_doubled": bytes_doubled,
        "texts_that_differ": different,
        "wrong_offsets": sum(len(guest.faults) for guest in guests),
        "resets": sum(guest.resets for guest in guests),
        "lengths_of_texts": len({len(guest.text) for guest in guests}),
        "bytes": sum(len(guest.text) for guest in guests),
    }


def flow(guests: list[Guest], began: float) -> dict[str, Any]:
    """Return the waits for the next text after a broken connection, and the longest gap of the other browsers."""
    cut = [guest for guest in guests if any(at >= began for at in guest.broken)]
    again = [
        min((t - began for t in guest.times if t > min(b for b in guest.broken if b >= began)), default=0.0)
        for guest in cut
    ]
    others = [
        max((b - a for a, b in zip(guest.times, guest.times[1:], strict=False) if b > began), default=0.0)
        for guest in guests
        if guest not in cut
    ]
    return {
        "connections_broken": len(cut),
        "seconds_until_text_flows_again": {
            "p50": round(statistics.median(again), 2) if again else None,
            "max": round(max(again), 2) if again else None,
        },
        "longest_gap_of_the_others": round(max(others, default=0.0), 2),
    }


def table(results: list[dict[str, Any]]) -> str:
    rows = [
        "| case | readings lost | bytes lost | bytes doubled | resets | connections broken "
        "| text flows again, p50 / max (s) | longest gap of the others (s) |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for r in results:
        again = r["seconds_until_text_flows_again"]
        flows = f"{again['p50']} / {again['max']}" if again["p50"] is not None else "–"
        rows.append(
            f"| {r['what']} | {r['readings_lost']} | {r['bytes_lost']} | {r['bytes_doubled']} "
            f"| {r['resets']} | {r['connections_broken']} | {flows} | {r['longest_gap_of_the_others']} |"
        )
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.resilience", description=__doc__)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--stops", type=int, default=50)
    parser.add_argument("--only", nargs="+", choices=[*CASES, "stop"], default=[*CASES, "stop"])
    options = parser.parse_args()
    conditions = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load_average": os.getloadavg(),
    }
    results = {name: measure(name, options.streams) for name in options.only if name in CASES}
    if results:
        print(table(list(results.values())))
    if "stop" in options.only:
        results["stop"] = stops.measure(options.streams, options.stops)
        print(stops.table(results["stop"]))
    # Figures that were not measured now stay as they were.
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    known |= {name: {"conditions": conditions, **result} for name, result in results.items()}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(known, indent=1) + "\n")


if __name__ == "__main__":
    main()
