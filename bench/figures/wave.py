"""The figure `wave`: visitors who arrive at a rate, beside running streams.

Each visitor is a new guest, with nothing but the form's cookie, who asks for a reading and its stream in one request.
A visitor who is refused with 503 is counted, with the time until the refusal, and does not come back. The times are a
visitor's, from the request on, the provider's own delay included; every text is compared with the provider's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.figures.session import Session
from bench.harness import meter
from bench.harness.load import Stream
from bench.harness.measure import Plan, running
from bench.harness.variants import PATH, Variant

TOKEN = "t" * 32
REFUSED = "refused: HTTP/1.1 503"
RATE = 20.0  # tokens a second of each stream
OPENING = 40.0  # streams a second, before the wave


@dataclass(frozen=True, slots=True)
class Wave:
    """``arrivals`` visitors, ``rate`` a second, beside ``beside`` streams."""

    beside: int = 500
    arrivals: int = 1500
    rate: float = 150.0

    @property
    def seconds(self) -> float:
        return self.arrivals / self.rate


SMALL = Wave(beside=60, arrivals=90, rate=30.0)


def figure(session: Session, round_: int) -> None:
    """Let visitors arrive faster than they can be served, beside 500 running streams."""
    sea = SMALL if session.quick else Wave()
    for name in session.names():
        row = measure(*session.find(name), session.home, sea)
        shared = {
            "figure": "wave",
            "variant": name,
            "round": round_,
            "connections": 0,
            "errors": row["wrong"],
        }
        session.records.append({**shared, **row})
        session.say(
            f"  wave      {name:9} #{round_} {row['arrivals']} in {sea.seconds:.0f} s: {row['served']} served, first text"
            f" {row['first_p50']:.0f}/{row['first_p99']:.0f} ms; {row['refused']} refused after"
            f" {row['refused_p50']:.0f}/{row['refused_p99']:.0f} ms; beside {row['beside']}: gap p99"
            f" {row['gap_p99']:.0f}, most {row['gap_max']:.0f} ms; workers {row['workers']}  {row['error']}"
        )


def measure(variant: Variant, services: meter.Services, home: Path, wave: Wave) -> dict[str, Any]:
    """Let the wave come, wait until all have ended, and return what the visitors had."""
    # The first to run are still running when the last of the wave has come.
    count = int((wave.beside / OPENING + wave.seconds + 12) * RATE)
    plan = Plan((), interval=1 / RATE)
    with running(variant, services, plan, home, count=count) as bench:
        load = bench.load
        load.grow(wave.beside, rate=OPENING, request=guest)
        load.await_first_texts(10)
        bench.paced.stats()
        before = bench.cpu()["server"]
        load.hold(2)
        load.mark()
        load.grow(wave.beside + wave.arrivals, rate=wave.rate, request=guest)
        load.hold(3)
        gaps = load.gaps()[: wave.beside]  # now: while the meters are read, nobody reads the streams
        busy = (bench.cpu()["server"] - before) / (wave.seconds + 5)
        late = bench.paced.stats()["late_p99"]
        workers = services.runs_by_worker()
        load.finish(count / RATE + 30)
        bench.check([])
        streams = load.streams
    return {
        "beside": wave.beside,
        "arrivals": wave.arrivals,
        "rate": wave.rate,
        **_had(streams, wave.beside),
        "gap_p99": _ms(gaps, 99),
        "gap_max": _ms(gaps, 100),
        "busy": round(busy, 2),
        "provider_late_p99": round(late * 1000),
        "workers": workers,
    }


def _had(streams: list[Stream], beside: int) -> dict[str, Any]:
    """Return what the arrivals had, and what went wrong with them or with the ``beside`` that ran before them."""
    found = _visitors(streams[beside:])
    wrong = found["wrong"] + Counter(s.error or "cut short" for s in streams[:beside] if not _is_whole(s))
    return {
        **found,
        "wrong": sum(wrong.values()),
        "error": ", ".join(f"{number} × {error}" for error, number in wrong.most_common(3)),
    }


def guest(number: int) -> bytes:
    """Return the request of a new guest."""
    born = date(1940, 1, 1) + timedelta(days=number)
    form = {"gender": "female", "birth_date": born.isoformat(), "birth_time": "12:00", "birth_place": "seoul"}
    body = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
    lines = {
        "Host": "127.0.0.1",
        "Accept": "text/event-stream",
        "Cookie": f"csrftoken={TOKEN}; __Secure-csrftoken={TOKEN}; __Host-csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {PATH} HTTP/1.1\r\n{head}\r\n{body}".encode()


def _visitors(came: Sequence[Stream]) -> dict[str, Any]:
    served = [stream for stream in came if _is_whole(stream)]
    refused = [stream for stream in came if stream.error == REFUSED]
    first = [stream.first - stream.asked for stream in served]
    told = [stream.over - stream.asked for stream in refused]
    return {
        "served": len(served),
        "refused": len(refused),
        "first_p50": _ms(first, 50),
        "first_p99": _ms(first, 99),
        "refused_p50": _ms(told, 50),
        "refused_p99": _ms(told, 99),
        "wrong": Counter(
            stream.error or "cut short"
            for stream in came
            if not _is_whole(stream) and stream.error != REFUSED
        ),
    }


def _is_whole(stream: Stream) -> bool:
    """Return whether the stream ended by itself (``bench.check`` has compared its text)."""
    return bool(stream.first and stream.over and not stream.error)


def _ms(seconds: Sequence[float], share: int) -> float:
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1000) if ordered else 0.0
