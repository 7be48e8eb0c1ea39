"""The events of the structured log (core/ops/logs.py)."""

from __future__ import annotations

from typing import Any

import pytest


def lines(caplog: pytest.LogCaptureFixture, *events: str) -> list[dict[str, Any]]:
    """The lines of these events, with their level."""
    told = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [line for line in told if line["event"] in events]
