"""Estimate what a run costs, in millionths of a US dollar, by a small price list.

Providers change their prices: the figure stored with a run is an estimate for operators. A model
that is not listed counts as 0, which the admin shows as "unknown".
"""

from __future__ import annotations

from core.llm.types import Usage

# US dollars per million tokens: input, cached input, output. To be checked against the invoice.
PRICES = {
    "deepseek-chat": (0.28, 0.028, 0.42),
    "deepseek-reasoner": (0.28, 0.028, 0.42),
    "gemini-2.5-flash-lite": (0.10, 0.025, 0.40),
    "gemini-2.5-flash": (0.30, 0.075, 2.50),
}


def cost_micro(model: str, usage: Usage) -> int:
    """Return the price of ``usage`` on ``model``; 0 when the model is not listed."""
    fresh, cached, output = PRICES.get(model, (0.0, 0.0, 0.0))
    paid_input = usage.input_tokens - usage.cached_tokens
    return round(paid_input * fresh + usage.cached_tokens * cached + usage.output_tokens * output)
