"""The same tests in a process that is patched as a gevent worker; elsewhere they run on threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from core.runtime import is_patched

ROOT = Path(__file__).resolve().parents[2]
# Streams without their three optimisations.
PLAIN = dict.fromkeys(("STREAM_BATCHED_READS", "STREAM_DETACH", "STREAM_SHARED_RENDITIONS"), "false")


@pytest.mark.timeout(600)  # it is all tests of a folder once more
@pytest.mark.skipif(is_patched(), reason="this is the patched run")
@pytest.mark.parametrize(("folder", "variables"), [("llm", {}), ("streams", {}), ("streams", PLAIN)])
def test_everything_holds_under_the_patch(folder: str, variables: dict[str, str]) -> None:
    # A test database of its own: this process has one with the usual name.
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/patched_{folder}_{len(variables)}").geturl()
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.patched",
            "-q",
            "-p",
            "no:cacheprovider",
            f"tests/integration/{folder}",
        ],
        cwd=ROOT,
        env=os.environ | variables | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=580,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout
