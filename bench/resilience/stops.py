"""The time that Stop takes, through a worker that does not write the reading.

Part of `bench.resilience`. Two instances of one worker each write the readings. Every stop goes to the one
that does not write; half of the browsers watch from there as well. A stop is timed from the moment it is
asked until the browser has the `done` event and until the provider sees its connection closed. Stops come
one after another, each at a random moment, so that none keeps step with anything in the workers.
"""

from __future__ import annotations

import random
import statistics
import threading
import time
from typing import Any

from tests.databases import drop_template
from tests.server.faults.browser import births
from tests.server.faults.crowd import Crowd, Guest
from tests.server.faults.fleet import Fleet, Instance

# Longer than all stops together; five pieces a second.
MODEL = "deepseek-chat@delay=0.5,interval=0.2,count=900"


def measure(streams: int, count: int) -> dict[str, Any]:
    """Stop ``count`` of ``streams`` readings while all of them are being written."""
    fleet = Fleet()
    try:
        pair = [fleet.start(DEEPSEEK_MODEL=MODEL, WEB_CONCURRENCY="1") for _ in range(2)]
        crowd = Crowd([instance.port for instance in pair])
        guests = crowd.invite(births(streams), rate=25)
        if not crowd.until(crowd.all_have_text, 60):
            raise SystemExit("not every reading began")
        # A reading is written by the worker that began it; a browser that reconnects reaches the other one.
        stopped = [(guest, pair[(place + 1) % 2]) for place, guest in enumerate(guests[:count])]
        moved = [guest for guest, _ in stopped[count // 2 :]]
        for guest in moved:
            crowd.drop(guest)
        crowd.until(lambda: all(guest.times[-1] > guest.broken[-1] for guest in moved), 30)
        crowd.until(lambda: False, 2)
        chance = random.Random(1)
        seconds = [stop(fleet, crowd, guest, other, chance.uniform(0, 1)) for guest, other in stopped]
        still_writing = sum(guest.end is None for guest in guests)
        crowd.close()
        return {
            "model": MODEL,
            "workers": 2,
            "stops": count,
            "streams": streams,
            "still_writing_at_the_end": still_writing,
            "seconds_until_done_where_it_is_written": spread([done for done, _ in seconds[: count // 2]]),
            "seconds_until_done_elsewhere": spread([done for done, _ in seconds[count // 2 :]]),
            "seconds_until_the_provider_is_closed": spread([closed for _, closed in seconds]),
        }
    finally:
        fleet.end()
        drop_template()


def stop(fleet: Fleet, crowd: Crowd, guest: Guest, other: Instance, pause: float) -> tuple[float, float]:
    """Return the seconds until this browser was told, and until the provider's connection was closed."""
    crowd.until(lambda: False, pause)
    before = fleet.provider.stats()["aborted"]
    asking = threading.Thread(
        target=other.request, args=("POST", f"/fortune/readings/{guest.reading}/stop", None, guest.cookie)
    )
    asked = time.monotonic()
    asking.start()
    crowd.until(lambda: guest.end is not None, 30)
    done = time.monotonic() - asked
    asking.join()
    row = fleet.run_row(guest.reading)
    if guest.end is None or row["status"] != "stopped" or row["text"].encode() != guest.text:
        raise SystemExit(f"a stop was not obeyed: {guest.end}, {row['status']}")
    stats = fleet.provider.wait_for(lambda stats: stats["aborted"] > before)
    return done, stats["aborted_at"] - asked


def spread(seconds: list[float]) -> dict[str, float]:
    """Return the median and the longest."""
    return {"p50": round(statistics.median(seconds), 2), "max": round(max(seconds), 2)}


def table(result: dict[str, Any]) -> str:
    """Return the figures of ``measure``, as docs/resilience.md shows them."""
    rows = [
        f"| {result['stops']} stops among {result['streams']} readings | p50 | longest |",
        "| --- | --- | --- |",
    ]
    for what, name in {
        "done, for a browser at the worker that writes": "seconds_until_done_where_it_is_written",
        "done, for a browser at the other one": "seconds_until_done_elsewhere",
        "the provider's connection is closed": "seconds_until_the_provider_is_closed",
    }.items():
        rows.append(f"| {what} | {result[name]['p50']} s | {result[name]['max']} s |")
    return "\n".join(rows)
