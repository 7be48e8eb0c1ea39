"""Collections are short, and in the end everything is found."""

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
"""
FOUND = """
garbage.LOOK_EVERY, garbage.ENOUGH, garbage.GROWTH = 0.05, 1000, 8 * 2**20
garbage.settle(is_idle=lambda: {idle})
kept = []
for _ in range(5):
    knot = Knot()
    gone = weakref.ref(knot)
    gc.collect()  # now it is frozen
    del knot
    until = time.monotonic() + 20
    while gone() is not None and time.monotonic() < until:
        kept.append([[] for _ in range(1000)] if {idle} else b"x" * 2**20)  # the process goes on
        gc.collect()
        time.sleep(0.01)
    assert gone() is None
"""


@pytest.mark.parametrize("idle", [True, False])
def test_frozen_garbage_is_found_when_nobody_is_served_and_when_it_is_much(idle: bool) -> None:
    run(FOUND.format(idle=idle))


PORTIONS = """
walked = []
garbage.settle(is_idle=lambda: False)
def count(phase, about):
    if phase == "start" and about["generation"] == 2:
        walked.append(len(gc.get_objects()))  # the frozen ones are not among them
gc.callbacks.append(count)
kept = [[[] for _ in range(10)] for _ in range(60_000)]
assert len(gc.get_objects()) < 60_000
assert len(walked) > 5
assert max(walked) < 60_000, walked
# All of it is freed as ever.
gone = weakref.ref(Knot.__new__(Knot))
assert gone() is None
"""


def test_a_growing_process_is_walked_in_portions() -> None:
    run(PORTIONS)


def run(scene: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCENE + scene],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
