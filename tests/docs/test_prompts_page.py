"""The figures of docs/prompts.md are those of the prompts as they are."""

from __future__ import annotations

from pathlib import Path

from tools.docs import prompts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "prompts.md"


def test_the_table_is_fresh() -> None:
    assert prompts.table() in PAGE.read_text("utf-8")
