"""The cost of a visit: the server's CPU for each step that a browser makes, from the form to the finished page.

All visitors make a step, one after another, before any makes the next one, so that a step's cost is the difference of
two readings of the processes' own clocks. The provider waits with its first token until every page is open. An
idle worker's own use is measured first and subtracted.
"""

from __future__ import annotations

import http.client
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.figures.session import Session
from bench.harness import meter, variants
from bench.harness.load import Load
from bench.harness.measure import Paced
from bench.harness.variants import Server, Variant

TOKENS = 600
RATE = 60.0  # tokens a second: a whole text takes ten seconds
TEXT = "reading"  # as on a page of ``page_token``: titles, paragraphs, bold words and evidence
WARM = 3  # visitors before the measured ones
# An idle worker's use is the median of so many times this many seconds: now and then it collects its garbage while
# nobody is served, which takes as long as six visits.
IDLE, IDLE_TIMES = 2.0, 5
# As visitors are served: limits, counts and log lines included. Each visitor has an address of their own.
ENVIRON = {
    "WEB_CONCURRENCY": "1",
    "RATELIMIT_ENABLE": "true",
    "TRUSTED_PROXY_COUNT": "1",
    "LOG_LEVEL": "info",
}
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
TOKEN = re.compile(r'name="token" value="([^"]*)"')


class Failed(Exception):
    """A step was not answered as a visitor needs it."""


