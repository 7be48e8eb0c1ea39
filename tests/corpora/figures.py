"""Recall and false alarms of the checks over the corpora, and what is read from questions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fortune.readings.classic.asked import Asked
from fortune.readings.grounding import Truth, check
from fortune.readings.safety import crisis_in
from tests.unit.readings.charts import inputs, person

HERE = Path(__file__).parent
_CHARTS = {
    "A": (1990, 5, 15, 12, "female"),
    "B": (1984, 2, 5, 0, "female"),
    "C": (2000, 1, 1, 12, "male"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """``recall``: the share found of what must be; ``alarms``: the share found of what must not be."""

    recall: float
    alarms: float
    wanted: int
    unwanted: int
    missed: tuple[str, ...]
    alarmed: tuple[str, ...]

    @classmethod
    def of(cls, rows: list[tuple[str, bool, bool]]) -> Figures:
        """Return the figures of (sentence, must be found, was found)."""
        missed = tuple(text for text, wanted, found in rows if wanted and not found)
        alarmed = tuple(text for text, wanted, found in rows if not wanted and found)
        wanted = sum(1 for row in rows if row[1])
        unwanted = len(rows) - wanted
        return cls(
            1 - len(missed) / wanted, len(alarmed) / max(1, unwanted), wanted, unwanted, missed, alarmed
        )


def _lines(name: str, half: str) -> list[str]:
    """Return the lines of a corpus: "tuned" those that the code was tuned on, "kept back" the others, "" all."""
    text = (HERE / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {"tuned": lines[::2], "kept back": lines[1::2], "": lines}[half]


def grounding(half: str = "") -> Figures:
    """Return how well contradictions are marked."""
    truths = {name: Truth.of(inputs(who=person(*birth))) for name, birth in _CHARTS.items()}
    rows = []
    for line in _lines("grounding.txt", half):
        kind, chart, text = line.split(" ", 2)
        rows.append((line, kind == "F", bool(check(text, truths[chart]))))
    return Figures.of(rows)


def sentences() -> list[str]:
    """Return the sentences of the grounding corpus."""
    return [line.split(" ", 2)[2] for line in _lines("grounding.txt", "")]


def care(half: str = "") -> Figures:
    """Return how well words of crisis are heard: of the half that was "looked at", of the "kept" one, or of both."""
    rows, at = [], ""
    for line in (HERE / "care.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            at = line.strip("= ")
        elif line and not line.startswith("#") and half in ("", at):
            sign, _, words = line.partition(" | ")
            found = crisis_in(words)
            rows.append((line, sign != "none", sign in found if sign != "none" else bool(found)))
    return Figures.of(rows)


def question_rows(name: str = "questions.txt") -> list[tuple[str, ...]]:
    """Return (who, subject, form, year, question) of each line; "earlier > question" is a follow-up."""
    return [tuple(part.strip() for part in line.split("|")) for line in _lines(name, "")]


def asked(question: str) -> Asked:
    """Return what is read from a line's question."""
    *earlier, last = (part.strip() for part in question.split(">"))
    return Asked.of(inputs("question", question=last, turns=tuple((row, "") for row in earlier)))


def questions(name: str = "questions.txt") -> Figures:
    """Return how many questions are read in all their parts."""
    rows = []
    for who, subject, form, year, question in question_rows(name):
        read = asked(question)
        rows.append(
            (
                question,
                True,
                (read.who, read.subject, read.form, read.year) == (who, subject, form, int(year)),
            )
        )
    return Figures.of(rows)
