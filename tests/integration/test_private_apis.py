"""Canaries: each fails when a new version changes a private part that this code leans on.

The parts, where they are used and why: docs/decisions/011-private-apis.md.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account import forms as account_forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from dj_db_conn_pool.core import pool_container
from dj_db_conn_pool.core.mixins import DatabasePoolWrapperMixin
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.db import connection, connections
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property
from django_ratelimit.core import get_usage

from core import redis
from core.db.base import DatabaseWrapper, Dialect
from core.redis.connections import Parser

ROOT = Path(__file__).resolve().parents[2]

# -- gevent --


def test_gevents_monitor_can_be_replaced() -> None:
    from gevent._monitor import PeriodicMonitoringThread
    from gevent.hub import Hub

    assert list(inspect.signature(PeriodicMonitoringThread.monitor_blocking).parameters) == ["self", "hub"]
    assert "self._greenlet_tracer.did_block_hub(hub)" in inspect.getsource(PeriodicMonitoringThread)
    assert "periodic_monitoring_thread" in vars(Hub), "the hub no longer holds its monitor"


def test_a_cooperative_socket_has_a_plain_one() -> None:
    from gevent import socket

    sock = socket.socket()
    try:
        plain = sock._sock
        assert plain.fileno() == sock.fileno()
        assert plain.gettimeout() == 0, "the plain socket is no longer non-blocking"
    finally:
        sock.close()


def test_gunicorns_worker_can_be_given_a_server_that_accepts_otherwise() -> None:
    from gevent.baseserver import BaseServer
    from gunicorn.workers.ggevent import GeventWorker

    assert "server = self.server_class(" in inspect.getsource(GeventWorker.run)
    accepting = inspect.getsource(BaseServer.start_accepting) + inspect.getsource(BaseServer.stop_accepting)
    assert "self._watcher.start(self._do_read)" in accepting
    assert "self._timer.close()" in accepting, "a pause no longer ends with the server"


def test_the_patch_leaves_its_mark_and_keeps_the_originals() -> None:
    script = (
        "import sys\n"
        "import socket\n"
        "from gevent import monkey\n"
        "original = socket.socket\n"
        "assert 'gevent.signal' not in sys.modules, 'imported before the patch'\n"
        "monkey.patch_all()\n"
        "assert 'gevent.signal' in sys.modules, 'no longer imported by patch_all'\n"
        "assert monkey.saved['socket']['socket'] is original, 'originals are no longer in monkey.saved'\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# -- Django --


def test_djangos_connections_keep_their_storage() -> None:
    storage = connections._connections  # type: ignore[attr-defined]
    storage.canary = True
    assert storage.canary
    del storage.canary


def test_the_parts_of_a_wrapper() -> None:
    wrapper = DatabaseWrapper(connection.settings_dict, "canary")
    parts = (
        wrapper.client, wrapper.creation, wrapper.features, wrapper.introspection, wrapper.ops,
        wrapper.validation,
    )  # fmt: skip
    assert all(part.connection.alias == "canary" for part in parts)
    # A part that is new in Django would hold on to its wrapper: it belongs into core/db/base.py.
    holders = {name for name, part in vars(wrapper).items() if getattr(part, "connection", None) is wrapper}
    assert holders == set()
    base = next(kind for kind in DatabaseWrapper.__mro__[1:] if "wrap_database_errors" in vars(kind))
    assert isinstance(vars(base)["wrap_database_errors"], cached_property)
    assert isinstance(wrapper.wrap_database_errors, DatabaseErrorWrapper)


def test_djangos_hasher_goes_through_encode() -> None:
    encoded: list[str] = []

    class Hasher(PBKDF2PasswordHasher):
        iterations = 2

        def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
            encoded.append(password)
            return super().encode(password, salt, iterations)

    hasher = Hasher()
    stored = PBKDF2PasswordHasher().encode("secret", "salt", 1)
    assert hasher.verify("secret", stored)
    hasher.harden_runtime("secret", stored)
    assert encoded == ["secret", "secret"]


def test_the_manifest_has_its_names() -> None:
    assert isinstance(ManifestStaticFilesStorage(location="/nowhere").hashed_files, dict)


# -- The pool --


def test_the_pools_init_only_builds_a_class() -> None:
    lines = inspect.getsource(DatabasePoolWrapperMixin.__init__).splitlines()[1:]
    code = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    assert code == [
        "self.creation_class = type('DatabaseCreationWrapper', (DatabaseCreationMixin, self.creation_class), {})",
        "super().__init__(*args, **kwargs)",
    ], "core/db/base.py skips this: see what it does now"


@pytest.mark.django_db
def test_the_pool_and_its_dialect_are_ours() -> None:
    connection.ensure_connection()
    pool = pool_container.get(connection.alias)
    assert isinstance(pool._dialect, Dialect)
    assert pool._pre_ping, "pre_ping is off: a dead connection would be handed out"
    assert "do_ping" in inspect.getsource(type(pool._dialect).__mro__[1]._do_ping_w_event)
    assert (pool.checkedout(), pool.size() > 0) == (1, True)


# -- redis-py --


def test_redis_asks_our_parser_before_each_command() -> None:
    client = redis.connect(seconds=5)
    asked: list[float] = []
    made = client.connection_pool.get_connection()
    try:
        parser = made._parser
        assert type(parser) is Parser
        assert parser._sock.fileno() > 0
        assert parser._reader.has_data() is False
        original = Parser.can_read

        class Watched(Parser):
            def can_read(self, timeout: float = 0) -> bool:
                asked.append(timeout)
                return original(self, timeout)

        parser.__class__ = Watched
    finally:
        client.connection_pool.release(made)
    client.ping()
    assert asked == [0]
    client.close()


# -- django-ratelimit --


def test_ratelimit_looks_at_nothing_of_a_request() -> None:
    seen: list[object] = []

    def key(group: str, given: object) -> str:
        seen.append(given)
        return "canary"

    asker = SimpleNamespace()
    usage = get_usage(asker, group="canary", key=key, rate="3/h", increment=True)
    assert seen == [asker]
    assert usage is not None
    assert {"count", "limit", "time_left"} <= set(usage)


# -- allauth --


def test_allauths_apps_come_from_the_settings(settings: Any) -> None:
    app = {"client_id": "number", "secret": "word"}
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APPS": [app]}}
    found = _build_apps_from_settings(provider="google", client_id=None)
    assert {name: [one.client_id for one in apps] for name, apps in found.items()} == {"google": ["number"]}


def test_allauths_hooks_are_called() -> None:
    assert "self.account_already_exists" in inspect.getsource(account_forms.BaseSignupForm)
    assert "self.users" in inspect.getsource(account_forms.ResetPasswordForm.clean_email)
    for adapter, names in (
        (DefaultAccountAdapter, ("get_client_ip", "pre_authenticate", "populate_username", "send_mail")),
        (DefaultSocialAccountAdapter, ("get_requests_session", "list_apps", "list_providers", "get_app")),
    ):
        assert [name for name in names if not callable(getattr(adapter, name, None))] == []


# -- The table --


def test_the_record_names_every_canary() -> None:
    record = (ROOT / "docs/decisions/011-private-apis.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", record))
    here = {name for name in globals() if name.startswith("test_")} - {"test_the_record_names_every_canary"}
    assert here <= named
    files = [ROOT / path for path in re.findall(r"`(tests/[\w/.]+)`", record)]
    assert [file for file in files if not file.exists()] == []
    elsewhere = "".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
    assert [name for name in named - here if f"def {name}(" not in elsewhere] == []
