"""Membership: a worker that may be alive is never declared dead."""

from __future__ import annotations

import subprocess
import sys

from core.streams.cluster.membership import new_worker_name
from core.streams.node import StreamNode


def _exited_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_two_nodes_of_one_process_have_two_names() -> None:
    assert new_worker_name() != new_worker_name()


def test_a_sibling_whose_process_has_exited_is_dead(served: StreamNode) -> None:
    host, family, pid, _ = served.worker.rsplit("-", 3)
    exited = _exited_process()
    assert served.membership.has_exited(f"{host}-{family}-{exited}-00000000")
    assert not served.membership.has_exited(f"{host}-{family}-{pid}-00000000")  # this one


def test_nothing_is_said_of_workers_of_another_master_or_machine(served: StreamNode) -> None:
    host, family, _, _ = served.worker.rsplit("-", 3)
    exited = _exited_process()
    for stranger in (f"{host}-ffffffff-{exited}-0", f"elsewhere-{family}-{exited}-0", "gone", ""):
        assert not served.membership.has_exited(stranger)
