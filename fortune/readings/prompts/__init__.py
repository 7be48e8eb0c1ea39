"""Prompts: the chart as the only truth, rules, and titled sections in their fixed order.

The words of a version are in ``v<N>/<language>.toml`` and never change once readings were made with them:
a new wording is a new version. No name, birth date or place ever enters a prompt.

The part that all visitors of a kind and language share comes first, as the system's message, so that providers find
it in their caches; then the facts of the chart, then the conversation; the day and the question come last.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from core.llm.types import Message, Prompt
from fortune.readings.facts.fact_sheet import fact_sheet
from fortune.readings.inputs import ReadingInput
from fortune.readings.prompts.ranking import ranked
from fortune.readings.sections import titles

PROMPT_VERSION = "2"
MAX_TURN = 1_200  # characters of an earlier answer that are sent along
MAX_QUESTION = 500
# Room for the longest text that is asked for, its evidence marks, and as much again for models that count their
# thoughts as output. 8,192 is the most that DeepSeek allows.
MAX_TOKENS = 8_000

_FOLDER = Path(__file__).parent / f"v{PROMPT_VERSION}"
_WORDS: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.toml"))
}
_COMMON = ("role", "rules", "life", "care", "quoted", "evidence", "tone")


def prompt_of(inputs: ReadingInput) -> Prompt:
    """Return the prompt for ``inputs``."""
    words = _WORDS[inputs.language]
    messages = _conversation(inputs, words) if inputs.kind == "question" else [_request(inputs, words)]
    return Prompt(system_of(inputs), tuple(messages), max_tokens=MAX_TOKENS, inputs=inputs)


def system_of(m: ReadingInput) -> str:
    """Return what is the same, byte for byte, for everyone who asks for this kind of reading in this language.

    A child's and a teenager's 총평 has titles of its own.
    """
    words = _WORDS[m.language]
    kind = kind_of(m)
    least, most = kind["length"]
    relation = words["relations"][m.relation or "none"] if m.other is not None else ""
    task = kind["task"].format(topic=words["topics"].get(m.topic, ""), relation=relation).strip()
    listed = titles(m.kind, mode=m.mode, topic=m.topic, language=m.language, age=m.age)
    return "\n\n".join(
        (
            *(words[part].strip() for part in _COMMON),
            f"{task} {words['length'].format(least=least, most=most)}",
            "\n".join((words["sections"], *(f"## {title}" for title in listed))),
            f"{words['example']}\n{kind['example']}",
        )
    )


def kind_of(m: ReadingInput) -> dict[str, Any]:
    """Return the task, the length (least and most, in characters or English words) and the example of a reading."""
    found: dict[str, Any] = _WORDS[m.language]["kinds"][m.kind if m.kind != "full" else f"full_{m.mode}"]
    return found


def _request(m: ReadingInput, words: dict[str, Any]) -> Message:
    """Return the facts, then the day, then what to begin with."""
    asked = {"daily": m.about_day.isoformat(), "year": str(m.about_year)}.get(m.kind)
    day = words["today"].format(today=m.today.isoformat())
    about = [words["about"][m.kind].format(asked=asked)] if asked else []
    return Message("user", "\n\n".join((_facts(m, words), "\n".join((day, *about, words["begin"])))))


def _facts(m: ReadingInput, words: dict[str, Any]) -> str:
    korean = m.language == "ko"
    rows = (f"{row.id}: {row.text_ko if korean else row.text_en}" for row in ranked(fact_sheet(m), m))
    return "\n".join((words["facts"], *rows))


def _conversation(m: ReadingInput, words: dict[str, Any]) -> list[Message]:
    """Return the facts once, then the earlier turns, then the day and the question."""
    messages = [Message("user", _facts(m, words)), Message("assistant", words["ready"])]
    for question, answer in m.turns:
        messages.append(Message("user", _fenced(question, words)))
        messages.append(Message("assistant", answer[:MAX_TURN] or words["unanswered"]))
    day = words["today"].format(today=m.today.isoformat())
    messages.append(Message("user", "\n\n".join((day, _fenced(m.question, words), words["answer"]))))
    return messages


def _fenced(question: str, words: dict[str, Any]) -> str:
    """Return the visitor's words within a fence that nothing in them can close: they have no angle brackets."""
    plain = question[:MAX_QUESTION].replace("<", "‹").replace(">", "›").replace("＜", "‹").replace("＞", "›")
    return str(words["question"].strip().format(question=plain.strip()))
