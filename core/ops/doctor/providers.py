"""Providers of text: which there are, what they may cost, whether they answer."""

from __future__ import annotations

import time

from django.conf import settings

from core.accounts.own_keys import DEADLINES, QUESTION
from core.llm import registry
from core.llm.cancel import Cancel
from core.llm.types import ProviderError
from core.ops.doctor.verdicts import Doubtful, Wrong


def providers() -> str:
    unknown = registry.unknown_providers()
    if unknown:
        raise Wrong(f"AI_PROVIDERS: {', '.join(unknown)} unknown")
    states = registry.providers().router.states()
    said = [f"{label} ({state})" for label, state in states.items()]
    if registry.LAST in settings.AI_PROVIDERS:
        said.append(registry.LAST)
    if not said:
        raise Wrong("none of AI_PROVIDERS has a key, and classic is not among them: nothing can be written")
    if not states:
        raise Doubtful("no provider has a key: every reading is written by rules")
    return ", ".join(said)


def budget() -> str:
    if settings.AI_DAILY_BUDGET:
        return f"{settings.AI_DAILY_BUDGET:g} US dollars a day"
    if registry.providers().router.states():
        raise Doubtful("AI_DAILY_BUDGET is 0: nothing bounds what a day of readings may cost")
    return "no provider costs anything"


def providers_answer() -> str:
    said, failed = [], []
    for provider in registry.providers().router.providers:
        began = time.perf_counter()
        try:
            stream = provider.open(QUESTION, deadlines=DEADLINES, cancel=Cancel())
            try:
                stream.read()
            finally:
                stream.close()
            said.append(f"{provider.name} {(time.perf_counter() - began) * 1000:.0f} ms")
        except ProviderError as error:
            failed.append(str(error))
    if failed:
        raise Wrong("; ".join(failed + said))
    return ", ".join(said) or "there is none to ask"
