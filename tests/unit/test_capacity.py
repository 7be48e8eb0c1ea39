"""Workers follow the container's share of the processor, and the roll-back keeps threads for pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config import capacity

HOST = len(os.sched_getaffinity(0))


def machine(root: Path, groups: str, **files: str) -> Path:
    """Lay out the files of ``/proc`` and ``/sys/fs/cgroup`` as a kernel shows them; ``__`` stands for a slash."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(groups)
    for name, content in files.items():
        file = root / "sys/fs/cgroup" / name.replace("__", "/").replace("_dot_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return root


@pytest.mark.parametrize(
    ("groups", "files", "expected"),
    [
        pytest.param("", {}, [], id="no control groups"),
        pytest.param("0::/\n", {"cpu_dot_max": "max 100000\n"}, [], id="version 2, no limit"),
        pytest.param("0::/\n", {"cpu_dot_max": "150000 100000\n"}, [1.5], id="version 2, a container"),
        pytest.param("0::/\n", {"cpu_dot_max": "20000 100000\n"}, [0.2], id="a fifth of a core"),
        pytest.param(
            "0::/system.slice/fortune.service\n",
            {
                "system_dot_slice__cpu_dot_max": "200000 100000\n",
                "system_dot_slice__fortune_dot_service__cpu_dot_max": "max 100000\n",
            },
            [2.0],
            id="version 2, a limit on the slice above the service",
        ),
        pytest.param(
            "0::/kubepods/pod1/abc\n", {"cpu_dot_max": "400000 100000\n"}, [4.0], id="the path is the host's"
        ),
        pytest.param(
            "4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n",
            {"cpu__cpu_dot_cfs_quota_us": "300000\n", "cpu__cpu_dot_cfs_period_us": "100000\n"},
            [3.0],
            id="version 1, a container",
        ),
        pytest.param(
            "3:cpu:/\n0::/\n",
            {"cpu__cpu_dot_cfs_quota_us": "-1\n", "cpu__cpu_dot_cfs_period_us": "100000\n"},
            [],
            id="version 1, no limit",
        ),
        pytest.param("0::/\n", {"cpu_dot_max": "nonsense"}, [], id="what nobody can read"),
    ],
)
def test_the_limits_of_control_groups_are_read(
    tmp_path: Path, groups: str, files: dict[str, str], expected: list[float]
) -> None:
    assert list(capacity.shares(machine(tmp_path, groups, **files))) == expected


def test_workers_follow_the_share_and_never_exceed_what_the_process_may_run_on(tmp_path: Path) -> None:
    small = machine(tmp_path / "small", "0::/\n", cpu_dot_max="20000 100000\n")
    assert capacity.cores(small) == 1
    large = machine(tmp_path / "large", "0::/\n", cpu_dot_max="6400000 100000\n")
    assert capacity.cores(large) == HOST
    assert capacity.cores(tmp_path / "nothing") == HOST


def test_the_roll_back_keeps_threads_for_pages() -> None:
    assert capacity.subscribers("gthread", 2000) == capacity.streams("gthread", 2000)
    assert capacity.subscribers("gthread", 2000) <= capacity.THREADS - capacity.THREADS_FOR_PAGES
    assert capacity.streams("gthread", 3) == 3
    assert (capacity.streams("gevent", 2000), capacity.subscribers("gevent", 2000)) == (2000, 3000)
