"""The app config of the streams: it owns this process's node and the author of its runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from core.runtime import PerProcess

if TYPE_CHECKING:
    from core.streams.node import StreamNode
    from core.streams.production.author import Author


class StreamsConfig(AppConfig):
    """Owns the node of this process, and the author that the product registered for it."""

    name = "core.streams"
    label = "streams"
    verbose_name = _("글쓰기")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author: Author | None = None
        self.node = PerProcess(self._new_node)

    def ready(self) -> None:
        from core.llm import registry
        from core.streams import reports

        registry.register_spending(reports.spent_on)

    def _new_node(self) -> StreamNode:
        from core.llm.registry import providers
        from core.streams.node import StreamNode

        if self.author is None:
            raise RuntimeError("no author is registered: the product does it in AppConfig.ready")
        core: Any = apps.get_app_config("core")
        return StreamNode(
            author=self.author,
            router=lambda: providers().router,
            watchdog=core.watchdog(),
            minutes=core.minutes(),
        )
