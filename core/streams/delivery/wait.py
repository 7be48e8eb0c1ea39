"""Wait for a run's end in a plain request, for callers that want the whole text at once."""

from __future__ import annotations

import threading
import time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from core.db.pool import release
from core.streams.delivery.arrivals import Holdings
from core.streams.delivery.connection import Connection
from core.streams.delivery.tailer import LogTailer
from core.streams.hub.admission import Admission
from core.streams.hub.channel import Channel
from core.streams.hub.hub import Hub
from core.streams.models import Run, Status, current

POLL_EVERY: Final = 1.0


def wait(
    hub: Hub, tailer: LogTailer, admission: Admission, request: HttpRequest, *, subject: UUID, visitor: str
) -> tuple[str, str]:
    """Return the status and text of ``subject`` once its newest run has ended, or as they are at the total deadline.

    No database connection is held meanwhile. Raises ``Run.DoesNotExist``, ``Full`` and ``TooManyStreams``.
    """
    run = current(subject)
    if not run.is_live:
        return run.status, run.text
    holdings = Holdings.of(request)
    with holdings.stream_place(admission, visitor, run.subject):
        holdings.end_turn()
        return _wait_for_end(hub, tailer, request, run)


def _wait_for_end(hub: Hub, tailer: LogTailer, request: HttpRequest, run: Run) -> tuple[str, str]:
    news = threading.Event()
    channel = tailer.open(run, news)
    try:
        release()
        _wait(channel, news, Connection(request.META))
    finally:
        hub.unsubscribe(channel, news)
    status = channel.end.status if channel.end else Status.WRITING
    return status, channel.data.decode()


def _wait(channel: Channel, news: threading.Event, connection: Connection) -> None:
    deadline = time.monotonic() + settings.AI_TOTAL_TIMEOUT + POLL_EVERY
    while channel.end is None and not channel.is_closing and time.monotonic() < deadline:
        if not news.wait(POLL_EVERY) and connection.is_disconnected():
            return
        news.clear()
