"""The fake provider as a child process, for tests."""

from __future__ import annotations

import http.client
import json
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

_ROOT = Path(__file__).resolve().parents[2]


class FakeProvider:
    """`with FakeProvider("count=20") as fake: fake.url`; ends with the test's process at the latest."""

    def __init__(self, script: str = "", *, tls: Path | None = None) -> None:
        """`tls`: speak TLS; `tls / "chain.pem"` is then the certificate to trust."""
        command = [sys.executable, "-m", "tests.fakes.provider", "--follow-stdin", "--script", script]
        command += ["--tls", str(tls)] if tls else []
        self._process = subprocess.Popen(
            command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        self._trust = ssl.create_default_context(cafile=tls / "chain.pem") if tls else None
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process; its sockets close."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def stats(self) -> dict[str, Any]:
        """Return its counts: attempts, connections, streams, peak_streams, completed, aborted, tokens, open.

        ``aborted_at`` is when an answer was last broken off from our side, by CLOCK_MONOTONIC.
        """
        answer: dict[str, Any] = self._ask("GET", "/_stats")
        return answer

    def requests(self) -> list[dict[str, Any]]:
        """The latest requests: path, key, body."""
        answer: list[dict[str, Any]] = self._ask("GET", "/_requests")
        return answer

    def reset(self) -> None:
        """Forget what was counted."""
        self._ask("POST", "/_reset")

    def hurry(self) -> None:
        """Send the rest of every answer that is being given."""
        self._ask("POST", "/_hurry")

    def wait_for(self, true: Callable[[dict[str, Any]], bool], seconds: float = 60.0) -> dict[str, Any]:
        """Ask until the stats satisfy `true`; the last stats either way, for the assertion to show."""
        end = time.monotonic() + seconds
        stats = self.stats()
        while not true(stats) and time.monotonic() < end:
            time.sleep(0.01)
            stats = self.stats()
        return stats

    def _ask(self, method: str, path: str) -> Any:
        connection: http.client.HTTPConnection
        if self._trust is not None:
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=self._trust)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()