@dataclass(slots=True)
class Visitor:
    """A guest without cookies, with a birth and an address of their own."""

    number: int
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""
    token: str = ""
    etag: str = ""
    received: int = 0  # bytes of the last answer's body

    def form(self) -> None:
        answer, body = self._ask("GET", "/fortune/")
        self._expect(answer, 200)
        token = TOKEN.search(body.decode())  # the competing plan has none
        self.token = token[1] if token else ""

    def begin(self) -> None:
        birth = {**variants.birth_of(self.number), "name": f"방문{self.number}", "token": self.token}
        del birth["mode"]
        filled = {
            **birth,
            "topic": "",
            "mode": "general",
            "clock": "mean",
            "day_change": "23:00",
            "fold": "0",
        }
        answer, _ = self._ask(
            "POST", "/fortune/", {**filled, "csrfmiddlewaretoken": variants.token_of(self.cookies)}
        )
        self._expect(answer, 303)
        self.page = answer.headers["Location"]

    def read(self) -> None:
        """Open the reading's page, as from a link."""
        answer, _ = self._ask("GET", self.page)
        self._expect(answer, 200)
        self.etag = answer.headers.get("ETag", "")

    def reload(self) -> None:
        """Open the page again, with what the last answer allows to keep."""
        answer, _ = self._ask("GET", self.page, **({"If-None-Match": self.etag} if self.etag else {}))
        self._expect(answer, 304 if self.etag else 200)

    def events(self) -> bytes:
        """Return the request for the events of the page."""
        lines = {"Host": "127.0.0.1", **self._headers(), "Accept": "text/event-stream"}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"GET {self.page}events?blocks=1 HTTP/1.1\r\n{head}\r\n".encode()

    def _ask(
        self, method: str, path: str, form: dict[str, str] | None = None, **more: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {**self._headers(), **more}
        body = urlencode(form) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        self.cookies |= dict(variants.cookies_of(answer))
        self.received = len(text)
        return answer, text

    def _headers(self) -> dict[str, str]:
        return {
            "Accept": "text/html,application/xhtml+xml",
            "Accept-Language": "ko-KR,ko;q=0.9",
            "User-Agent": AGENT,
            "X-Forwarded-For": f"10.{self.number >> 16}.{self.number >> 8 & 255}.{self.number & 255}",
            "Cookie": variants.cookie_header(self.cookies),
        }

    def _expect(self, answer: http.client.HTTPResponse, status: int) -> None:
        if answer.status != status:
            raise Failed(f"visitor {self.number}: HTTP {answer.status} instead of {status}")


class Meter:
    """Takes what a step costs each visitor, beyond what the idle worker uses in the same time."""

    def __init__(self, server: Server, services: meter.Services) -> None:
        self._pids, self._services = server.pids, services
        uses = [self._use_while_idle() for _ in range(IDLE_TIMES)]
        self._idle = {part: statistics.median(use[part] for use in uses) for part in uses[0]}

    def cost(self, visitors: int, step: Callable[[], None]) -> dict[str, float]:
        """Return milliseconds of CPU for each visitor, by part."""
        began, before = time.monotonic(), self._clocks()
        step()
        after, seconds = self._clocks(), time.monotonic() - began
        return {
            f"{part}_ms": round((after[part] - before[part] - idle * seconds) * 1000 / visitors, 2)
            for part, idle in self._idle.items()
        }

    def _use_while_idle(self) -> dict[str, float]:
        """Return the seconds of CPU that each part uses in a second."""
        now, before = time.monotonic(), self._clocks()
        time.sleep(IDLE)
        seconds = time.monotonic() - now
        return {part: (after - before[part]) / seconds for part, after in self._clocks().items()}

    def _clocks(self) -> dict[str, float]:
        return {"cpu": meter.cpu_clock(self._pids), **self._services.cpu()}


def figure(session: Session, round_: int) -> None:
    """Measure the CPU of every step of a visit, on the way that a browser takes."""
    visitors, tokens = (4, 100) if session.quick else (20, TOKENS)
    for name in session.names("site"):
        for row in measure(*session.find(name), session.home, visitors=visitors, tokens=tokens):
            session.records.append(
                {"figure": "visit", "variant": name, "round": round_, "errors": 0, "connections": 0, **row}
            )
            session.say(
                f"  visit     {name:9} #{round_} {row['step']:12} {row['cpu_ms']:7.2f} ms of CPU"
                f"  PostgreSQL {row['postgresql_ms']:.2f}  Valkey {row['valkey_ms']:.2f}  {row['bytes']} bytes"
            )


def rows(session: Session, round_: int) -> None:
    """Measure a visit, of a short text, beside few and many readings of other people."""
    visitors, counts = (4, (10, 10_000)) if session.quick else (8, (10, 10_000, 1_000_000))
    for count in counts:
        served = session.find("fortune")
        found = measure(*served, session.home, visitors=visitors, tokens=60, stored=count)
        for row in found:
            session.records.append(
                {"figure": "rows", "variant": "fortune", "round": round_, "errors": 0, "connections": 0}
                | {"stored": count, **row}
            )
        whole = found[-1]
        session.say(
            f"  rows      {count:9} readings #{round_} {whole['cpu_ms']:7.2f} ms of CPU"
            f"  PostgreSQL {whole['postgresql_ms']:.2f}"
        )


def measure(
    variant: Variant,
    services: meter.Services,
    home: Path,
    *,
    visitors: int,
    tokens: int = TOKENS,
    stored: int = 0,
) -> list[dict[str, Any]]:
    """Return a row for each step, and one for all of them; ``stored`` readings of others are in the database."""
    if stored:
        services.add_others(stored)
    # The provider's first token comes when all have opened their pages, however slow the machine is.
    with served(variant, services, home, tokens=tokens, delay=2.0 + visitors * 0.2) as server:
        walk([Visitor(number, server.port) for number in range(WARM)], tokens, lambda step, do: do())
        meter_, rows = Meter(server, services), []
        crowd = [Visitor(WARM + number, server.port) for number in range(visitors)]

        def record(step: str, do: Callable[[], int]) -> None:
            sizes: list[int] = []
            cost = meter_.cost(visitors, lambda: sizes.append(do()))
            rows.append({"step": step, **cost, "bytes": sizes[0] // visitors})

        walk(crowd, tokens, record)
    # The reload is no part of a visit: it shows what an unchanged page costs.
    parts = [row for row in rows if row["step"] != "reload"]
    whole = {name: round(sum(row[name] for row in parts), 2) for name in parts[0] if name != "step"}
    return [*rows, {"step": "visit", **whole}]


def walk(crowd: list[Visitor], tokens: int, record: Callable[[str, Callable[[], int]], object]) -> None:
    """Lead the visitors through the steps; ``record`` is given each step's name and what does it."""

    def all_of(step: Callable[[Visitor], None]) -> Callable[[], int]:
        def do() -> int:
            for visitor in crowd:
                step(visitor)
            return sum(visitor.received for visitor in crowd)

        return do

    def watch() -> int:
        load = Load(crowd[0].port, lambda number: crowd[number].events())
        load.grow(len(crowd), rate=100)
        load.finish(60 + tokens / RATE)
        if load.live or load.errors():
            raise Failed(f"{load.live} streams did not end, {load.errors()[:1]}")
        load.close()
        return sum(len(part) for stream in load.streams for part in stream.parts)

    record("form", all_of(Visitor.form))
    record("begin", all_of(Visitor.begin))
    record("page", all_of(Visitor.read))
    record("events", watch)
    record("page again", all_of(Visitor.read))
    record("reload", all_of(Visitor.reload))


@contextmanager
def served(
    variant: Variant,
    services: meter.Services,
    home: Path,
    *,
    tokens: int,
    delay: float,
    text: str = TEXT,
) -> Iterator[Server]:
    paced = Paced(interval=1 / RATE, count=tokens, delay=delay, text=text)
    try:
        server = variants.start(variant, paced.port, home, **services.environ(), **ENVIRON)
        try:
            yield server
        finally:
            server.stop()
            services.forget_people()
    finally:
        paced.stop()
