"""The lock files are in step with what they were made from, and every line of them carries hashes."""

from __future__ import annotations

import contextlib
import re
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.unit.sources import ROOT
from tools.lock import NAMES


def wanted(name: str) -> list[Requirement]:
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def locked(name: str) -> dict[str, list[Requirement]]:
    pins: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[^\s#][^\\]*", (ROOT / f"{name}.txt").read_text(), re.MULTILINE):
        requirement = Requirement(line)
        pins.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return pins


@pytest.mark.parametrize("name", NAMES)
def test_every_requirement_is_locked_at_a_version_it_allows(name):
    pins = locked(name)
    for requirement in wanted(name):
        found = pins.get(canonicalize_name(requirement.name), [])
        versions = [next(iter(pin.specifier)).version for pin in found]
        assert any(requirement.specifier.contains(v) for v in versions), f"{requirement}: run `make lock`"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_locked_that_nobody_asked_for(name):
    """A pin is stale when every requirement that uv names below it is gone from the .in file."""
    reasons = re.findall(rf"-r {name}\.in\n", (ROOT / f"{name}.txt").read_text())
    pinned_for_us = len(reasons)
    assert pinned_for_us == len(wanted(name)), "run `make lock`"


@pytest.mark.parametrize("name", NAMES)
def test_every_pin_is_exact_and_hashed(name):
    entries = re.split(
        r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", (ROOT / f"{name}.txt").read_text(), flags=re.MULTILINE)
    )
    for entry in filter(str.strip, entries):
        assert re.match(r"^[a-z0-9.\-]+(\[[a-z0-9,\-]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", ["requirements", "requirements-local"])
def test_a_pin_names_the_extras_that_are_asked_of_it(name):
    """Otherwise pip before 23.2 takes ``google-auth[requests]`` for another requirement without a hash."""
    pins = {package: pin for part in ("requirements", name) for package, pin in locked(part).items()}
    asked = wanted(name)
    for package, (pin, *_) in pins.items():
        with contextlib.suppress(PackageNotFoundError):
            for line in requires(package) or []:
                requirement = Requirement(line)
                if any(
                    requirement.marker is None or requirement.marker.evaluate({"extra": extra})
                    for extra in (*pin.extras, "")
                ):
                    asked.append(requirement)
    missing = [
        str(requirement)
        for requirement in asked
        for pin in pins.get(canonicalize_name(requirement.name), [])
        if not requirement.extras <= pin.extras
    ]
    assert missing == []


def test_django_is_the_long_term_release_on_3_11_and_the_newest_after():
    django = {str(pin.marker): next(iter(pin.specifier)).version for pin in locked("requirements")["django"]}
    assert {marker: version.rpartition(".")[0] for marker, version in django.items()} == {
        'python_full_version < "3.12"': "5.2",
        'python_full_version >= "3.12"': "6.1",
    }
