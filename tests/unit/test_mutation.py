"""`make mutate`: a mutant that a test notices is caught, one that none notices survives."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import textwrap
from pathlib import Path

from tools.mutation.mutants import mutants

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """
import logging
log = logging.getLogger(__name__)
MOST: Final[int | None] = 3


@cache(size=7)
def room(taken: int | None = 0) -> bool:
    '''Return 1 if there is room.'''
    assert taken >= 0
    log.info("asked %s", 9)
    if taken < MOST and not closed():
        note(taken)
        return True
    raise Full(f"{taken + 1}")
"""


def found(source: str) -> list[str]:
    """Return the names of all mutants, without where they are."""
    return [mutant.name.partition(": ")[2] for mutant in mutants("m.py", textwrap.dedent(source))]


def test_every_small_thing_is_changed_and_what_nobody_promises_is_not() -> None:
    condition = "if taken < MOST and (not closed()):"
    assert sorted(found(SOURCE)) == sorted(
        [
            "3  →  4  in  MOST: Final[int | None] = 3",
            "3  →  2  in  MOST: Final[int | None] = 3",
            "0  →  1  in  def room(taken: int | None=0) -> bool:",
            "0  →  -1  in  def room(taken: int | None=0) -> bool:",
            f"{condition}  →  if True:",
            f"{condition}  →  if False:",
            f"taken < MOST and (not closed())  →  taken < MOST or not closed()  in  {condition}",
            f"taken < MOST  →  taken <= MOST  in  {condition}",
            f"taken < MOST  →  taken >= MOST  in  {condition}",
            f"not closed()  →  closed()  in  {condition}",
            "note(taken)  →  pass",
            "True  →  False  in  return True",
            "raise Full(f'{taken + 1}')  →  pass",
        ]
    )


def test_a_mutant_differs_in_one_place() -> None:
    changed = [ast.unparse(mutant.tree("a = b + c - d")) for mutant in mutants("m.py", "a = b + c - d")]
    assert changed == ["a = b + c + d", "a = b - c - d"]


def test_names_are_told_apart_and_survive_other_lines() -> None:
    source = "def f():\n    return g(1, 1)"
    names = [mutant.name for mutant in mutants("m.py", source)]
    assert len(set(names)) == 5
    assert names == [mutant.name for mutant in mutants("m.py", f"import g\n\n{source}")]


MODULE = """
import functools


@functools.cache
def doubled(number):
    return number + number


def is_full(count):
    return count >= MOST


def unseen(number):
    return number


MOST = 10
"""
TESTS = """
import pytest
from sample import doubled, is_full


def test_first(): doubled(3)


def test_second(): assert doubled(3) == 6


@pytest.mark.parametrize("count", [8, 11])
def test_is_full(count): assert is_full(count) == (count > 9)
"""
RUN = """
import sys
from tools.mutation.__main__ import PARTS, main
from tools.mutation.parts import Part
PARTS.clear()
PARTS["sample"] = Part(("sample.py",), ("test_sample.py",))
sys.argv = ["mutation", "--sample", "99"]
sys.exit(main())
"""


def test_what_a_test_notices_is_caught_and_the_rest_survives(tmp_path: Path) -> None:
    (tmp_path / "sample.py").write_text(MODULE)
    (tmp_path / "test_sample.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )
    survived = {line.partition(": ")[2] for line in done.stdout.splitlines() if line.startswith("survived")}
    assert survived == {
        "count >= MOST  →  count > MOST  in  return count >= MOST  (line 11)",  # no test asks at the boundary
        "10  →  11  in  MOST = 10  (line 18)",
        "10  →  9  in  MOST = 10  (line 18)",
        "return number  →  return None  (line 15)",  # no test comes here
    }
    assert "4 of 8 caught (50.0 %)" in done.stdout
    assert done.returncode == 1, done.stdout + done.stderr
    assert (tmp_path / "sample.py").read_text() == MODULE
