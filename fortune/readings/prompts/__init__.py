"""What a model is asked: the chart as the only truth, and the rules of the house."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime

from core.llm.types import Message, Prompt
from fortune.saju import Chart

PROMPT_VERSION = "0"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question about a chart and what was answered."""

    question: str
    answer: str


def build(
    *,
    chart: Chart,
    other: Chart | None = None,
    kind: str,
    mode: str,
    topic: str,
    date: Date | None,
    language: str,
    question: str = "",
    turns: tuple[Turn, ...] = (),
    now: datetime,
) -> Prompt:
    """The prompt for one reading. It holds no birth date, place or name."""
    facts = json.dumps(chart.facts.to_json(), ensure_ascii=False)
    return Prompt(
        system="사주 명식의 사실만 근거로 따뜻한 해요체로 풀이해 주세요.",
        messages=(Message("user", f"{kind} {mode} {topic}\n{facts}\n{question}"),),
    )
