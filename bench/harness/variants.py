"""The servers that are compared: how each is started, and what its browsers request."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from bench.harness import meter
from bench.harness.decode import Form

ROOT = Path(__file__).resolve().parents[2]
PATH = "/fortune/api/streaming/"
START_DEADLINE = 30.0
Request = Callable[[int], bytes]
VISITORS = 8


class NotStarted(Exception):
    """A server did not answer in time; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A server under test. ``command`` and ``environ`` take its own port and the provider's."""

    name: str
    title: str
    form: Form
    command: Callable[[int, int, Path], list[str]]
    environ: Callable[[int, int], dict[str, str]] = lambda port, provider: {}
    ready: str = ""  # asked until it answers; empty: the port only
    request: Callable[[int], Request] = lambda port: _plain
    uses_services: bool = False
    root: Path = ROOT  # the checkout that is served


@dataclass(slots=True)
class Server:
    """A variant that runs."""

    variant: Variant
    port: int
    process: subprocess.Popen[bytes]
    pids: list[int] = field(default_factory=list)

    def stop(self) -> None:
        """End it with everything it started."""
        pids = meter.family(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(3)
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()


def start(variant: Variant, provider: int, home: Path, **environ: str) -> Server:
    """Start a variant on a free port and wait until it answers. Raises NotStarted."""
    port = free_port()
    log = home / f"{variant.name}.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            variant.command(port, provider, home),
            env={**os.environ, **variant.environ(port, provider), **environ},
            cwd=variant.root,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    server = Server(variant, port, process)
    until = time.monotonic() + START_DEADLINE
    while not _answers(port, variant.ready):
        if time.monotonic() > until or process.poll() is not None:
            server.stop()
            raise NotStarted(f"{variant.name}: {log.read_text()[-2000:]}")
        time.sleep(0.05)
    time.sleep(1)  # the other workers
    server.pids = meter.family(process.pid)
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as peer:
            if not path:
                return True
            peer.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            return b" 200 " in peer.recv(64)
    except OSError:
        return False


def _post(body: bytes, **headers: str) -> bytes:
    names = {
        "Host": "127.0.0.1",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "text/event-stream",
        "Content-Length": str(len(body)),
        **headers,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in names.items())
    return f"POST {PATH} HTTP/1.1\r\n{lines}\r\n".encode() + body


def birth_of(number: int) -> dict[str, str]:
    """Return a birth for this number alone: the same birth twice would be one reading."""
    return {
        "gender": ("male", "female")[number % 2],
        "calendar": "solar",
        "birth_date": (date(1940, 1, 1) + timedelta(days=number)).isoformat(),
        "birth_time": f"{number % 24:02}:{number % 60:02}",
        "birth_place": "seoul",
        "mode": "general",
    }


def _plain(number: int) -> bytes:
    return _post(urlencode(birth_of(number)).encode())


def _signed(port: int) -> Request:
    """Return returning visitors, each with a session and the form's cookie and token."""
    visitors: list[tuple[str, str]] = []
    until = time.monotonic() + START_DEADLINE
    while len(visitors) < VISITORS:
        try:
            visitors.append(_visitor(port, len(visitors)))
        except NotStarted:  # a worker that is still busy with starting refuses
            if time.monotonic() > until:
                raise
            time.sleep(1)

    def request(number: int) -> bytes:
        cookies, token = visitors[number % VISITORS]
        return _post(urlencode({**birth_of(number), "csrfmiddlewaretoken": token}).encode(), Cookie=cookies)

    return request


def _visitor(port: int, number: int) -> tuple[str, str]:
    """Fetch the form, begin a first reading and stop it. Returns the cookies and the form's token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/fortune/")
    answer = connection.getresponse()
    answer.read()
    cookies = dict(cookies_of(answer))
    token = token_of(cookies)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie_header(cookies)}
    birth = {**birth_of(-1 - number), "csrfmiddlewaretoken": token}
    connection.request("POST", PATH, urlencode(birth), headers)
    answer = connection.getresponse()
    cookies |= dict(cookies_of(answer))
    seen = b""
    while b"event: reading" not in seen or not seen.endswith(b"\n\n"):
        if not (data := answer.read1()):
            raise NotStarted(f"a first reading ended with {answer.status}: {seen[-500:]!r}")
        seen += data
    reading = json.loads(seen.partition(b"event: reading\ndata: ")[2].partition(b"\n")[0])
    connection.close()
    headers["Cookie"] = cookie_header(cookies)
    stop = urlencode({"csrfmiddlewaretoken": token})
    connection.request("POST", f"/fortune/readings/{reading['id']}/stop", stop, headers)
    connection.getresponse().read()
    connection.close()
    return headers["Cookie"], token


def cookies_of(answer: http.client.HTTPResponse) -> Iterator[tuple[str, str]]:
    for name, value in answer.getheaders():
        if name.lower() == "set-cookie":
            cookie, _, content = value.partition(";")[0].partition("=")
            yield cookie, content


def token_of(cookies: dict[str, str]) -> str:
    """Return the CSRF token, under whatever prefix its cookie's name has."""
    return next(value for name, value in cookies.items() if name.endswith("csrftoken"))


def cookie_header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


# How Fortune is set up for it. Limits per person are off, because all readings come from one.
FORTUNE_ENVIRON = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "for the benchmark only: no person is served with this key",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "false",
    "RATELIMIT_ENABLE": "false",
    "STREAMS_PER_VISITOR": "1000000",
    "AI_PROVIDERS": "deepseek",
    "DEEPSEEK_API_KEY": "bench",
    "AI_TOTAL_TIMEOUT": "900",
    "LOG_LEVEL": "warning",
    "ENV_FILE": os.devnull,
}


