"""Steady streams for a long time: nothing may grow.

    make soak            thirty minutes; MINUTES=2 for a trial, STREAMS=… and RATE=… for another load

Readings are begun at a steady rate, and some browsers leave and come back. The provider speaks TLS, so that
every layer of production takes part. Each worker's memory and descriptors, the connections to
PostgreSQL, Redis's memory and the loop's lag are sampled; after a warm-up a line is fitted through each.
Prints the slopes, writes `bench/results/soak.json`, and fails when something grows or a reading was not
stored as it was seen.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import redis

from tests.databases import drop_template
from tests.fakes.fake import FakeProvider
from tests.server.faults.crowd import Crowd, Guest
from tests.server.faults.fleet import Fleet, Instance, until

RESULTS = Path(__file__).parent / "results" / "soak.json"
EVERY = 5.0
# Ten seconds of text.
MODEL = "deepseek-chat@delay=0.3,interval=0.1,count=100"
# The growth of a sample that is allowed, whatever the duration: noise, and a cache that fills.
ALLOWED = {"rss_mb": 12.0, "descriptors": 12.0, "database_connections": 4.0, "redis_mb": 12.0}


class Soak:
    def __init__(self, fleet: Fleet, folder: Path, rate: float) -> None:
        self.fleet, self.rate = fleet, rate
        self.provider = FakeProvider(tls=folder)
        self.instance: Instance = fleet.start(
            DEEPSEEK_BASE_URL=self.provider.url,
            SSL_CERT_FILE=str(folder / "chain.pem"),
            DEEPSEEK_MODEL=MODEL,
            WEB_CONCURRENCY="2",
        )
        self.workers = self.instance.workers()
        self.redis = redis.Redis.from_url(fleet.valkey.url)
        self.crowd = Crowd([self.instance.port], restless=random.Random(1))
        self.samples: list[dict[str, float]] = []
        self.begun = self.checked = 0
        self.wrong: list[str] = []

    def run(self, seconds: float) -> None:
        began = sampled = checked = time.monotonic()
        while (now := time.monotonic()) - began < seconds:
            due = int((now - began) * self.rate) - self.begun
            if due > 0:
                births = [
                    str(date(1930, 1, 1) + timedelta(days=(self.begun + i) % 25000)) for i in range(due)
                ]
                self.crowd.invite(births, rate=max(1.0, self.rate * 2))
                self.begun += due
            self.crowd.turn()
            if now - sampled >= EVERY:
                sampled = now
                self.samples.append({"at": round(now - began, 1), **self._sample()})
            if now - checked >= 30:
                checked = now
                self._check_ended()
        self.crowd.until(self.crowd.all_have_ended, 60)
        self._check_ended()
        self.wrong += [f"{guest.reading} never ended" for guest in self.crowd.guests]

    def _sample(self) -> dict[str, float]:
        figures = [self.redis.get(key) for key in self.redis.keys("streams:worker:*")]
        lags = [json.loads(value)["lag_ms"] for value in figures if value]
        return {
            "rss_mb": sum(map(_rss_mb, self.workers)),
            "descriptors": sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in self.workers),
            "database_connections": self.fleet.database.connections(),
            "redis_mb": self.redis.info("memory")["used_memory"] / 1e6,
            "loop_lag_ms": max(lags, default=0),
            "streams": sum(guest.end is None for guest in self.crowd.guests),
        }

    def _check_ended(self) -> None:
        """Compare the finished browsers with the stored texts, and forget them."""
        ended = [guest for guest in self.crowd.guests if guest.end]
        self.crowd.guests = [guest for guest in self.crowd.guests if not guest.end]
        for guest in ended:
            self.wrong += self._faults(guest)
        self.checked += len(ended)

    def _faults(self, guest: Guest) -> list[str]:
        if not guest.reading:
            return [f"refused: {guest.end}"]
        row = until(
            lambda: (r := self.fleet.run_row(guest.reading))["status"] not in ("queued", "writing") and r,
            "it is stored",
        )
        if row["status"] != "done" or row["text"].encode() != guest.text:
            return [f"{guest.reading}: {row['status']}, {len(guest.text)} bytes seen"]
        return guest.faults


def _rss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def slopes(samples: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Per figure: at the start, at the end, and the growth an hour, of a line through the last two thirds."""
    steady = samples[len(samples) // 3 :]
    at = [sample["at"] for sample in steady]
    result = {}
    for name in steady[0]:
        if name != "at":
            values = [sample[name] for sample in steady]
            slope = statistics.linear_regression(at, values).slope
            result[name] = {
                "median": round(statistics.median(values), 2),
                "most": round(max(values), 2),
                "growth_per_hour": round(slope * 3600, 2),
                "growth_measured": round(slope * (at[-1] - at[0]), 2),
            }
    return result


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("MINUTES", "30")))
    parser.add_argument("--rate", type=float, default=float(os.environ.get("RATE", "5")))
    options = parser.parse_args()
    fleet = Fleet()
    with tempfile.TemporaryDirectory(prefix="fortune-soak-") as folder:
        try:
            soak = Soak(fleet, Path(folder), options.rate)
            soak.run(options.minutes * 60)
            same = soak.workers == soak.instance.workers()
        finally:
            fleet.end()
            drop_template()
        soak.provider.stop()
    result: dict[str, Any] = {
        "conditions": _conditions(options),
        "readings": soak.checked,
        "wrong": soak.wrong[:20],
        "slopes": slopes(soak.samples),
        "samples": soak.samples,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    print(f"{soak.checked} readings in {options.minutes:g} minutes, {len(soak.wrong)} wrong")
    for name, row in result["slopes"].items():
        print(f"{name:24} median {row['median']:8} most {row['most']:8} per hour {row['growth_per_hour']:+}")
    grown = [n for n, most in ALLOWED.items() if result["slopes"][n]["growth_measured"] > most]
    if grown or soak.wrong or not same:
        sys.exit(f"grew: {grown}; wrong: {soak.wrong[:3]}; workers stayed: {same}")


def _conditions(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "minutes": options.minutes,
        "readings_a_second": options.rate,
        "model": MODEL,
        "tls": True,
        "workers": 2,
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load_average": os.getloadavg(),
    }


if __name__ == "__main__":
    main()
