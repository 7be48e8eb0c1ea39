"""Sentry's envelope endpoint on a local port: keeps what it is sent."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self

import brotli

UNPACK: Final[dict[str, Callable[[bytes], bytes]]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}


class FakeSentry:
    """``with FakeSentry() as sentry: serve(SENTRY_DSN=sentry.dsn)``."""

    def __init__(self) -> None:
        self.envelopes: list[str] = []  # whole, as text
        self._news = threading.Condition()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                text = UNPACK[self.headers.get("Content-Encoding", "")](body).decode()
                with fake._news:
                    fake.envelopes.append(text)
                    fake._news.notify_all()
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.dsn = f"http://public@127.0.0.1:{self._server.server_port}/1"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def events(self) -> list[dict[str, Any]]:
        """The reported events, in the order in which they came."""
        with self._news:
            return [event for envelope in self.envelopes for event in _events(envelope)]

    def wait_for(self, words: str, seconds: float = 30) -> dict[str, Any]:
        """Return the first event that holds ``words``, once it has come."""

        def found() -> dict[str, Any] | None:
            held = (event for envelope in self.envelopes for event in _events(envelope))
            return next((e for e in held if words in json.dumps(e, ensure_ascii=False)), None)

        with self._news:
            assert self._news.wait_for(found, seconds), self.envelopes
            event = found()
        assert event is not None
        return event


def _events(envelope: str) -> list[dict[str, Any]]:
    """The payloads of an envelope's items of the type ``event`` (each item: a head line, a payload line)."""
    lines = envelope.rstrip("\n").split("\n")[1:]
    items = zip(lines[::2], lines[1::2], strict=True)
    return [json.loads(payload) for head, payload in items if json.loads(head)["type"] == "event"]
