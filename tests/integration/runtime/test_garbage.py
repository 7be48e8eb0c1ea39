"""Full garbage collections run, but seldom."""

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
    def __init__(self):
        self.itself = self
        self.weight = b"x" * (2 * garbage.GROWTH)  # it takes memory, or nobody would miss it

garbage.LOOK_EVERY, garbage.GROWTH = 0.05, 8 * 2**20
garbage.settle(is_quiet=lambda: {quiet})
for _ in range(5):
    knot = Knot()
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


BUSY = """
import gc, time
import django
from django.conf import settings
settings.configure(); django.setup()
from core.runtime import garbage

garbage.LOOK_EVERY = 0.02
full = []
garbage.settle(is_quiet=lambda: False)
gc.callbacks.append(lambda phase, about: full.append(about["generation"] == 2))
kept = [[] for _ in range(60_000)]
time.sleep(0.3)
assert full and not any(full), full
"""


def test_no_full_collection_while_streams_come_and_memory_does_not_grow() -> None:
    done = subprocess.run([sys.executable, "-c", BUSY], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
