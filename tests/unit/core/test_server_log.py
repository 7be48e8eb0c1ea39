"""gunicorn fills in no access line, which nobody would read: the site's own middleware writes one for each request."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config

from core.runtime.workers.server_log import ServerLog


def test_no_access_line_is_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr(ServerLog, "atoms", lambda *args: made.append(args) or {})
    config = Config()
    config.set("logconfig_dict", {"version": 1})  # as gunicorn.conf.py does, which turns gunicorn's own on
    log = ServerLog(config)
    log.access(SimpleNamespace(status="200 OK", headers=[]), SimpleNamespace(headers=[]), {}, timedelta())
    assert not log.access_log_enabled
    assert not made
