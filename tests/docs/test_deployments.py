"""The deployment files agree with the settings, with each other and with what the pages say of them."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.urls import resolve

from core.runtime.workers.request_bodies import MAX_BODY
from tests.docs.test_settings_table import read_variables
from tests.unit.sources import ROOT
from tools.servers import Postgres
from tools.starting.dockerfile import instructions, sent

# The variables of the files that README's table lacks: of Django, of the interpreter, of PostgreSQL's own image.
OTHERS = {"DJANGO_SETTINGS_MODULE", "PATH", "PYTHONUNBUFFERED"}
OF_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
# Seconds that a platform gives beyond GRACEFUL_TIMEOUT before it kills.
GRACE = 5


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def railway() -> dict[str, Any]:
    return json.loads(read("railway.json"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load(read("compose.yaml"))


@pytest.fixture(scope="module")
def image() -> list[tuple[str, str]]:
    return list(instructions(read("deploy/Dockerfile")))


@pytest.fixture(scope="module")
def unit() -> dict[str, str]:
    lines = [line for line in read("deploy/fortune.service").splitlines() if "=" in line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines)


@pytest.fixture(scope="module")
def proxy() -> dict[str, str]:
    """nginx's directives; of repeated ones the last."""
    return dict(re.findall(r"^ +([a-z_]+) ([^;{}\n]+);", read("deploy/nginx.conf"), re.MULTILINE))


def test_production_has_one_python() -> None:
    version = read("runtime.txt").strip().removeprefix("python-")
    assert tomllib.loads(read("nixpacks.toml"))["variables"] == {"NIXPACKS_PYTHON_VERSION": version}
    assert f"python:{version}-slim" in read("deploy/Dockerfile")
    assert f"python{version} -m venv" in read("deploy/fortune.service")
    assert f"Python {version}" in read("docs/deploying.md")
    assert 'for version in "$(sed s/python-// runtime.txt)"' in read(".ci/run")  # all tests run on it


@pytest.mark.parametrize("name", ["railway.json", "nixpacks.toml", "Procfile", "deploy/fortune.service"])
def test_every_variable_that_is_set_is_one_that_is_read(name: str) -> None:
    named = set(re.findall(r"(?<![\w%])([A-Z][A-Z_]{3,})=", read(name)))
    assert named <= read_variables() | OTHERS


def test_the_image_sets_variables_that_are_read_and_no_secret(image: list[tuple[str, str]]) -> None:
    last = [number for number, (name, _) in enumerate(image) if name == "FROM"][-1]
    named = {name for word, rest in image[last:] if word == "ENV" for name in re.findall(r"(\w+)=", rest)}
    assert named <= read_variables() | OTHERS
    assert not [name for name in named if re.search("KEY|SECRET|PASSWORD|URL|DSN", name)]
    assert [rest for word, rest in image if word == "ARG"] == ["PYTHON=python:3.12-slim-bookworm"]


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is(image: list[tuple[str, str]]) -> None:
    told = dict(image)
    assert int(told["USER"].partition(":")[0]) >= 10_000
    assert json.loads(told["CMD"]) == ["python", "-m", "config.serve"]
    (path,) = re.findall(r"'(/[a-z]+)'", told["HEALTHCHECK"])
    assert resolve(path).view_name == "healthz"
    assert f"PORT={told['EXPOSE']}" in told["ENV"]


def test_the_builder_is_sent_what_serves_and_nothing_else() -> None:
    files = set(map(str, sent(ROOT)))
    assert {"manage.py", "gunicorn.conf.py", "requirements.txt", "config/wsgi.py"} <= files
    assert {name.partition("/")[0] for name in files} == {
        *("config", "core", "fortune", "locale", "static", "templates"),
        *("manage.py", "gunicorn.conf.py", "requirements.txt"),
    }
    assert not [name for name in files if ".env" in name or "__pycache__" in name]


def test_health_paths_are_there(railway: dict[str, Any]) -> None:
    assert resolve(railway["deploy"]["healthcheckPath"]).view_name == "readyz"


