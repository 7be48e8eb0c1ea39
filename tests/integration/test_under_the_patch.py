"""The same tests in a process made cooperative as under the gevent worker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.runtime import is_patched

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(600)  # it is all tests of this folder once more
@pytest.mark.skipif(is_patched(), reason="this is the patched run")
@pytest.mark.parametrize("what", ["llm", "streams/test_pushing.py", "streams/test_writing.py"])
def test_everything_here_holds_under_the_patch(what: str) -> None:
    options = ["-q", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "tests.patched", *options, f"tests/integration/{what}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=580)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout
