"""Scenes in processes of their own, each forked from one that has imported all: a fork takes no imports.

A module of scenes ends with ``answer(play)``. A test plays them by ``playing(module)``.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@contextlib.contextmanager
def playing(module: str, *arguments: str, **environ: str) -> Iterator[Callable[..., Any]]:
    """Run a module of scenes. ``play(*words)`` returns what a scene has found, and fails with its traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "ignore"} | environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )

    def play(*words: object) -> Any:
        assert process.stdin and process.stdout
        print(*words, file=process.stdin, flush=True)
        told = json.loads(process.stdout.readline())
        assert "failed" not in told, told["failed"]
        return told["found"]

    with process:
        yield play
        os.killpg(process.pid, signal.SIGKILL)  # a scene that hangs, too


def answer(play: Callable[..., object]) -> None:
    """Call ``play`` with the words of each line of standard input, in a fork, and print one JSON line for each.

    It holds what the scene has found, or the traceback of its failure.
    """
    while words := sys.stdin.readline().split():
        if not (child := os.fork()):
            try:
                told = {"found": play(*words)}
            except BaseException:
                told = {"failed": traceback.format_exc()}
            print(json.dumps(told), flush=True)
            os._exit(0)
        os.waitpid(child, 0)
