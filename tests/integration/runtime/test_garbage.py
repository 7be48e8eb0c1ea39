"""Collections come seldom, but they come."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# In a process of its own: what it freezes and sets stays so for good.
SCENE = """
import gc, time, weakref
import django
from django.conf import settings
settings.configure(); django.setup()
from core.runtime import garbage

class Knot:
    pass

garbage.LOOK_EVERY = 0.05
garbage.settle(is_quiet=lambda: {quiet})
for _ in range(5):
    knot = Knot(); knot.itself = knot
    gone = weakref.ref(knot)
    del knot
    gc.collect(1)  # now it is old: only a full collection finds it
    until = time.monotonic() + 20
    while gone() is not None and time.monotonic() < until:
        time.sleep(0.01)
    assert gone() is None
assert gc.get_threshold()[2] == garbage.NEVER
assert gc.get_freeze_count() > 1000
"""


@pytest.mark.parametrize("quiet", [True, False])
def test_garbage_is_found_while_it_is_quiet_and_under_load(quiet: bool) -> None:
    command = [sys.executable, "-c", SCENE.format(quiet=quiet)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
