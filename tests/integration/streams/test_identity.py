"""Calling a worker dead: never one that may live."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.streams.cluster import identity


def _exited_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_a_worker_has_one_name_even_if_several_threads_ask_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_me", (0, ""))
    monkeypatch.setattr(identity, "_family", lambda: time.sleep(0.05) or "family")
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(identity.worker_id) for _ in range(4)]
    assert len({answer.result() for answer in asked}) == 1


def test_a_sibling_whose_process_is_gone_is_dead() -> None:
    host, family, pid, _ = identity.worker_id().rsplit("-", 3)
    gone = _exited_process()
    assert identity.has_exited(f"{host}-{family}-{gone}-00000000")
    assert not identity.has_exited(f"{host}-{family}-{pid}-00000000")  # this one


def test_nothing_is_said_of_workers_of_another_master_or_machine() -> None:
    host, family, _, _ = identity.worker_id().rsplit("-", 3)
    gone = _exited_process()
    for stranger in (f"{host}-ffffffff-{gone}-0", f"elsewhere-{family}-{gone}-0", "gone", ""):
        assert not identity.has_exited(stranger)
