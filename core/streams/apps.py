from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from core.streams.node import StreamNode
    from core.streams.production.author import Author


class StreamsConfig(AppConfig):
    """Holds the author that the product registered, and the node of this process."""

    name = "core.streams"
    label = "streams"
    verbose_name = "Streams"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author: Author | None = None
        self.node: StreamNode | None = None
        self.lock = threading.Lock()
