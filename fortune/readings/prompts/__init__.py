"""Prompts: the chart as the only truth, rules, and titled sections in their fixed order.

The words of a version are in ``v<N>/<language>.toml`` and never change once readings were made with them:
a new wording is a new version. No name, birth date or place ever enters a prompt.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from core.llm.types import Message, Prompt
from fortune.readings.fact_sheet import fact_sheet
from fortune.readings.inputs import ReadingInput
from fortune.readings.sections import titles
from fortune.saju.statements.statement import Statement

PROMPT_VERSION = "1"
MAX_TURN = 1_200  # characters of an earlier answer that are sent along
MAX_QUESTION = 500
# Room for 3,000 Korean characters, the longest text that is asked for, with their evidence marks and for models that
# count their thoughts as output. 8,192 is the most that DeepSeek allows.
MAX_TOKENS = 8_000

_FOLDER = Path(__file__).parent / f"v{PROMPT_VERSION}"
_WORDS: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.toml"))
}
# Statements that would lengthen the prompt more than they help the reading.
_LEFT_OUT = (
    "nayin.",
    "own_stage.",
    "palace.",
    "samjae",
    "polarity",
    "command",
    "void.",
    "structure.candidate",
)


def prompt_of(inputs: ReadingInput) -> Prompt:
    """Return the prompt for ``inputs``."""
    words = _WORDS[inputs.language]
    system = "\n\n".join((words["role"], words["rules"], words["evidence"].strip(), words["tone"])).strip()
    messages = [Message("user", _request(inputs, words))]
    if inputs.kind == "question":
        messages = _conversation(inputs, words)
    return Prompt(system, tuple(messages), max_tokens=MAX_TOKENS, inputs=inputs)


def _request(m: ReadingInput, words: dict[str, Any]) -> str:
    """Return the facts, then the task, then the titles."""
    wanted = words["kinds"][m.kind if m.kind != "full" else f"full_{m.mode}"].strip()
    fields = {
        "topic": words["topics"].get(m.topic, ""),
        "day": m.about_day.isoformat(),
        "year": m.about_year,
    }
    listed = titles(m.kind, mode=m.mode, topic=m.topic, language=m.language)
    sections = "\n".join(f"## {title}" for title in listed)
    return "\n\n".join(
        (
            words["today"].format(today=m.today.isoformat()),
            words["facts"].strip() + "\n" + _facts(m),
            wanted.format(**fields),
            words["sections"].strip() + "\n" + sections,
        )
    )


def _facts(m: ReadingInput) -> str:
    rows = [
        row
        for row in fact_sheet(m)
        if not row.id.removeprefix("b.").startswith(_LEFT_OUT) and not row.id.endswith((".level", ".weight"))
    ]
    return "\n".join(_line(row, m.language) for row in rows)


def _line(row: Statement, language: str) -> str:
    return f"{row.id}: {row.text_ko if language == 'ko' else row.text_en}"


def _conversation(m: ReadingInput, words: dict[str, Any]) -> list[Message]:
    """Return the facts once, then the earlier turns, then the question."""
    messages = [Message("user", _request(m, words)), Message("assistant", words["ready"])]
    for question, answer in m.turns:
        messages.append(Message("user", question[:MAX_QUESTION]))
        messages.append(Message("assistant", answer[:MAX_TURN] or words["unanswered"]))
    messages.append(Message("user", words["ask"].format(question=m.question[:MAX_QUESTION])))
    return messages
