"""Suggested questions come from the chart, and none is offered twice."""

from __future__ import annotations

import pytest

from fortune.readings.followups import suggestions
from tests.unit.readings.charts import READINGS, at_random, inputs, person


@pytest.mark.parametrize(("kind", "mode", "topic"), READINGS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_three_different_questions_follow_every_reading(
    kind: str, mode: str, topic: str, language: str
) -> None:
    for seed in range(20):
        rows = suggestions(inputs(kind, mode, topic, who=at_random(seed), language=language))
        assert len(set(rows)) == 3
        assert all(row.endswith("?") and "{" not in row for row in rows)


def test_they_differ_with_the_chart() -> None:
    assert len({suggestions(inputs(who=at_random(seed))) for seed in range(40)}) > 15


def test_nothing_is_said_of_missing_signs_without_the_hour() -> None:
    for seed in range(40):
        rows = suggestions(inputs(who=person(1950 + seed, 3, 3, None)), 9)
        assert not any("없는 명식" in row or "없으면" in row for row in rows)


def test_a_question_already_asked_is_not_suggested() -> None:
    first = suggestions(inputs())[0]
    again = suggestions(inputs("question", question=first, turns=((suggestions(inputs())[1], "답"),)))
    assert first not in again
    assert suggestions(inputs())[1] not in again
