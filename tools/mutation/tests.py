"""Run tests in this process: all of a part while noting what they reach, or some of them with a mutant in its place."""

from __future__ import annotations

import itertools
import math
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any, Final

from tools.mutation.mutants import Mutant
from tools.mutation.parts import Part

# Seconds that tests may take together which don't reach the line.
OTHERS: Final = 15
# Nobody reads how an assertion failed.
_ALWAYS: Final = ("-x", "-q", "-p", "no:randomly", "--assert=plain")
# Start pytest without Django and tests/conftest.py.
_WITHOUT_DJANGO: Final = (
    *("--noconftest", "-p", "no:django", "-p", "no:xdist", "-p", "no:cacheprovider"),
    *("-o", "addopts=--import-mode=importlib", "-W", "ignore:Unknown config option"),
)
# So many calls of a function are followed line by line in one test: the engine's are called millions of times.
FOLLOWED: Final = 30


@dataclass
class Reach:
    """The lines of a part that each test executed."""

    seconds: dict[str, float] = field(default_factory=dict)  # by test, in the order in which they ran
    lines: dict[tuple[str, int], set[str]] = field(default_factory=dict)  # tests by file and line

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests to run: those that reach the line, then others from files whose tests enter the module.

        A function may keep its results, so that the line is reached by the first test that asks only.
        """
        nearest = self.lines.get((mutant.file, mutant.line), set())
        entering = {test for (file, _), tests in self.lines.items() if file == mutant.file for test in tests}
        files = {_file_of(test) for test in entering}
        others = {test for test in self.seconds if _file_of(test) in files}
        return self._quickest(nearest) + self._quickest(others - nearest, OTHERS)

    def _quickest(self, tests: set[str], most: float = math.inf) -> list[str]:
        ordered = sorted(tests, key=lambda test: (self.seconds[test], test))
        total = itertools.accumulate(self.seconds[test] for test in ordered)
        return [test for test, seconds in zip(ordered, total, strict=True) if seconds <= most]


def _file_of(test: str) -> str:
    return test.partition("::")[0]


class Tracer:
    """A plugin of pytest that fills a ``Reach``."""

    def __init__(self, files: list[str]) -> None:
        self.reach = Reach()
        self._files = {str(Path(file).resolve()): file for file in files}
        self._seen: set[tuple[str, int]] = set()
        self._calls: dict[CodeType, int] = {}  # how often each has been followed in this test

    def pytest_runtest_protocol(self, item: Any, nextitem: Any) -> None:
        self._calls, self._seen = {}, set()
        sys.settrace(self._trace)  # for each test anew: some end it
        threading.settrace(self._trace)
        self._began = time.monotonic()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        sys.settrace(None)
        threading.settrace(None)
        self.reach.seconds[nodeid] = time.monotonic() - self._began
        for place in list(self._seen):
            self.reach.lines.setdefault(place, set()).add(nodeid)

    def _trace(self, frame: Any, event: str, _: Any) -> Any:
        code = frame.f_code
        file = self._files.get(code.co_filename)
        if file is None or self._calls.get(code, 0) >= FOLLOWED:
            return None
        self._calls[code] = self._calls.get(code, 0) + 1

        def line(frame: Any, event: str, _: Any) -> Any:
            self._seen.add((file, frame.f_lineno))
            return line

        return line(frame, event, None)


class Examples:
    """A plugin of pytest that chooses how hypothesis works."""

    def pytest_sessionstart(self) -> None:
        import hypothesis

        # One failure is enough, no matter of what size; one mutant's failures are not the next one's examples; and a
        # busy machine catches nothing.
        quick = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutate", phases=quick, database=None, derandomize=True, deadline=None
        )
        hypothesis.settings.load_profile("mutate")


class Ordered:
    """A plugin of pytest that runs these tests, in this order."""

    def __init__(self, tests: list[str]) -> None:
        self._place = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = [item for item in items if item.nodeid in self._place]

    def pytest_collection_finish(self, session: Any) -> None:
        session.items.sort(key=lambda item: self._place[item.nodeid])


class MutantFinder(MetaPathFinder):
    """Imports the mutant where its module is asked for."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._module = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self._module:
            return None
        file = Path(self._mutant.file).resolve()
        code = compile(self._mutant.tree(file.read_text()), file, "exec", dont_inherit=True)

        class Loader(SourceFileLoader):
            def get_code(self, fullname: str) -> Any:
                return code

        return spec_from_file_location(name, file, loader=Loader(name, str(file)))


def run_tests(plugin: object, part: Part, paths: Sequence[str], mutant: Mutant | None = None) -> int:
    """Run pytest in this process and return its exit status."""
    import pytest

    if mutant is not None:
        sys.meta_path.insert(0, MutantFinder(mutant))
    options = () if part.needs_django else _WITHOUT_DJANGO
    return int(pytest.main([*_ALWAYS, *options, *paths], plugins=[Examples(), plugin]))


def trace(part: Part) -> Reach:
    """Run all tests of the part and return what they reach. Raises RuntimeError if one fails."""
    tracer = Tracer(part.files())
    status = run_tests(tracer, part, part.tests)
    if status:
        raise RuntimeError(f"pytest ended with {status} before anything was changed")
    return tracer.reach
