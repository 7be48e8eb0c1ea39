"""The figures of streams for Prometheus (of providers: core/llm/metrics.py). Nothing here runs per token.

Gauges are set by the heartbeat every two seconds; the rest when a run ends, is refused or taken over.
"""

from __future__ import annotations

from dj_db_conn_pool.core import pool_container
from prometheus_client import Counter, Gauge, Histogram

from core.runtime import blocked_count, lag

writing = Gauge("fortune_streams_writing", "Runs being written", multiprocess_mode="livesum")
watching = Gauge("fortune_streams_watching", "Browsers watching", multiprocess_mode="livesum")
unsaved = Gauge("fortune_texts_unsaved", "Finished texts that wait to be saved", multiprocess_mode="livesum")
loop_lag = Gauge("fortune_loop_lag_seconds", "How late the event loop is", multiprocess_mode="livemax")
loop_blocked = Gauge("fortune_loop_blocked", "Times the loop was blocked", multiprocess_mode="livesum")
pool_in_use = Gauge("fortune_database_pool_in_use", "Connections in use", multiprocess_mode="livesum")
rejected = Counter("fortune_streams_rejected", "Visitors sent away because a worker was full", ["lane"])
ended = Counter("fortune_runs_ended", "Runs by how they ended", ["status", "code"])
taken_over = Counter("fortune_runs_taken_over", "Runs continued for a worker that is gone")
gap = Histogram(
    "fortune_text_gap_seconds",
    "Seconds between two flushes that carried text",
    buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5),
)


def sample(*, runs: int, subscribers: int, unsaved_texts: int) -> None:
    """Set the gauges of this process."""
    writing.set(runs)
    watching.set(subscribers)
    unsaved.set(unsaved_texts)
    loop_lag.set(lag())
    loop_blocked.set(blocked_count())
    if pool_container.has("default"):
        pool_in_use.set(pool_container.get("default").checkedout())
