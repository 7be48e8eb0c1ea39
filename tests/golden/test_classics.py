"""The charts of three classics, judged by the engine: no fewer than docs/accuracy.md says agree."""

from __future__ import annotations

import pytest

from tests.golden.classics import BOOKS, cases, figures

LEAST = {
    ("ditiansui", "strength"): 0.90,
    ("ditiansui", "useful"): 0.71,
    ("ditiansui", "structure"): 0.60,
    ("qianli", "strength"): 0.89,
    ("qianli", "useful"): 0.68,
    ("qianli", "structure"): 0.89,
    ("shenfeng", "strength"): 0.66,
}


@pytest.fixture(scope="module")
def agreed() -> dict[str, dict[str, tuple[int, int]]]:
    return figures()


@pytest.mark.parametrize("book", BOOKS)
def test_every_line_is_a_chart_with_something_said_of_it(book: str) -> None:
    found = list(cases(book))
    assert len({case.pillars for case in found}) >= 0.99 * len(found)


@pytest.mark.parametrize(("book", "kind"), LEAST)
def test_judgements_agree_with_the_book_as_often_as_written(
    agreed: dict[str, dict[str, tuple[int, int]]], book: str, kind: str
) -> None:
    found, total = agreed[book][kind]
    assert found >= LEAST[book, kind] * total
