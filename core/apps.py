from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Platform"

    def ready(self) -> None:
        from django.conf import settings

        from core.llm import checks as llm_checks  # noqa: F401 (checks register themselves)
        from core.ops import observability
        from core.security import checks  # noqa: F401

        observability.start(
            dsn=settings.SENTRY_DSN,
            environment=settings.SENTRY_ENVIRONMENT,
            release=settings.SENTRY_RELEASE,
        )
