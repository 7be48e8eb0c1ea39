"""The batcher carries all runs of a process: what goes wrong with one tick must not leave any of them behind."""

from __future__ import annotations

import threading

import pytest

from core import streams
from core.runtime import jobs
from core.streams import Run, Status
from core.streams.hub import hub
from core.streams.log import client as log
from core.streams.production import batcher
from tests.integration.streams.conftest import Script, new_run, wait_until
from tests.integration.streams.test_writing import ended

pytestmark = pytest.mark.usefixtures("author")


def has(run: Run, text: str) -> bool:
    channel = hub.channel(run.subject)
    return channel is not None and bytes(channel.data) == text.encode()


def test_a_run_that_ends_while_the_tick_fails_is_saved_all_the_same(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.pieces, script.hold_at = ["가", "나", "다"], 2
    first, second = new_run(), new_run()
    for run in (first, second):
        streams.start(run)
    wait_until(lambda: has(first, "가나") and has(second, "가나"))
    failed = threading.Event()
    real = batcher.Batcher._flush

    def fail(self: batcher.Batcher, batch: list[hub.ActiveRun]) -> None:
        if not failed.is_set():
            failed.set()
            raise ZeroDivisionError
        real(self, batch)

    # One has ended already, in the very tick that can't log what the other one says.
    hub.active_runs[first.subject].interrupt("stop")
    monkeypatch.setattr(batcher.Batcher, "_flush", fail)
    batcher.batcher._dirty[hub.active_runs[second.subject]] = None
    batcher.batcher._wake.set()
    assert failed.wait(10)
    script.gate.set()
    assert (ended(first).status, ended(first).text) == (Status.STOPPED, "가나")
    assert (ended(second).status, ended(second).text) == (Status.DONE, "가나다")
    assert [job for job in jobs() if job.name == "batcher"]


def test_text_of_a_tick_that_failed_goes_out_with_the_next(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.pieces, script.hold_at = ["가", "나", "다"], 1
    run = new_run()
    streams.start(run)
    wait_until(lambda: has(run, "가"))
    failed = threading.Event()
    real = log.append

    def fail(batch: list[log.Append]) -> list[int]:
        if not failed.is_set():
            failed.set()
            raise ZeroDivisionError
        return real(batch)

    monkeypatch.setattr(log, "append", fail)
    script.hold_at = 2
    script.gate.set()
    script.gate.clear()
    wait_until(lambda: failed.is_set() and has(run, "가나"))  # though the provider says no more for now
    script.gate.set()
    assert ended(run).text == "가나다"
