"""A worker's shutdown: why, and how long it may stay."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Any

from gunicorn.config import Config

from core.runtime.workers import shutdown
from core.runtime.workers.shutdown import GracefulShutdown, Notices, Stage


class Server:
    """Stands under ``GracefulShutdown`` as gunicorn's workers do."""

    def __init__(self) -> None:
        self.alive, self.cfg = True, Config()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.alive = False

    def notify(self) -> None:
        pass


class Worker(GracefulShutdown, Server):
    def __init__(self, notices: Notices, age: int, longest_run: float = 180) -> None:
        super().__init__()
        self.notices, self.age, self.longest_run = notices, age, longest_run


def told(worker: Worker) -> Worker:
    worker.handle_exit(signal.SIGTERM, None)
    return worker


def test_sigterm_after_a_reload_is_no_stop() -> None:
    notices = Notices()
    notices.replace(2)
    assert told(Worker(notices, age=2)).stage() is Stage.REPLACED
    assert told(Worker(notices, age=3)).stage() is Stage.STOPPING  # a new one, told by hand
    assert Worker(notices, age=2).stage() is Stage.SERVING  # its SIGTERM is on its way


def test_a_replaced_worker_stays_for_the_longest_run_and_not_longer(monkeypatch: Any) -> None:
    notices = Notices()
    notices.replace(1)
    monkeypatch.setattr(shutdown, "MARGIN", 0)
    assert told(Worker(notices, age=1, longest_run=0)).stage() is Stage.STOPPING
    patient = told(Worker(notices, age=1, longest_run=300))
    assert patient.cfg.graceful_timeout >= 300  # gunicorn closes no connection before
    assert told(Worker(Notices(), age=1)).cfg.graceful_timeout == Config().graceful_timeout


def test_a_stop_is_seen_by_all_at_once_also_in_other_processes() -> None:
    notices = Notices()
    notices.replace(1)
    replaced, serving = told(Worker(notices, age=1)), Worker(notices, age=2)
    pid = os.fork()
    if pid == 0:
        notices.stop()
        os._exit(0)
    os.waitpid(pid, 0)
    serving.notify()
    assert not serving.alive
    assert {replaced.stage(), serving.stage()} == {Stage.STOPPING}
