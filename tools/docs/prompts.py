"""Print the table of docs/prompts.md: how long each kind of prompt is. Run as `python -m tools.docs.prompts`."""

from __future__ import annotations

import datetime as dt

from core.llm.pricing import input_tokens
from core.llm.types import Message, Prompt
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.prompts import kind_of, prompt_of
from fortune.saju import Birth, cast

ON = dt.date(2026, 11, 29)


def table() -> str:
    """Return a row for each kind and language, for one chart with its hour known."""
    who = Person.of(cast(Birth("solar", 1990, 5, 15, 12, 0, gender="female")))
    other = Person.of(cast(Birth("solar", 2000, 1, 1, 12, 0, gender="male")))
    rows = [
        "| reading | language | same for all | facts, day, question | asked for |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind in ("full", "topic", "daily", "year", "match", "question"):
        for language in ("ko", "en"):
            m = ReadingInput(
                kind, who, ON, language=language,
                topic="love" if kind == "topic" else "",
                other=other if kind == "match" else None,
                relation="lovers" if kind == "match" else "",
                question="언제 이직하면 좋을까요?" if kind == "question" else "",
            )  # fmt: skip
            prompt = prompt_of(m)
            same = input_tokens(Prompt(prompt.system, ()))
            own = input_tokens(Prompt("", tuple(Message(row.role, row.text) for row in prompt.messages)))
            least, most = kind_of(m)["length"]
            unit = "syllables" if language == "ko" else "words"
            rows.append(f"| {kind} | {language} | {same:,} | {own:,} | {least:,}–{most:,} {unit} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
