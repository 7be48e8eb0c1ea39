"""docs/accuracy.md says what is measured now."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fortune.saju import ENGINE_VERSION
from tools.docs import accuracy


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(accuracy.FIGURES.read_text(encoding="utf-8"))
    return found


def test_the_page_is_what_the_figures_say(figures: dict[str, Any]) -> None:
    assert accuracy.MARKDOWN.read_text(encoding="utf-8") == accuracy.rendered(figures)
    assert figures["rows"] == accuracy.rows(figures)
    assert figures["engine"] == ENGINE_VERSION


def test_the_terms_are_still_as_far_off_as_written(figures: dict[str, Any]) -> None:
    assert accuracy.terms() == figures["terms"]


def test_the_lunar_calendar_is_still_as_right_as_written(figures: dict[str, Any]) -> None:
    assert accuracy.lunar_calendar() == figures["lunar"]


def test_the_choices_still_move_what_is_written(figures: dict[str, Any]) -> None:
    assert accuracy.choices() == figures["choices"]


def test_the_judgements_still_agree_with_the_books_as_often_as_written(figures: dict[str, Any]) -> None:
    assert accuracy.judgements() == figures["judgements"]


def test_no_chart_was_found_different(figures: dict[str, Any]) -> None:
    # The charts themselves are compared again in tests/golden/test_oracle_charts.py.
    assert {row["different"] for row in figures["charts"].values()} == {0}
