"""Prometheus metrics of requests, and the page that shows all metrics. Rooms define their own beside what they measure.

With several workers each writes to files under ``PROMETHEUS_MULTIPROC_DIR``, and any of them can answer for
all (gunicorn.conf.py sets and clears the directory).
"""

from __future__ import annotations

import os
from typing import Final

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

requests = Counter("fortune_requests", "Requests answered", ["route", "method", "status"])
latency = Histogram(
    "fortune_request_seconds",
    "Seconds until the answer began (a streamed body goes on after that)",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
csp_violations = Counter(
    "fortune_csp_violations", "Requests of pages that their policy stopped, as browsers report", ["directive"]
)


def observe(*, route: str, method: str, status: int, seconds: float) -> None:
    # Methods are free text in HTTP; labels must not be.
    requests.labels(route, method if method in METHODS else "other", str(status)).inc()
    latency.labels(route).observe(seconds)


def page() -> bytes:
    """Return the text form of everything measured, over all workers."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(REGISTRY)
