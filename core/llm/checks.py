"""System check: every name in ``AI_PROVIDERS`` is a provider."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from core.llm.registry import unknown_providers


@register()
def providers_are_known(**kwargs: Any) -> list[CheckMessage]:
    unknown = unknown_providers()
    if not unknown:
        return []
    return [Error(f"AI_PROVIDERS names {', '.join(unknown)}: no such provider.", id="llm.E001")]
