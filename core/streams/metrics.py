"""The figures of streams for Prometheus (of providers: core/llm/metrics.py). Nothing here runs per token.

Gauges are set by the heartbeat every two seconds. Counters and histograms grow when a run begins, ends, is refused or
taken over, and once per flush.
"""

from __future__ import annotations

from collections.abc import Sequence

from dj_db_conn_pool.core import pool_container
from prometheus_client import Counter, Gauge, Histogram

writing = Gauge("fortune_streams_writing", "Runs being written", multiprocess_mode="livesum")
watching = Gauge("fortune_streams_watching", "Browsers watching", multiprocess_mode="livesum")
unsaved = Gauge("fortune_texts_unsaved", "Finished texts that wait to be saved", multiprocess_mode="livesum")
loop_lag = Gauge("fortune_loop_lag_seconds", "How late the event loop is", multiprocess_mode="livemax")
loop_blocked = Gauge("fortune_loop_blocked", "Times the loop was blocked", multiprocess_mode="livesum")
pool_in_use = Gauge("fortune_database_pool_in_use", "Connections in use", multiprocess_mode="livesum")
rejected = Counter("fortune_streams_rejected", "Visitors sent away because a worker was full", ["lane"])
ended = Counter("fortune_runs_ended", "Runs by who wrote them and how they ended", ["provider", "status"])
run_first_text = Histogram(
    "fortune_run_first_text_seconds",
    "Seconds from asking for a reading to its first text on the page, for its visitor",
    ["provider"],
    buckets=(0.25, 0.5, 1, 2, 3, 5, 8, 13, 20, 40, 90),
)
run_seconds = Histogram(
    "fortune_run_seconds",
    "Seconds from asking for a reading to its end, for its visitor",
    ["provider", "status"],
    buckets=(1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300),
)
silence = Gauge(
    "fortune_run_silence_seconds",
    "Seconds since the last text of the run that has been silent for longest",
    multiprocess_mode="livemax",
)
silent = Gauge(
    "fortune_runs_silent",
    "Runs that should have ended: silent for longer than the provider's time-outs allow",
    multiprocess_mode="livesum",
)
redis_away = Gauge(
    "fortune_redis_away", "1 while Redis does not answer a worker", multiprocess_mode="livemax"
)
log_servers_away = Gauge(
    "fortune_log_servers_away", "Servers of logs that do not answer a worker", multiprocess_mode="livemax"
)
redis = Histogram(
    "fortune_redis_seconds",
    "Seconds of a round trip to Redis: a flush's appends, a worker's heartbeat",
    ["step"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1),
)
taken_over = Counter("fortune_runs_taken_over", "Runs continued for a worker that is gone")
gap = Histogram(
    "fortune_text_gap_seconds",
    "Seconds between two flushes that carried text",
    buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5),
)


def sample(
    *,
    runs: int,
    subscribers: int,
    unsaved_texts: int,
    silences: Sequence[tuple[float, float]],
    lag: float,
    blocked: int,
) -> None:
    """Set the gauges of this process.

    ``silences``: for each run, how long it has been silent and how long it may, in seconds.
    """
    writing.set(runs)
    watching.set(subscribers)
    unsaved.set(unsaved_texts)
    silence.set(max((seconds for seconds, _ in silences), default=0.0))
    silent.set(sum(seconds > limit for seconds, limit in silences))
    loop_lag.set(lag)
    loop_blocked.set(blocked)
    if pool_container.has("default"):
        pool_in_use.set(pool_container.get("default").checkedout())
