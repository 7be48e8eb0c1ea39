"""The cost of a page: the server's CPU for one request, for a member with ten thousand stored readings.

One worker, one request at a time on one connection. The CPU is the process's own clock, read before and after
each request, to the nanosecond; the worker's housekeeping falls between requests, and the median leaves it out.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.figures.session import Session
from bench.harness import meter, variants
from bench.harness.variants import FORTUNE_ENVIRON, ROOT, VARIANTS

READINGS = 10_000
WARM = 3
BIRTH = {
    "gender": "female",
    "calendar": "solar",
    "birth_date": "1990-05-15",
    "birth_time": "14:30",
    "birth_place": "seoul",
    "name": "나",
}
# The real limits are looked up for every form; repeating one request never reaches them.
ENVIRON = {"WEB_CONCURRENCY": "1", "RATELIMIT_ENABLE": "true", "AI_PROVIDERS": "classic", "CLASSIC_PACE": "0"}


@dataclass(frozen=True, slots=True)
class Page:
    """A request. ``who`` is a key of the seeded sessions, or "" for a stranger; ``form`` makes it a POST.

    A ``{}`` in ``path`` is filled with the next of ``others`` at each request, so that no cache helps.
    """

    name: str
    path: str
    who: str = "member"
    form: Mapping[str, str] | None = None
    accept: str = "text/html"
    status: int = 200
    others: tuple[str, ...] = ()

    def address(self, number: int) -> str:
        return self.path.format(self.others[number % len(self.others)]) if self.others else self.path


def pages(seeded: Mapping[str, str]) -> list[Page]:
    """Return every page and API of the site."""
    reading = f"/fortune/readings/{seeded['reading']}"
    return [
        *_pages_of_the_site(seeded, reading),
        *_requests_of_programs(reading),
        *_pages_of_the_admin(seeded),
    ]


def _pages_of_the_site(seeded: Mapping[str, str], reading: str) -> list[Page]:
    others = tuple(seeded["others"].split())
    return [
        Page("the form, a stranger", "/fortune/", ""),
        Page("the form, a member", "/fortune/"),
        Page("궁합, the form", "/fortune/match/"),
        Page("sign-in", "/accounts/login/", ""),
        Page("glossary", "/fortune/glossary/", ""),
        Page("about", "/about/", ""),
        Page("a reading, another each time", "/fortune/readings/{}/", others=others),
        Page("a reading, again", f"{reading}/"),
        Page("a question and its answer", f"/fortune/readings/{seeded['question']}/"),
        Page("the conversation", f"{reading}/ask/"),
        Page("a reading, its luck", f"{reading}/luck/?luck=3"),
        Page("a reading, a month of days", f"{reading}/days/"),
        Page("a reading, the schools", f"{reading}/schools/"),
        Page("a reading, sharing it", f"{reading}/share/"),
        Page("a shared reading", f"/s/{seeded['link']}/", ""),
        Page("history", "/fortune/history/"),
        Page("history, page 400", "/fortune/history/?page=400"),
        Page("history, one kind", "/fortune/history/?kind=daily"),
        Page("history, a word searched", "/fortune/history/?q=%EC%82%AC%EB%9E%8C3"),
        Page("statistics", "/fortune/history/statistics/"),
        Page("saved people", "/fortune/people/"),
        Page("favourite dates", "/fortune/favorites/"),
        Page("profile", "/accounts/profile/"),
        Page("account", "/fortune/account/"),
        Page("e-mail addresses", "/accounts/email/"),
    ]


def _requests_of_programs(reading: str) -> list[Page]:
    """Return the APIs, and the form as it is sent."""
    json_ = "application/json"
    return [
        Page("API: chart", "/fortune/api/chart/", "", BIRTH, json_),
        Page("API: the birth check", "/fortune/check/", "", BIRTH, json_),
        Page("API: a reading, stored", f"{reading}.json", accept=json_),
        Page("API: its events, finished", f"{reading}/events", accept="text/event-stream"),
        Page("API: streaming, asked again", "/fortune/api/streaming/", "member", BIRTH, "text/event-stream"),
        Page("API: topic, asked again", "/fortune/api/topic/", "member", {**BIRTH, "topic": "love"}, json_),
        Page("API: daily, asked again", "/fortune/api/daily/", "member", BIRTH, json_),
        Page("the form sent again", "/fortune/", "member", BIRTH, status=303),
    ]


def _pages_of_the_admin(seeded: Mapping[str, str]) -> list[Page]:
    listed = ["core_profile", "core_charge", "core_daycount", "core_dailyvisits", "fortune_reading"]
    listed += ["fortune_savedperson", "fortune_favoritedate", "streams_run", "auth_user"]
    return [
        Page("admin", "/admin/", "staff"),
        Page("admin: operations", "/admin/streams/run/operations/", "staff"),
        Page("admin: a reading", f"/admin/fortune/reading/{seeded['reading']}/change/", "staff"),
        *(
            Page(f"admin: {name.replace('_', ' ')}", f"/admin/{name.replace('_', '/')}/", "staff")
            for name in listed
        ),
    ]


class Visitor:
    """One kept connection, with a session and the form's token."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = {"sessionid": session} if session else {}
        self._keep(self.send(Page("", "/fortune/")))

    def send(self, page: Page, number: int = 0) -> http.client.HTTPResponse:
        """Send a request and read the answer to its end."""
        headers = {
            "Accept": page.accept,
            "User-Agent": "Mozilla/5.0 (X11) Firefox/140",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if page.form is not None:
            token = variants.token_of(self.cookies)
            body = urlencode({**page.form, "csrfmiddlewaretoken": token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if body else "GET", page.address(number), body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content


def seed(services: meter.Services, count: int) -> dict[str, str]:
    """Store the readings. Returns sessions and addresses by name."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", f"from bench.figures import many; many.seed({count})"],
        cwd=ROOT,
        env={**os.environ, **FORTUNE_ENVIRON, **services.environ()},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def figure(session: Session, round_: int) -> None:
    """Measure the CPU of one request for each page and API, for a member with ten thousand readings."""
    readings, requests = (500, 8) if session.quick else (READINGS, 25)
    for row in measure(session.services, session.home, readings=readings, requests=requests):
        session.records.append(
            {"figure": "pages", "variant": "fortune", "round": round_, "readings": readings, **row}
        )
        session.say(
            f"  pages     {row['page']:30} #{round_} {row['cpu_ms']:8.2f} ms of CPU (p90 {row['cpu_ms_p90']:.2f})"
            f"  PostgreSQL {row['postgresql_ms']:.2f} ms  {row['wall_ms']:.1f} ms in all  {row['error']}"
        )


def measure(services: meter.Services, home: Path, *, readings: int, requests: int) -> list[dict[str, Any]]:
    """Seed, serve, and request every page. Returns a row for each."""
    seeded = seed(services, readings)
    server = variants.start(VARIANTS["fortune"], 1, home, **services.environ(), **ENVIRON)
    try:
        visitors = {who: Visitor(server.port, seeded.get(who, "")) for who in ("", "member", "staff")}
        return [_row(services, server.pids, visitors[page.who], page, requests) for page in pages(seeded)]
    finally:
        server.stop()
        services.forget_people()


def _row(
    services: meter.Services, pids: list[int], visitor: Visitor, page: Page, requests: int
) -> dict[str, Any]:
    visitor.connection.close()  # the server has closed it if other requests took long; it is opened again
    for number in range(WARM):
        visitor.send(page, number)
    cpu, wall = [], []
    database = services.cpu()["postgresql"]
    for number in range(WARM, WARM + requests):
        before, began = meter.cpu_clock(pids), time.perf_counter()
        answer = visitor.send(page, number)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((meter.cpu_clock(pids) - before) * 1000)
    services.count_connections()
    cpu.sort()
    return {
        "page": page.name,
        "cpu_ms": round(median(cpu), 2),
        "cpu_ms_p90": round(cpu[len(cpu) * 9 // 10], 2),
        "wall_ms": round(median(wall), 2),
        # PostgreSQL's CPU clock has 100 ticks a second, so this is a mean, where the server's figure is a median.
        "postgresql_ms": round((services.cpu()["postgresql"] - database) * 1000 / requests, 2),
        "bytes": int(answer.headers.get("Content-Length") or 0),
        "requests": requests,
        "connections": services.most_connections,
        "errors": int(answer.status != page.status),
        "error": "" if answer.status == page.status else f"HTTP {answer.status}",
    }
