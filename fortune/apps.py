"""The app config of the product: at start-up it registers the author of runs and the provider ``classic``."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.llm.types import Provider

# Bytes of a worker's memory for cached HTML: some two hundred readings with their texts.
FRAGMENT_BYTES = 24 * 1024 * 1024


class FortuneConfig(AppConfig):
    name = "fortune"
    verbose_name = _("운세")

    def ready(self) -> None:
        from core import streams
        from core.llm import registry
        from fortune.author import ReadingAuthor
        from fortune.fragment_cache import FragmentCache

        self.fragment_cache = FragmentCache(FRAGMENT_BYTES)
        registry.register("classic", _classic)
        streams.register(ReadingAuthor())


def _classic() -> Provider:
    from fortune.readings.classic import ClassicProvider

    return ClassicProvider(pace=settings.CLASSIC_PACE)
