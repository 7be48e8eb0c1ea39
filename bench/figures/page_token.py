"""A token on the page's path: what a browser that shows a reading costs, beside one that reads the API's stream.

A page's own steps: the form is posted, the answer leads to the reading, and its events are asked for with blocks. The
text has titles, paragraphs, bold words and evidence, as readings have. CPU is per token that a browser receives; with
several browsers on each reading, what is made of its text is shared.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from bench.figures.session import Session
from bench.harness import decode, provider, variants
from bench.harness.measure import Bench, Plan, Plateau, Step, running
from bench.harness.variants import Request

TEXT = "reading"
FORM = "/fortune/"
# How many browsers show each reading; 0 reads the API's stream.
PATHS = (("api", 0), ("page", 1), ("page, four browsers", 4))


def figure(session: Session, round_: int) -> None:
    """Measure the API's path, the page's path, and the page's path with four browsers for each reading."""
    streams, hold = (80, 3.0) if session.quick else (400, 6.0)
    paths = [(name, path, browsers) for name in session.names() for path, browsers in PATHS]
    for name, path, browsers in paths:
        variant, services = session.find(name)
        if browsers:
            variant = replace(variant, request=lambda port, browsers=browsers: _pages(port, browsers))
        plan = Plan((Step(streams, 40 * max(1, browsers), hold),), text=TEXT)
        with running(variant, services, plan, session.home) as bench:
            (plateau,) = bench.climb()
            bench.load.close()
        figures = _figures(bench, plateau, max(1, browsers))
        session.record("page_token", name, round_, plateau, path=path, **figures)
        session.say(
            f"            {figures['us_per_token']:.1f} µs of the server's CPU per token of a text,"
            f" {figures['bytes_per_byte']:.2f} bytes for each of its bytes"
        )


def _pages(port: int, browsers: int) -> Request:
    """Return the requests of browsers that show readings, so many of them the same one."""
    visitor = _Visitor(port)
    opened: list[bytes] = []

    def request(number: int) -> bytes:
        if number % browsers == 0:
            opened.append(visitor.begin(number))
        return opened[-1]

    return request


class _Visitor:
    """A person with one cookie, who sends the form again and again."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._connection.request("GET", FORM)
        answer = self._connection.getresponse()
        answer.read()
        self._cookies = dict(variants.cookies_of(answer))
        self._token = next(value for name, value in self._cookies.items() if name.endswith("csrftoken"))

    def begin(self, number: int) -> bytes:
        """Send the form; return the page's request for the reading's events."""
        form = {**variants.birth_of(number), "csrfmiddlewaretoken": self._token}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self._header()}
        self._connection.request("POST", FORM, urlencode(form), headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise decode.Wrong(f"the form was answered with {answer.status}")
        self._cookies |= dict(variants.cookies_of(answer))
        page = (answer.headers["Location"] or "").partition("#")[0]
        names = {"Host": "127.0.0.1", "Accept": "text/event-stream", "Cookie": self._header()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in names.items())
        return f"GET {page}events?blocks=1 HTTP/1.1\r\n{lines}\r\n".encode()

    def _header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())


def _figures(bench: Bench, plateau: Plateau, browsers: int) -> dict[str, Any]:
    """Fill in what follows from the texts, each of which is compared with the provider's."""
    rest = provider.rest_of_text(bench.paced.count, TEXT)
    begun, ended = plateau.window
    sent = text = received = 0
    for stream in bench.load.streams:
        pieces = list(_checked(decode.texts(stream, "fortune"), rest))
        received += sum(len(piece) for at, piece in pieces if begun <= at < ended)
        text += sum(len(piece.encode()) for _, piece in pieces)
        sent += sum(map(len, stream.parts)) - stream.parts[0].find(b"\r\n\r\n") - 4
    plateau.tokens = received / (len(rest) / (bench.paced.count - 1))
    plateau.cpu = {name: cpu / plateau.tokens * 1e6 for name, cpu in plateau.cpu.items()}
    return {
        "browsers": browsers,
        "us_per_token": plateau.cpu["server"] * browsers,
        "us_per_token_and_browser": plateau.cpu["server"],
        "bytes_per_byte": sent / text,
    }


def _checked(pieces: Iterator[tuple[float, str]], rest: str) -> Iterator[tuple[float, str]]:
    whole = ""
    for at, piece in pieces:
        whole += piece
        yield at, piece
    if not rest.startswith(whole.removeprefix("~").partition("~ ")[2]):
        raise decode.Wrong(whole[:80])
