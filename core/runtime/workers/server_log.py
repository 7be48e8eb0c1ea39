"""gunicorn's log without its access log, for which the site's own line of each request stands (core/site/middleware)."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger


class ServerLog(Logger):  # type: ignore[misc]  # it has no types
    """gunicorn fills in an access line for every answer as soon as logging is configured, though none is written."""

    access_log_enabled = False

    def access(self, *args: Any, **kwargs: Any) -> None:
        """Write nothing: a line of gunicorn's has the path and the address in it."""
