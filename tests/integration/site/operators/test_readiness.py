"""``/readyz``, condition by condition; with outages and other instances in tests/server/test_readiness.py."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from core.ops import readiness
from core.streams.node import node
from tests.integration.site.helpers import browser, member, reading

STATIC = {"staticfiles": {"BACKEND": "config.static.HashedStorage"}}
READY = {
    "database": "ok",
    "statement_timeout": "ok",
    "keys": "ok",
    "cache": "ok",
    "static": "ok",
    "worker": "ok",
    "load": 0.0,
}


def test_health_answers_without_a_database() -> None:
    assert browser().get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_readiness_is_200_when_everything_answers() -> None:
    answer = browser().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, READY)


@pytest.mark.django_db
def test_readiness_names_what_is_away(redis_away: None) -> None:
    answer = browser().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, READY | {"cache": "away"})
    assert int(answer["Retry-After"]) > 0


@pytest.mark.django_db
def test_a_worker_on_its_way_out_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node().hub, "is_draining", True)
    answer = browser().get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, "draining")


@pytest.mark.django_db
def test_static_files_that_were_never_collected_are_told(settings: Any, tmp_path: Path) -> None:
    # As it was collected for the servers of tests, without the list of it: compressing all of it takes seconds.
    folder = tmp_path / "static"
    shutil.copytree(settings.STATIC_ROOT, folder, ignore=shutil.ignore_patterns("staticfiles.json"))
    settings.STATIC_ROOT, settings.STORAGES = folder, settings.STORAGES | STATIC
    found = readiness.examine()
    assert (found.static, found.is_ready) == ("no manifest", False)
    call_command("collectstatic", "--no-input", verbosity=0)
    settings.STORAGES = settings.STORAGES | STATIC  # a process reads its manifest once
    assert readiness.examine().static == "ok"


@pytest.mark.django_db(transaction=True)
def test_keys_that_open_nothing_are_a_failure_and_keys_that_open_a_part_are_told(settings: Any) -> None:
    alice = member("alice")
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    reading(owner=alice, label="첫째", id=UUID(int=1))
    assert readiness.examine().keys == "ok"
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    found = readiness.examine()
    assert (found.keys, found.database, found.is_ready) == ("wrong", "ok", False)
    reading(owner=alice, label="둘째", id=UUID(int=2))
    found = readiness.examine()
    assert (found.keys, found.is_ready) == ("partly", True)
