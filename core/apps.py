"""The app config of the platform: it owns what a process has one of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Owns what a process has one of, and hands each its parts.

    The rooms find theirs here: ``core.redis.client``, ``core.llm.registry.providers``, ``core.site.switches.switches``,
    ``core.db.replica.read``, and the node of ``core.streams`` its watchdog. Tests build others.
    """

    name = "core"
    verbose_name = _("사이트")

    def ready(self) -> None:
        from core.llm import checks as llm_checks  # noqa: F401 (checks register themselves)
        from core.security import checks  # noqa: F401

        self._build_services()
        self._build_providers()
        self._start_reports()

    def _build_services(self) -> None:
        """Build what every room may need: the watchdog, Redis, the switches, and what says whether databases answer."""
        from core.db.replica import Replica
        from core.ops.readiness import DatabaseProbe
        from core.redis import Minutes, connect
        from core.runtime import PerProcess, Watchdog
        from core.site.switches import Switches

        self.watchdog = PerProcess(Watchdog)
        self.redis = PerProcess(lambda: connect(seconds=1))
        self.minutes = PerProcess(lambda: Minutes(self.redis))
        self.switches = Switches()
        self.probe = DatabaseProbe()
        self.replica = Replica()

    def _build_providers(self) -> None:
        """Build the language models' registry, with the breaker and the day's budget that all workers share."""
        from django.conf import settings

        from core.llm.breaker import Breaker
        from core.llm.budget import Budget, micro
        from core.llm.metrics import watch_breaker, watch_budget
        from core.llm.registry import Factory, Providers
        from core.runtime import PerProcess

        self.factories: dict[str, Factory] = {}  # of providers that the product registers
        self.spent_before: Callable[[date], int] = lambda day: 0  # streams know, once they are ready

        def budget() -> Budget | None:
            limit = micro(settings.AI_DAILY_BUDGET)
            return (
                Budget(limit, self.redis, spent_before=self.spent_before, watch=watch_budget)
                if limit
                else None
            )

        self.providers = PerProcess(
            lambda: Providers(
                self.factories,
                breaker=Breaker(self.redis, watch=watch_breaker),
                budget=budget(),
                minutes=self.minutes(),
            )
        )

    def _start_reports(self) -> None:
        """Report errors to Sentry, where it is set up."""
        from django.conf import settings

        from core.ops import observability

        observability.start(
            dsn=settings.SENTRY_DSN,
            environment=settings.SENTRY_ENVIRONMENT,
            release=settings.SENTRY_RELEASE,
        )