def test_nobody_kills_before_the_grace_is_over(
    railway: dict[str, Any], compose: dict[str, Any], unit: dict[str, str]
) -> None:
    needed = settings.GRACEFUL_TIMEOUT + GRACE
    assert railway["deploy"]["drainingSeconds"] >= needed
    assert int(compose["services"]["site"]["stop_grace_period"].removesuffix("s")) >= needed
    assert int(unit["TimeoutStopSec"]) >= needed
    assert (unit["KillSignal"], unit["KillMode"]) == ("SIGTERM", "mixed")
    assert railway["deploy"]["overlapSeconds"] > 0


def test_migrations_come_before_the_release_everywhere(
    railway: dict[str, Any], compose: dict[str, Any]
) -> None:
    (command,) = railway["deploy"]["preDeployCommand"]
    assert "manage.py migrate" in command
    site, migrate = compose["services"]["site"], compose["services"]["migrate"]
    assert "migrate" in migrate["command"]
    assert site["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_services_of_compose_fit_together(compose: dict[str, Any], image: list[tuple[str, str]]) -> None:
    services = compose["services"]
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert services[other]["healthcheck"]["test"][0] == "CMD", (name, other)
        if "build" not in service:
            assert re.fullmatch(r"[a-z/]+:[0-9.]+-[a-z]+", service["image"]), "a version, not latest"
    build = services["site"]["build"]
    assert (ROOT / build["context"] / build["dockerfile"]).is_file()
    told = dict(image)
    assert services["site"]["ports"] == [f"127.0.0.1:{told['EXPOSE']}:{told['EXPOSE']}"]
    user, group = told["USER"].split(":")
    assert f"/app/var/metrics:uid={user},gid={group}" in services["site"]["tmpfs"]
    assert set(services["site"]["environment"]) <= read_variables()
    assert set(services["database"]["environment"]) == OF_POSTGRES
    urls = services["site"]["environment"]
    assert ("@database:5432/" in urls["DATABASE_URL"], urls["REDIS_URL"]) == (True, "redis://cache:6379/0")
    assert "noeviction" in services["cache"]["command"]


def test_postgresql_logs_fewer_whole_pages_and_smaller_ones(compose: dict[str, Any]) -> None:
    command = compose["services"]["database"]["command"]
    assert command[0] == "postgres"
    given = dict(option.split("=") for option in command if "=" in option)
    assert given == {"wal_compression": "lz4", "checkpoint_timeout": "30min", "max_wal_size": "4GB"}
    said = read("docs/operations.md")
    assert "`wal_compression = lz4`" in said and "`checkpoint_timeout = 30min`" in said
    local = Postgres(Path("unused"))._command(Path("data"), 5432)
    assert "wal_compression=pglz" in local and "checkpoint_timeout=30min" in local


def test_compose_asks_for_its_secrets_and_holds_none() -> None:
    text = read("compose.yaml")
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert set(re.findall(rf"\$\{{{name}(:\?)?", text)) == {":?"}, f"{name} has a default"


def test_the_proxy_waits_longer_than_the_site_and_sends_no_more_than_it_takes(proxy: dict[str, str]) -> None:
    kept = int(re.findall(r"^keepalive = (\d+)$", read("gunicorn.conf.py"), re.MULTILINE)[0])
    assert int(proxy["keepalive_timeout"].removesuffix("s")) < kept
    assert int(proxy["proxy_read_timeout"].removesuffix("s")) > settings.AI_TOTAL_TIMEOUT + 15
    assert int(proxy["client_max_body_size"].removesuffix("m")) * 1024 * 1024 == MAX_BODY
    assert (proxy["proxy_buffering"], proxy["proxy_request_buffering"]) == ("on", "on")


def test_the_pages_name_the_files() -> None:
    page = read("docs/deploying.md")
    for file in [*sorted((ROOT / "deploy").iterdir()), ROOT / "compose.yaml", ROOT / "railway.json"]:
        assert str(file.relative_to(ROOT)) in page, file
    assert not (ROOT / "Dockerfile").exists()  # Railway would build with it instead of with its builder
