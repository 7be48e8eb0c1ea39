"""Start the site in the ways that people start it, each from a fresh copy, and use it.

    python3 tools/starting/front_doors.py [--all | WAY …]

Without arguments it takes the first way alone, the system's own Python, as ``.ci/run`` does. Of each way one line
is printed: that it works, what went wrong, or why this machine can't try it. Nothing but the standard library is
imported, so that any Python can run it.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.processes import NOBODY
from tools.servers import ROOT, free_port

SYSTEM = "/usr/bin/python3"
SYSTEM_PATH = "/usr/bin:/bin:/usr/sbin:/sbin"
DEADLINE = 300.0  # seconds for installing and starting on a slow line, and for writing a reading
PASSED_ON = ("LANG", "TERM", "SSL_CERT_FILE", "SSL_CERT_DIR", "PIP_CERT", "PIP_INDEX_URL", "UV_DEFAULT_INDEX")
UNWANTED = shutil.ignore_patterns(".git", ".venv*", "var", "__pycache__", ".*_cache", "node_modules", ".env")


class Impossible(Exception):
    """The way can't be tried on this machine; the message says why."""


class Failed(Exception):
    """The site didn't behave as required."""


def system() -> str:
    if not _is_python(SYSTEM):
        raise Impossible(f"{SYSTEM} is missing, or older than 3.11")
    return SYSTEM


def python(version: str) -> Callable[[], str]:
    def find() -> str:
        installed = (Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python")
        for place in (f"python{version}", *map(str, installed)):
            if found := _is_python(place, version):
                return found
        raise Impossible(f"there is no Python {version} here")

    return find


def _is_python(name: str, version: str = "") -> str:
    """Return the path of this interpreter if it runs and is new enough, else nothing."""
    ask = "import sys; print(sys.executable if sys.version_info >= (3, 11) else '', '%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([name, "-c", ask], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    path, _, found = done.stdout.strip().rpartition(" ")
    return path if version in ("", found) else ""


@dataclass(frozen=True)
class Way:
    title: str
    python: Callable[[], str] = system
    command: tuple[str, ...] = ("make", "run")
    folder: str = "fortune"
    is_nobody: bool = False  # run by a user without rights, where this is root
    is_foreign: bool = False  # in a checkout that the user may only read
    environ: dict[str, str] = field(default_factory=dict)
    env_file: str = ""
    serves: bool = True
    then: tuple[tuple[str, ...], ...] = ()  # Python's arguments, once while it serves and once afterwards
    refusal: str = ""  # words of the sentence that must be printed instead


COMMANDS = (
    ("manage.py", "saju", "1990-05-15", "12:30", "--gender", "female"),
    ("manage.py", "doctor"),
    ("manage.py", "sweep"),
)
GUNICORN = "python manage.py migrate -v0 && python manage.py collectstatic -v0 --no-input && exec python -m config.serve"
PRODUCTION = """\
DJANGO_SETTINGS_MODULE=config.settings.production
SECRET_KEY=for trying a checkout only: nobody is served with this key
ALLOWED_HOSTS=127.0.0.1
SECURE_SSL_REDIRECT=false
"""
WAYS = {
    "system": Way("make run with the system's own Python, and manage.py", then=COMMANDS),
    "3.12": Way("make run with Python 3.12", python("3.12")),
    "3.13": Way("make run with Python 3.13", python("3.13")),
    "3.14": Way("make run with Python 3.14", python("3.14")),
    "letters": Way("make run from a path with spaces and Korean letters", folder="내 사주 (새 것)", then=COMMANDS),
    "user": Way("make run by a user without rights", is_nobody=True),
    "ipv6": Way("make run with HOST=::", environ={"HOST": "::"}),
    "pip": Way("make run where uv can't install", environ={"UV_OFFLINE": "true", "UV_NO_CACHE": "true"}),
    "gunicorn": Way(
        "as deployed, with production's settings in .env",
        command=(SYSTEM, "tools/environment.py", "run", "tools/services.py", "--", "sh", "-c", GUNICORN),
        env_file=PRODUCTION,
    ),
    "test": Way(
        "make test, with one file", command=("make", "test", "ARGS=-q -n 0 tests/unit/test_env.py"), serves=False
    ),
    "foreign": Way(
        "make run in a checkout that this user may only read",
        is_nobody=True, is_foreign=True, serves=False, refusal="can't be written to",
    ),
}  # fmt: skip


class Site:
    """A copy of the checkout, and the process that serves it."""

    def __init__(self, way: Way, home: Path) -> None:
        self.way, self.python = way, way.python()
        self.user = NOBODY if way.is_nobody and os.geteuid() == 0 else None
        if way.is_nobody and self.user is None and way.is_foreign:
            raise Impossible("only root can make a checkout that is not this user's")
        self.folder, self.log, self.port = home / way.folder, home / "log", free_port()
        shutil.copytree(ROOT, self.folder, ignore=UNWANTED)
        if way.env_file:
            (self.folder / ".env").write_text(way.env_file)
        home.chmod(0o755)
        if self.user and not way.is_foreign:
            for path in (home, *home.rglob("*")):
                os.chown(path, self.user, self.user)
        own = {"PATH": SYSTEM_PATH, "HOME": str(home), "PORT": str(self.port), "CLASSIC_PACE": "0"}
        if self.python != SYSTEM:
            own["PYTHON"] = self.python
        passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self.environ = passed | own | way.environ

    def run(self, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=self.user,
                group=self.user,
                extra_groups=None if self.user is None else [],
            )

    def request(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        peer = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(peer):
            peer.request(method, path, body, headers or {})
            answer = peer.getresponse()
            return answer.status, answer.headers, answer.read().decode()


def tell(name: str) -> bool:
    """Try one way, print the result, and return whether it failed."""
    way, began = WAYS[name], time.monotonic()
    home = Path(tempfile.mkdtemp(prefix="fortune-doors-"))
    failed, verdict = False, "works"
    try:
        attempt(Site(way, home))
    except Impossible as reason:
        verdict = f"can't be tried: {reason}"
    except Failed as reason:
        failed, verdict = True, f"FAILS: {reason}"
    print(f"{name:8}  {way.title}: {verdict} ({time.monotonic() - began:.0f} s)", flush=True)
    if failed and (home / "log").exists():
        print((home / "log").read_text(errors="replace")[-3000:], flush=True)
    shutil.rmtree(home, ignore_errors=True)
    return failed


def attempt(site: Site) -> None:
    process = site.run(site.way.command)
    try:
        if not site.way.serves:
            status = process.wait(DEADLINE)
            _judge_end(site, status)
            return
        _wait_until_up(site, process)
        visit(site)
        _run_commands(site)
    except (OSError, http.client.HTTPException, subprocess.TimeoutExpired) as error:
        raise Failed(f"{type(error).__name__}: {error}") from None
    finally:
        _end(process)
    _run_commands(site)


def _judge_end(site: Site, status: int) -> None:
    said = [line for line in site.log.read_text().splitlines() if not line.startswith("make: ")]
    if not site.way.refusal:
        if status:
            raise Failed(f"it ended with status {status}")
    elif not status or len(said) != 1 or site.way.refusal not in said[0]:
        raise Failed(f"one sentence with {site.way.refusal!r} was expected")


def _wait_until_up(site: Site, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + DEADLINE
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if site.request("GET", "/healthz")[0] == 200:
                return
        time.sleep(0.1)
    raise Failed("it never served")


def visit(site: Site) -> None:
    """Visit the site: the form with its styles, one reading to its end, a missing page."""
    status, headers, form = site.request("GET", "/fortune/")
    style = re.search(r'href="(/static/[^"]+\.css)"', form)
    if status != 200 or not style or site.request("GET", style[1])[0] != 200:
        raise Failed("the form, or its style sheet, is not served")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields |= {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_time": "12:30"}
    cookies = "; ".join(line.partition(";")[0] for line in headers.get_all("Set-Cookie", []))
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    status, headers, _ = site.request("POST", "/fortune/", urlencode(fields), sent)
    if status != 303:
        raise Failed(f"the form was answered with {status}")
    cookies = "; ".join([cookies, *(line.partition(";")[0] for line in headers.get_all("Set-Cookie", []))])
    address = f"{urlsplit(headers['Location']).path.rstrip('/')}.json"
    until = time.monotonic() + DEADLINE
    while (found := json.loads(site.request("GET", address, None, {"Cookie": cookies})[2]))[
        "status"
    ] != "done":
        if found["status"] not in ("queued", "writing") or time.monotonic() > until:
            raise Failed(f"the reading is {found['status']}")
        time.sleep(0.1)
    status, _, page = site.request("GET", "/nowhere/")
    if status != 404 or "DEBUG" in page:
        raise Failed("a page that is not there is not answered with our own page")


def _run_commands(site: Site) -> None:
    for arguments in site.way.then:
        if status := site.run((site.python, *arguments)).wait(DEADLINE):
            raise Failed(f"{' '.join(arguments)} ended with status {status}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C, as far as a session without a terminal can."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description="Start the site in the ways that people start it.")
    parser.add_argument("ways", nargs="*", metavar="WAY", help=f"of {', '.join(WAYS)}")
    parser.add_argument("--all", action="store_true", help="every way")
    options = parser.parse_args()
    if unknown := set(options.ways) - set(WAYS):
        parser.error(f"no such way: {', '.join(sorted(unknown))}")
    names = list(WAYS) if options.all else options.ways or [next(iter(WAYS))]
    return max([tell(name) for name in names])


if __name__ == "__main__":
    sys.exit(main())
