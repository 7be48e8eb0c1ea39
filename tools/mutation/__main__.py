"""Change the source in one small place and see whether a test fails: ``make mutate``.

    make mutate ARGS="--part engine --minutes 10 --seed 1 --sample 100"

A sample of the mutants of each part (``tools/mutation/mutants.py`` says what they are) is drawn with a fixed seed. All tests of
the part run once, which shows which of them reach which line; then, for each mutant, those that reach its line run
first, the quickest ahead, and after them the others that enter its module, until one fails. Each mutant has a process of
its own, forked before anything of the project is imported, in which the changed module is imported in place of the
written one: no file is touched. Parts that need PostgreSQL and Redis have fresh ones, started once.

Mutants that nobody could tell from the source are in ``equivalent.toml`` beside this file, each with a reason, and are not counted.
docs/mutation.md has the figures. The exit status is 1 if in a part fewer than 90 % are caught.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import random
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from multiprocessing import connection
from pathlib import Path
from typing import Final

from tools.environment import say
from tools.mutation.mutants import Mutant, mutants
from tools.mutation.parts import PARTS, Part
from tools.mutation.processes import SLOTS, Process
from tools.mutation.tests import Ordered, Reach, run_tests, trace
from tools.services import running
from tools.test import KEPT

WANTED: Final = 90  # percent
EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")
# Imported once, ahead of the processes: none of it is the project's.
AHEAD: Final = (
    "pytest",
    "hypothesis",
    "_hypothesis_pytestplugin",
    "django.test",
    "redis",
    "psycopg2",
    "jinja2",
    "valkey.asyncio",
    "msgspec",
    "httptools",
)


def begin(slot: int, part: Part, mutant: Mutant, reach: Reach) -> Process:
    tests = reach.tests(mutant)
    paths = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    seconds = 20 + 2 * sum(reach.seconds[test] for test in tests)
    return Process(Path(os.devnull), slot, seconds, run_tests, Ordered(tests), part, paths, mutant)


def survivors_of(
    part: Part, wanted: list[Mutant], reach: Reach, *, at_once: int, until: float
) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant, as soon as it is known, with whether it survives."""
    free, waiting, running = list(range(at_once)), wanted[::-1], dict[Process, Mutant]()
    while running or (waiting and time.monotonic() < until):
        while free and waiting and time.monotonic() < until:
            mutant = waiting.pop()
            if reach.tests(mutant):
                running[begin(free[-1], part, mutant, reach)] = mutant
                free.pop()
            else:
                yield mutant, True
        ready = connection.wait([process.answer for process in running], timeout=1)
        for process in [each for each in running if each.answer in ready or each.is_late]:
            free.append(process.slot)
            yield running.pop(process), process.end() == 0


def measure(part: Part, options: argparse.Namespace) -> tuple[int, int, int]:
    """Try a sample; return how many were tried and caught, and how many can't be told from the source."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output.txt"
        tracing = Process(output, 0, 1200, trace, part)
        connection.wait([tracing.answer])
        reach = tracing.end()
        if reach is None:
            sys.exit(f"{output.read_text()}\nthe tests fail before anything is changed")
    every = [mutant for file in part.files() for mutant in mutants(file, Path(file).read_text())]
    drawn = random.Random(options.seed).sample(every, min(options.sample, len(every)))  # noqa: S311 (can be repeated)
    known = {entry["mutant"] for entry in tomllib.loads(EQUIVALENT.read_text()).get("equivalent", ())}
    counted = [mutant for mutant in drawn if mutant.name not in known]
    until = time.monotonic() + options.minutes * 60
    tried = caught = 0
    for mutant, survives in survivors_of(part, counted, reach, at_once=options.at_once, until=until):
        tried += 1
        caught += not survives
        if survives:
            print(f"survived  {mutant.name}  (line {mutant.line})", flush=True)
    return tried, caught, len(drawn) - len(counted)


def _leave_settings_behind() -> None:
    """Drop a developer's keys and settings from the environment, as ``make test`` does."""
    for name in list(os.environ):
        if name not in (*KEPT, "DATABASE_URL", "REDIS_URL") and not name.startswith("PYTEST_"):
            del os.environ[name]
    os.environ["ENV_FILE"] = os.devnull


def main() -> int:
    parser = argparse.ArgumentParser(description="Change the source and see whether the tests notice.")
    parser.add_argument(
        "--part", choices=PARTS, action="append", help="several times for several parts (default: all)"
    )
    parser.add_argument(
        "--minutes", type=float, default=15, help="for each part, beside the first run of its tests"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=100, help="mutants of each part")
    parser.add_argument(
        "--at-once", type=int, choices=range(1, SLOTS + 1), default=2, help="processes (default: 2)"
    )
    options = parser.parse_args()
    _leave_settings_behind()
    for name in AHEAD:
        importlib.import_module(name)
    status = 0
    with contextlib.ExitStack() as stack:
        for name in options.part or PARTS:
            part = PARTS[name]
            if part.needs_services and "DATABASE_URL" not in os.environ:
                os.environ |= stack.enter_context(running(ephemeral=True))
            say(f"{name}: running its tests once")
            tried, caught, equivalent = measure(part, options)
            share = 100 * caught / max(tried, 1)
            status |= share < WANTED
            say(f"{name}: {caught} of {tried} caught ({share:.1f} %); {equivalent} equivalent left out")
    return status


if __name__ == "__main__":
    sys.exit(main())
