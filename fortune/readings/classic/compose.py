"""From inputs to the finished text. Pure and deterministic: the same inputs, the same bytes."""

from __future__ import annotations

from fortune.readings import safety
from fortune.readings.classic.answer import answer
from fortune.readings.classic.draft import memory
from fortune.readings.classic.draft.page import Page
from fortune.readings.classic.kinds import days, full, pairs, topics, years
from fortune.readings.inputs import ReadingInput

_KINDS = {
    "full": full.write,
    "topic": topics.write,
    "daily": days.write,
    "year": years.write,
    "match": pairs.write,
    "question": answer.write,
}


def compose(inputs: ReadingInput) -> str:
    """Return the whole reading as Markdown: ``## `` titles, paragraphs that end with their facts in ``[[…]]``.

    A topic, a day, a year and an answer say no sentence again of the reading that came before. A question that speaks of
    a crisis is answered with the help lines and nothing else.
    """
    if crisis := safety.crisis_in(inputs.question):
        return safety.crisis_text(crisis, inputs.language) + "\n"
    page = Page.of(inputs, told=_told(inputs))
    _KINDS[inputs.kind](page)
    return page.finished()


def _told(inputs: ReadingInput) -> frozenset[str]:
    return frozenset[str]().union(*(memory.told_in(compose(parent)) for parent in memory.parents_of(inputs)))
