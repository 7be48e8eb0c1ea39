"""A conversation about a chart: the questions asked so far with their answers, the newest first, and suggestions for the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from core.streams import Run
from fortune.models import Reading
from fortune.pages.charts.chart import ChartView, chart_view
from fortune.pages.parts import ReadingChart
from fortune.pages.reading import title_of
from fortune.pages.text import all_open, blocks_html, inputs_of
from fortune.readings import followups
from fortune.saju import cast

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer. ``live``: the answer is still being written, on its own page."""

    question: str
    answer: SafeString
    live: bool
    url: str


@dataclass(frozen=True, slots=True)
class QuestionBox:
    """The form for a question, where the conversation itself isn't shown."""

    ask_url: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    title: str
    url: str
    ask_url: str
    chart: ChartView
    turns: tuple[Turn, ...]
    suggestions: tuple[str, ...]


def question_box(chart: ReadingChart) -> QuestionBox:
    return QuestionBox(f"{chart.reading.get_absolute_url()}ask/", chart.suggestions())


def parent_of(reading: Reading) -> Reading:
    """Return the reading that a conversation is about: the parent of a question, else the reading itself."""
    return reading.parent if reading.parent_id and reading.parent else reading


def conversation(parent: Reading, *, before: Reading | None = None) -> Conversation:
    """Return the conversation, the newest first; with ``before``, only earlier questions. Two queries."""
    # Through the parent, which each question then knows: the answers of a 궁합 are checked against both charts.
    rows = parent.questions.order_by("-created_at")
    if before is not None:
        rows = rows.filter(created_at__lt=before.created_at)
    asked = list(rows[:SHOWN])
    newest: dict[object, Run] = {}
    for run in Run.objects.filter(subject__in=[row.id for row in asked]).order_by("epoch"):
        newest[run.subject] = run
    return Conversation(
        title_of(parent),
        parent.get_absolute_url(),
        f"{parent.get_absolute_url()}ask/",
        chart_view(cast(parent.birth, parent.options).facts),
        tuple(_turn(row, newest.get(row.id)) for row in asked),
        followups.suggestions(replace(inputs_of(parent), turns=tuple((row.question, "") for row in asked))),
    )


def _turn(row: Reading, run: Run | None) -> Turn:
    live = run is None or run.is_live
    return Turn(
        row.question, SafeString("") if live or run is None else all_open(blocks_html(row, run.text)), live,
        row.get_absolute_url(),
    )  # fmt: skip
