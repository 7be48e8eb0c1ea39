"""The same tests in a process made cooperative as under the gevent worker: here they ran on threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from core.runtime import is_patched

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.timeout(600)  # it is all tests of this folder once more
@pytest.mark.skipif(is_patched(), reason="this is the patched run")
def test_everything_here_holds_under_the_patch() -> None:
    # A test database of its own: this process has one with the usual name.
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/patched").geturl()
    command = [sys.executable, "-m", "tests.patched", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, "tests/integration/streams"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=580,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout
