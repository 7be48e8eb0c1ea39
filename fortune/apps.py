from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings

from core.llm.types import Provider


class FortuneConfig(AppConfig):
    name = "fortune"
    verbose_name = "Fortune"

    def ready(self) -> None:
        from core import streams
        from core.llm import registry
        from fortune.author import ReadingAuthor

        registry.register("classic", _classic)
        streams.register(ReadingAuthor())


def _classic() -> Provider:
    from fortune.readings.classic import ClassicProvider

    return ClassicProvider(pace=settings.CLASSIC_PACE)
