"""The defaults of production: they hold without anybody setting them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.unit.sources import ROOT


def in_production(name: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Print a setting of production, read in a process of its own."""
    given = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "SECRET_KEY": "k" * 50}
    return subprocess.run(
        [sys.executable, "-c", f"from config.settings import production; print(production.{name})"],
        cwd=ROOT,
        env=given | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("environ", "value"), [({}, "True"), ({"ADMIN_SECOND_FACTOR": "false"}, "False")])
def test_the_admin_asks_for_a_second_factor_unless_it_is_switched_off(
    environ: dict[str, str], value: str
) -> None:
    said = in_production("ADMIN_SECOND_FACTOR", ALLOWED_HOSTS="fortune.example", **environ)
    assert said.stdout == f"{value}\n", said.stderr


@pytest.mark.parametrize(
    ("environ", "origin"),
    [
        ({"ALLOWED_HOSTS": "fortune.example,www.fortune.example"}, "https://fortune.example"),
        ({"ALLOWED_HOSTS": ".fortune.example"}, "https://fortune.example"),
        ({"ALLOWED_HOSTS": "*", "SITE_ORIGIN": "https://saju.example/"}, "https://saju.example"),
        (
            {"ALLOWED_HOSTS": "fortune.example", "SITE_ORIGIN": "https://saju.example"},
            "https://saju.example",
        ),
    ],
)
def test_links_in_mails_lead_to_the_first_allowed_host_unless_an_origin_is_given(
    environ: dict[str, str], origin: str
) -> None:
    said = in_production("SITE_ORIGIN", **environ)
    assert said.stdout == f"{origin}\n", said.stderr


def test_where_every_host_is_allowed_an_origin_is_required() -> None:
    said = in_production("SITE_ORIGIN", ALLOWED_HOSTS="*")
    assert said.returncode != 0 and "SITE_ORIGIN is not set" in said.stderr
