"""The real server starts, serves from its own database, and leaves nothing behind."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.server.forkserver import Forked


def test_the_server_answers_under_both_kinds_of_worker(either):
    assert either.get("/healthz").status == 200
    assert either.get("/readyz").status == 200


def test_two_servers_have_databases_of_their_own(serve):
    first, second = serve(), serve()
    first.query("INSERT INTO django_session VALUES ('k', 'd', now())")
    assert second.query("SELECT count(*) FROM django_session") == [(0,)]
    first.redis().set("k", "v")
    assert second.redis().get("k") is None


@pytest.mark.parametrize("kind", ["gevent", "gthread"])
@pytest.mark.parametrize("forked", [True, False])
def test_nothing_of_a_stopped_server_stays(serve, forked, kind):
    live = serve(WEB_CONCURRENCY="2", WORKER_CLASS=kind, forked=forked)
    live.wait_for_log("Booting worker")
    workers = live.worker_pids()
    assert workers
    assert live.stop() == 0
    assert live.worker_pids() == []
    assert not Path(f"/proc/{live.pid}").exists()


def test_a_signal_to_a_server_that_has_just_ended_is_no_error():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    assert ended.wait(30) == 0
    told, telling = socket.socketpair()
    with telling, closing(told):
        telling.sendall(b"%d\n" % ended.pid)  # its exit status is not told yet
        server = Forked(told)
        server.send_signal(signal.SIGTERM)
        assert server.poll() is None
        telling.sendall(b"0\n")
        assert server.poll() == 0
