"""Child processes of tests: start them, wait for their output, and find them, without sleeping."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

# Seconds to wait for what must happen: a machine may be four times as slow as ours, and have other tests to run.
PATIENCE = 240


class Child:
    """A running command. Its output (both streams, by lines) can be waited for."""

    def __init__(self, command: list[str], *, cwd: Path, environ: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as stream:
            for line in stream:
                with self._news:
                    self.lines.append(line.rstrip("\n"))
                    self._news.notify_all()

    def wait_for(self, words: str, seconds: float = PATIENCE) -> str:
        """Wait for a line that contains ``words``, and return it."""

        def found() -> str | None:
            return next((line for line in self.lines if words in line), None)

        with self._news:
            assert self._news.wait_for(lambda: found() or self.process.poll() is not None, seconds), (
                self.lines
            )
            line = found()
        assert line is not None, f"ended with {self.process.returncode} first: {self.lines}"
        return line

    def wait(self, seconds: float = PATIENCE) -> int:
        status = self.process.wait(seconds)
        self._reader.join(seconds)
        return status


@contextlib.contextmanager
def child(command: list[str], *, cwd: Path, environ: Mapping[str, str]) -> Iterator[Child]:
    started = Child(command, cwd=cwd, environ=environ)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
        started.wait()


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Poll until the condition is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def about(path: Path) -> list[str]:
    """Return the command lines of processes that name ``path`` or work in it: none may be left after a test."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            with contextlib.suppress(OSError):
                line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                working = (process / "cwd").readlink()
                if line and (str(path) in line or working.is_relative_to(path)):
                    found.append(f"{process.name} {line}")
    return found