def _fortune(**more: str) -> Callable[[int, int], dict[str, str]]:
    def environ(port: int, provider: int) -> dict[str, str]:
        addresses = {
            "PORT": str(port),
            "DEEPSEEK_BASE_URL": f"http://127.0.0.1:{provider}",
        }
        return {**FORTUNE_ENVIRON, **addresses, **more}

    return environ


def _uvicorn(module: str) -> Callable[[int, int, Path], list[str]]:
    def command(port: int, provider: int, home: Path) -> list[str]:
        app = f"bench.comparators.{module}:application"
        options = "--workers 2 --loop uvloop --http httptools --log-level warning --backlog 4096"
        return [
            sys.executable,
            "-m",
            "uvicorn",
            app,
            "--port",
            str(port),
            *options.split(),
        ]

    return command


def _asks(port: int, provider: int) -> dict[str, str]:
    return {"DEEPSEEK_BASE_URL": f"http://127.0.0.1:{provider}"}


def _relay(*pause: str) -> Callable[[int, int, Path], list[str]]:
    module = "bench.comparators.relay"
    return lambda port, provider, home: [
        sys.executable,
        "-m",
        module,
        str(port),
        str(provider),
        *pause,
    ]


def _nginx(port: int, provider: int, home: Path) -> list[str]:
    text = (Path(__file__).parents[1] / "comparators" / "nginx.conf").read_text()
    for name, value in {"HOME": home, "PORT": port, "PROVIDER": provider}.items():
        text = text.replace(f"@{name}@", str(value))
    file = home / "nginx.conf"
    file.write_text(text)
    return ["nginx", "-c", str(file)]


def _gunicorn(port: int, provider: int, home: Path) -> list[str]:
    return [sys.executable, "-m", "gunicorn"]


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant(
            "fortune",
            "Fortune (gunicorn, 2 gevent workers)",
            "fortune",
            _gunicorn,
            _fortune(WORKER_CLASS="gevent", WEB_CONCURRENCY="2"),
            ready="/healthz",
            request=_signed,
            uses_services=True,
        ),
        Variant(
            "gthread",
            "Fortune rolled back (gthread, 3 × 32 threads)",
            "fortune",
            _gunicorn,
            _fortune(WORKER_CLASS="gthread", WEB_CONCURRENCY="3"),
            ready="/healthz",
            request=_signed,
            uses_services=True,
        ),
        Variant(
            "plan",
            "The plan (uvicorn ×2, async views, AsyncOpenAI)",
            "fortune",
            _uvicorn("plan"),
            _asks,
        ),
        Variant(
            "site",
            "The plan as a visitor meets it: form, page and stream",
            "fortune",
            _uvicorn("site"),
            _asks,
            uses_services=True,
        ),
        Variant(
            "tuned",
            "Tuned ASGI (uvicorn ×2, lean reader, gathering)",
            "fortune",
            _uvicorn("tuned"),
            _asks,
        ),
        Variant("relay", "Relay that parses nothing (gevent ×2)", "openai", _relay()),
        Variant("relay250", "Relay that parses nothing, reading every 250 ms", "openai", _relay("0.25")),
        Variant("nginx", "nginx as a proxy (×2)", "openai", _nginx),
    )
}


def earlier(root: Path) -> Variant:
    """Return Fortune as another checkout has it, run with this environment's packages."""
    return replace(VARIANTS["fortune"], name="before", title="Fortune before the change", root=root)
