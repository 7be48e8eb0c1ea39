"""The values of the operations page: providers with their breakers, live workers, what today cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone

from core import streams
from core.db.pool import release
from core.llm import registry
from core.llm.budget import Spent
from core.redis.cache import CACHE_ERRORS
from core.redis.minutes import Minute
from core.streams import Run


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider of the order, the state of its breaker ("" if it has none) and what it wrote today."""

    name: str
    configured: bool
    breaker: str
    label: str
    runs: int
    failed: int
    cost: float


def providers() -> list[ProviderRow]:
    """Return ``AI_PROVIDERS`` in their order. One query."""
    states = registry.providers().router.states()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today: dict[str, Mapping[str, Any]] = {
        row["provider"]: row
        for row in Run.objects.filter(created_at__gte=midnight)
        .order_by()
        .values("provider")
        .annotate(runs=Count("pk"), failed=Count("pk", filter=~Q(error_code="")), cost=Sum("cost_micro"))
    }
    rows = []
    for name in settings.AI_PROVIDERS:
        label = next((label for label in states if label.partition(":")[0] == name), "")
        seen: Mapping[str, Any] = today.get(name, {})
        rows.append(
            ProviderRow(
                name=name,
                configured=bool(label) or name == registry.LAST,
                breaker=states.get(label, ""),
                label=label,
                runs=seen.get("runs", 0),
                failed=seen.get("failed", 0),
                cost=(seen.get("cost") or 0) / 1_000_000,
            )
        )
    return rows


def open_breakers() -> list[str]:
    """Return the providers that are left alone now."""
    states = registry.providers().router.states()
    return [label.partition(":")[0] for label, state in states.items() if state != "closed"]


def budget() -> Spent | None:
    """Return what the day has cost, of what it may; None without a budget, or while Redis can't be reached."""
    budget = registry.providers().router.budget
    try:
        return budget.spent_today() if budget is not None else None
    except CACHE_ERRORS:
        return None


def workers() -> dict[str, dict[str, float]] | None:
    """Return the last heartbeat of every live worker; None when Redis can't be reached."""
    try:
        return streams.members()
    except CACHE_ERRORS:
        return None


def last_hour() -> list[Minute] | None:
    """Return the last sixty minutes of all workers; None when Redis can't be reached."""
    release()  # a Redis that hangs must not keep a connection of the database waiting
    try:
        found: list[Minute] = apps.get_app_config("core").minutes().last_hour()  # type: ignore[attr-defined]
        return found
    except CACHE_ERRORS:
        return None


def close_breaker(label: str) -> bool:
    """Close a provider's breaker for all workers; False when there is none of that label."""
    router = registry.providers().router
    if label not in router.states():
        return False
    router.breaker.reset(label)
    return True
