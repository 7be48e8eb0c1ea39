"""Follow every deployment file to the letter: install, build, migrate, start, probe, stop, as its platform would.

    python tools/services.py --ephemeral -- python -m tools.starting.deployments [WAY …]

Without a name, all ways are taken. A way that needs a container engine or systemd itself is run as far as it goes
without one, and the rest is said. ``DATABASE_URL`` and ``REDIS_URL`` are the services'; the other variables are
those that README says production needs, and no more.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.processes import guard
from tools.servers import ROOT, free_port
from tools.starting.dockerfile import Image, build

Says = Callable[[str], None]

# A platform's probe has its own name, and comes without TLS.
PROBE_HOST: Final = "healthcheck.railway.app"
START_DEADLINE: Final = 120.0
SAMPLES: Final = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "fortune.example",
    "TRUSTED_PROXY_COUNT": "1",
}


class DeploymentError(Exception):
    """A way does not lead to a site that serves; the message says where it ended."""


@dataclass(slots=True)
class Place:
    """A copy of the tracked files, with the interpreter that a platform would have put on PATH."""

    folder: Path
    python: Path
    services: Mapping[str, str]
    says: Says = print
    port: int = field(default_factory=free_port)

    def environ(self) -> dict[str, str]:
        """Return what a platform sets: the documented variables, and the port that it chose."""
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        path = f"{self.python.parent}{os.pathsep}{os.defpath}"
        return kept | documented(self.services) | {"PATH": path, "PORT": str(self.port)}

    def run(self, command: str) -> None:
        done = subprocess.run(
            shlex.split(command),
            cwd=self.folder,
            env=self.environ(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DeploymentError(f"{command}\n{done.stdout}{done.stderr}")


def documented(services: Mapping[str, str]) -> dict[str, str]:
    """Return a value for each variable that README says production needs."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    needs = re.search(r"Production needs (.+?)\.\s", readme, re.DOTALL)
    assert needs is not None
    return {name: (SAMPLES | dict(services))[name] for name in re.findall(r"`([A-Z_]+)`", needs[1])}


def railway(place: Place) -> None:
    """railway.json, with the installation that Railpack does for a requirements.txt."""
    told = json.loads((place.folder / "railway.json").read_text())
    place.run(told["build"]["buildCommand"])
    for command in told["deploy"]["preDeployCommand"]:
        place.run(command)
    deploy = told["deploy"]
    with serving(shlex.split(deploy["startCommand"]), place.folder, place.environ()) as process:
        wait_until_healthy(process, place.port, deploy["healthcheckPath"])
        end(process, signal.SIGTERM, deploy["drainingSeconds"])


def nixpacks(place: Place) -> None:
    """nixpacks.toml, and railway.json's migration, which Railway runs with either builder."""
    told = tomllib.loads((place.folder / "nixpacks.toml").read_text())
    for command in told["phases"]["build"]["cmds"]:
        place.run(command)
    for command in json.loads((place.folder / "railway.json").read_text())["deploy"]["preDeployCommand"]:
        place.run(command)
    with serving(shlex.split(told["start"]["cmd"]), place.folder, place.environ()) as process:
        wait_until_healthy(process, place.port, "/readyz")


def procfile(place: Place) -> None:
    """The Procfile's web process, after the two commands that docs/deploying.md names."""
    command = (place.folder / "Procfile").read_text().partition("web:")[2].strip()
    prepare(place)
    with serving(shlex.split(command), place.folder, place.environ()) as process:
        wait_until_healthy(process, place.port, "/readyz")


def systemd(place: Place) -> None:
    """deploy/fortune.service: its environment and command, told READY=1 as systemd is, stopped by its signal."""
    unit = dict(
        line.split("=", 1)
        for line in (place.folder / "deploy/fortune.service").read_text().splitlines()
        if "=" in line and not line.startswith("#")
    )
    prepare(place)
    command = shlex.split(unit["ExecStart"].replace("/srv/fortune/.venv/bin", str(place.python.parent)))
    environ = place.environ() | dict(item.split("=", 1) for item in unit["Environment"].split())
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notified:
        notified.bind(str(place.folder / "notify"))
        notified.settimeout(float(unit["TimeoutStartSec"]))
        with serving(
            command, place.folder, environ | {"NOTIFY_SOCKET": str(place.folder / "notify")}
        ) as process:
            try:
                while "READY=1" not in notified.recv(4096).decode().splitlines():
                    pass
            except TimeoutError:
                raise DeploymentError("gunicorn never said that it is ready") from None
            wait_until_healthy(process, place.port, "/readyz")
            end(process, signal.Signals[unit["KillSignal"]], float(unit["TimeoutStopSec"]))
    place.says(
        "systemd: its sandboxing needs systemd as the first process; systemd-analyze verifies the unit"
    )


def prepare(place: Place) -> None:
    """The two commands that come before a release where no file of ours runs them."""
    for step in ("migrate", "collectstatic"):
        place.run(f"env DJANGO_SETTINGS_MODULE=config.settings.production python manage.py {step} --no-input")


def docker(place: Place) -> None:
    """deploy/Dockerfile, every step of it, in folders that stand for the image's; as its user, where one can."""
    with tempfile.TemporaryDirectory(prefix="fortune-image-") as folder:
        Path(folder).chmod(0o755)
        image = build(place.folder, Path(folder), base=place.python, says=place.says)
        environ = place.environ() | image.environ | {"PORT": str(place.port)}
        migrate = subprocess.run(
            ["python", "manage.py", "migrate", "--no-input"],
            cwd=image.folder,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if migrate.returncode:
            raise DeploymentError(migrate.stderr)
        with serving(image.command, image.folder, environ, user=_user(image, place)) as process:
            wait_until_healthy(process, place.port, "/readyz")
            subprocess.run(image.healthcheck, env=environ, check=True)
            end(process, signal.SIGTERM, 45)


def _user(image: Image, place: Place) -> int | None:
    """Return the image's user if this process may become it, and it can read the interpreter."""
    if os.geteuid() == 0 and _others_may_pass(place.python.resolve()):
        return image.user
    place.says("docker: run as the present user, whom no step of the image knows")
    return None


def _others_may_pass(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in path.parents)


WAYS: Final[dict[str, Callable[[Place], None]]] = {
    "railway": railway,
    "nixpacks": nixpacks,
    "procfile": procfile,
    "systemd": systemd,
    "docker": docker,
}


@contextlib.contextmanager
def serving(
    command: list[str], folder: Path, environ: Mapping[str, str], *, user: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server, and end it with all that it started."""
    with (folder / "var" / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*guard("TERM"), shutil.which(command[0], path=environ["PATH"]) or command[0], *command[1:]],
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    try:
        yield process
    except DeploymentError as error:
        raise DeploymentError(f"{error}\n{(folder / 'var' / 'server.log').read_text()[-3000:]}") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until_healthy(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Ask as a platform's probe does until the answer is 200."""
    answer = "nobody listens"
    until = time.monotonic() + START_DEADLINE
    while time.monotonic() < until and process.poll() is None:
        peer = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            peer.request("GET", path, headers={"Host": PROBE_HOST})
            response = peer.getresponse()
            answer = f"{response.status} {response.read().decode()}"
            if response.status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            peer.close()
        time.sleep(0.1)
    raise DeploymentError(f"{path} never answered 200, at last: {answer}")


def end(process: subprocess.Popen[bytes], number: signal.Signals, seconds: float) -> None:
    process.send_signal(number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise DeploymentError(f"it was still there {seconds:.0f} s after {number.name}") from None


@contextlib.contextmanager
def copied() -> Iterator[Path]:
    """Give a copy of what git knows, without anything that this checkout has collected."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    with tempfile.TemporaryDirectory(prefix="fortune-deployment-") as folder:
        target = Path(folder)
        target.chmod(0o755)
        for name in filter(None, listed.stdout.split("\0")):
            if name.partition("/")[0] not in ("tests", "bench") and (ROOT / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target / name)
        (target / "var").mkdir()
        yield target


def production_python() -> Path:
    """Return an interpreter of the version that the platforms are told, or this one."""
    version = (ROOT / "runtime.txt").read_text().strip().removeprefix("python-")
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    found = [shutil.which(f"python{version}"), *map(str, sorted(pyenv.glob(f"{version}.*/bin/python")))]
    for candidate in filter(None, found):
        say = "import sys; print(sys.executable)"
        done = subprocess.run([candidate, "-c", say], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return Path(done.stdout.strip())
    print(f"deployments: no Python {version} here, so this one: {sys.version.split()[0]}")
    return Path(sys.executable)


def install(folder: Path, base: Path) -> Path:
    """Install what the platforms install, into an environment that holds nothing else."""
    home = folder / "packages"
    subprocess.run([base, "-m", "venv", home], check=True)
    pip = [home / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    requirements = folder / "requirements.txt"
    done = subprocess.run(
        [*map(str, pip), "-r", str(requirements)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DeploymentError(f"requirements.txt can't be installed: {done.stderr[-2000:]}")
    return home / "bin/python"


def main() -> None:
    names = sys.argv[1:] or list(WAYS)
    services = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    base = production_python()
    failed = []
    with copied() as folder:
        try:
            packages = install(folder, base)
        except DeploymentError as error:
            sys.exit(f"deployments: {error}")
        for name in names:
            python = base if name == "docker" else packages
            began = time.monotonic()
            try:
                WAYS[name](Place(folder, python, services))
                print(f"{name}: healthy, and gone in time ({time.monotonic() - began:.0f} s)", flush=True)
            except DeploymentError as error:
                failed.append(name)
                print(f"{name}: FAILED: {error}", flush=True)
    print(
        "compose: needs an engine; tests/docs/test_deployments.py holds compose.yaml to the image and the settings"
    )
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
