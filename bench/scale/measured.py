"""The costs that the model is made of, measured on real servers."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg2
import redis

from bench.figures import visit
from bench.harness import meter, variants
from bench.scale import memory, wal

if TYPE_CHECKING:
    from core.streams.log.server import LogServer

# As the readings of the model are: 45 seconds, 30 tokens a second.
TOKENS: Final = 1350
AT_ONCE: Final = 40
# Written as models write, and in no codebook (tests/unit/core/test_packing.py).
TEXT: Final = "written_ko"
ENGLISH: Final = "written_en"
QUERIES: Final = {
    "a reading by its id": "SELECT * FROM fortune_reading WHERE id = (SELECT subject FROM streams_run LIMIT 1)",
    "its newest version": "SELECT * FROM streams_run WHERE subject = (SELECT subject FROM streams_run LIMIT 1)"
    " ORDER BY epoch DESC LIMIT 1",
    "a guest's history": "SELECT id, kind, created_at FROM fortune_reading WHERE owner_id IS NULL AND guest = md5('7')"
    " ORDER BY created_at DESC LIMIT 20",
    "the sweep: workers with live runs": "SELECT DISTINCT worker FROM streams_run WHERE status IN ('queued','writing')",
    "a worker's live runs": "SELECT * FROM streams_run WHERE worker = 'w' AND status IN ('queued','writing')",
}


def reading(
    site: variants.Variant,
    services: meter.Services,
    home: Path,
    *,
    visitors: int,
    stored: int = 0,
    text: str = TEXT,
) -> dict[str, float]:
    """Return what one reading costs: bytes stored and logged, commits, milliseconds of CPU by part, and KB-minutes in Valkey.

    The memory is watched while a first crowd reads: watching costs Valkey CPU. A third one comes right after a checkpoint,
    beside ``stored`` readings of others: it shows the pages that are logged whole. ``text`` is a kind of
    ``tests/fakes/formats.py``: one that repeats its words takes a quarter of a real one's place once it is compressed.
    """
    wal.without_statistics(services.database_url)
    with visit.served(site, services, home, tokens=TOKENS, delay=2.0, text=text) as server:
        crowd = [visit.Visitor(number, server.port) for number in range(3 * visitors)]
        with memory.watched(services.redis_url) as kilobyte_minutes:
            _walk(crowd[:visitors])
        before, cpu_before = _counters(services), {"site": meter.cpu_clock(server.pids), **services.cpu()}
        began = time.monotonic()
        with wal.counted(services.database_url) as written:
            _walk(crowd[visitors : 2 * visitors])
            seconds = time.monotonic() - began
            cpu = {"site": meter.cpu_clock(server.pids), **services.cpu()}
            after = _counters(services)
        beside = _beside_others(services, stored, crowd[2 * visitors :]) if stored else {}
    whole = {name: after[name] - before[name] for name in after} | written
    whole |= {f"beside_{name}": value for name, value in beside.items()}
    whole |= {f"{part}_cpu_ms": (cpu[part] - cpu_before[part]) * 1000 for part in cpu}
    whole |= {f"{kind}_kb_minutes": value for kind, value in kilobyte_minutes.items()}
    return {name: value / visitors for name, value in whole.items()} | {
        "visitors": visitors,
        "seconds": seconds,
    }


def _beside_others(services: meter.Services, stored: int, crowd: list[visit.Visitor]) -> dict[str, float]:
    """Return what a crowd adds to PostgreSQL's log right after a checkpoint, beside ``stored`` readings of others."""
    services.add_others(stored)
    wal.checkpoint(services.database_url)
    with wal.counted(services.database_url) as written:
        _walk(crowd)
        time.sleep(1.5)  # the last visitors are counted late by a second
    return written


def _walk(crowd: list[visit.Visitor]) -> None:
    """Let the visitors read, some at a time: more at once are turned away where the machine has other work."""
    for start in range(0, len(crowd), AT_ONCE):
        visit.walk(crowd[start : start + AT_ONCE], TOKENS, lambda step, do: do())


