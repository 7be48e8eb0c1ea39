"""Test a person's own Gemini key before a reading depends on it."""

from __future__ import annotations

from typing import Literal

from core.llm.cancel import Cancel, Cancelled
from core.llm.types import Deadlines, Message, Prompt, ProviderError

Verdict = Literal["works", "refused", "limited", "unreachable"]

# Small enough to cost nothing worth mentioning, and no birth data in it.
QUESTION = Prompt(system="Answer with one word.", messages=(Message("user", "Say: yes"),), max_tokens=256)
DEADLINES = Deadlines(connect=3, first_token=10, idle=5, total=15)


def try_out(key: str) -> Verdict:
    """Send Gemini one tiny question with the key. Takes at most 15 seconds."""
    from core.llm import registry

    try:
        stream = registry.providers().own(key).open(QUESTION, deadlines=DEADLINES, cancel=Cancel())
        try:
            stream.read()
        finally:
            stream.close()
    except ProviderError as error:
        if error.kind in ("auth", "bad_request"):
            return "refused"
        return "limited" if error.kind == "rate_limited" else "unreachable"
    except Cancelled:
        return "unreachable"
    return "works"
