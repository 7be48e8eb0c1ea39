"""Estimate what a request costs, in millionths of a US dollar, by a small price list.

Providers change their prices: the figures are estimates for operators and for the daily budget. A model that is not
listed counts as the dearest one that is, so that a budget is not exceeded unseen.
"""

from __future__ import annotations

from typing import Final

from core.llm.types import Kind, Prompt, Usage

# US dollars per million tokens: input, cached input, output. To be checked against the invoice.
PRICES: Final = {
    "deepseek-chat": (0.28, 0.028, 0.42),
    "deepseek-reasoner": (0.28, 0.028, 0.42),
    "gemini-2.5-flash-lite": (0.10, 0.025, 0.40),
    "gemini-2.5-flash": (0.30, 0.075, 2.50),
}
DEAREST: Final = max(PRICES.values(), key=lambda price: price[2])
# Failures before the first text that no provider charges for.
UNPAID: Final[frozenset[Kind]] = frozenset(
    {
        "connect",
        "auth",
        "rate_limited",
        "overloaded",
        "server",
        "bad_request",
        "timeout_connect",
        "pool",
    }
)


def cost_micro(model: str, usage: Usage) -> int:
    """Return the price of ``usage`` on ``model``."""
    fresh, cached, output = PRICES.get(model, DEAREST)
    paid_input = usage.input_tokens - usage.cached_tokens
    return round(paid_input * fresh + usage.cached_tokens * cached + usage.output_tokens * output)


def input_tokens(prompt: Prompt) -> int:
    """Return about how many tokens a prompt has, rather too many: a token is a syllable, or three Latin letters."""
    texts = [prompt.system, prompt.prefix, *(message.text for message in prompt.messages)]
    return sum(len(text.encode()) for text in texts) // 3 + 8


def most_micro(model: str, prompt: Prompt) -> int:
    """Return what an answer to ``prompt`` costs at most."""
    return max(1, cost_micro(model, Usage(2 * input_tokens(prompt), prompt.max_tokens)))