def _counters(services: meter.Services) -> dict[str, float]:
    time.sleep(1.5)  # PostgreSQL's own counters are late by a second
    with psycopg2.connect(services.database_url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace),"
            " (SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'fortune_reading'),"
            " (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())"
        )
        row = cursor.fetchone()
    assert row is not None
    names = ("stored_bytes", "readings", "transactions")
    return dict(zip(names, map(float, row), strict=True))


def logs(url: str, *, count: int) -> dict[str, float]:
    """Return what so many running logs weigh in Valkey, what an append to one costs it, and what they weigh once they ended."""
    from core.streams.log.client import Append, Log
    from core.streams.log.server import LogServer

    with redis.Redis.from_url(url) as client:
        server = LogServer(url)
        log = Log([server])
        empty = client.info("memory")["used_memory"]
        subjects = [uuid.uuid4() for _ in range(count)]
        for subject in subjects:
            log.open(subject, token=1, epoch=1, seed=b"", again=False)
        cpu = valkey_cpu(client)
        rounds, piece = 10, "가나다라마바사 ".encode() * 27  # a tenth of a text of six kilobytes
        for number in range(rounds):
            for start in range(0, count, 500):
                part = subjects[start : start + 500]
                log.append([Append(subject, 1, number * len(piece), piece) for subject in part])
        used = valkey_cpu(client) - cpu
        weight = (client.info("memory")["used_memory"] - empty) / count
        seconds_after_end = _life_after_end(client, server, subjects, text=piece * rounds, empty=empty)
    return {
        "logs": count,
        "bytes_a_log": weight,
        "text_bytes": rounds * len(piece),
        "append_us": used * 1e6 / count / rounds,
        "seconds_after_end": seconds_after_end,
    }


def _life_after_end(
    client: redis.Redis, server: LogServer, subjects: list[uuid.UUID], *, text: bytes, empty: int
) -> float:
    """Return for how many seconds a log stays once it has ended and is saved: Valkey's memory, summed over time."""
    from core.streams.log.client import CLOSE, TTL_SAVED, keys

    full = client.info("memory")["used_memory"] - empty
    began = at = time.monotonic()
    full_seconds = before_end = 0.0
    for start in range(0, len(subjects), 500):
        part = subjects[start : start + 500]
        server.write(CLOSE, [(keys(subject), (1, b"{}", TTL_SAVED, 1, text)) for subject in part])
        before_end += (time.monotonic() - began) * len(part)
    while client.dbsize():
        full_seconds += (client.info("memory")["used_memory"] - empty) / full * (time.monotonic() - at)
        at = time.monotonic()
        time.sleep(0.1)
    return full_seconds - before_end / len(subjects)


def rows(services: meter.Services, *, stored: int) -> list[dict[str, Any]]:
    """Return what PostgreSQL needs for each query beside so many stored readings."""
    services.add_others(stored)
    found = []
    with psycopg2.connect(services.database_url) as connection, connection.cursor() as cursor:
        for name, query in QUERIES.items():
            times = []
            for _ in range(5):
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
                (plan,) = cursor.fetchone() or ([{}],)
                times.append(plan[0]["Execution Time"])
            found.append({"query": name, "ms": sorted(times)[2], "by": _scans(plan[0]["Plan"])})
    services.forget_people()
    return found


def _scans(plan: dict[str, Any]) -> str:
    own = [plan["Node Type"]] if "Scan" in plan["Node Type"] else []
    inner = [_scans(part) for part in plan.get("Plans", ()) if part.get("Parent Relationship") != "InitPlan"]
    return ", ".join([*own, *filter(None, inner)])


def valkey_cpu(client: redis.Redis) -> float:
    """Return the seconds of CPU that the server has used so far."""
    info = client.info("cpu")
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])
