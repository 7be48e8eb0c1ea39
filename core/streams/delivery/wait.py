"""Wait for a run's end in a plain request, for callers who want the whole text at once."""

from __future__ import annotations

import threading
import time
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from core.db.pool import release
from core.runtime import gone
from core.streams.cluster import lifecycle
from core.streams.delivery.admission import admit_subscriber
from core.streams.delivery.response import subscribe
from core.streams.delivery.tailer import tailer
from core.streams.hub import hub
from core.streams.hub.channel import Channel
from core.streams.models import Run, Status
from core.streams.production import states

LOOK_EVERY = 1.0


def wait(request: HttpRequest, *, subject: UUID) -> tuple[str, str]:
    """The status and text of ``subject`` once it has ended, or as they are at the total deadline.

    No database connection is held meanwhile. Raises ``Full``.
    """
    run = states.current(subject)
    if run is None:
        raise Run.DoesNotExist
    if not run.is_live:
        return run.status, run.text
    admit_subscriber()
    lifecycle.start_worker()
    wake = threading.Event()
    channel = subscribe(run, wake)
    tailer.notice()
    try:
        release()
        _until_ended(channel, wake, request)
    finally:
        hub.unsubscribe(channel, wake)
    status = channel.end.status if channel.end else Status.WRITING
    return status, channel.data.decode()


def _until_ended(channel: Channel, wake: threading.Event, request: HttpRequest) -> None:
    browser = request.META.get("gunicorn.socket")
    deadline = time.monotonic() + settings.AI_TOTAL_TIMEOUT + LOOK_EVERY
    while channel.end is None and not channel.leaving and time.monotonic() < deadline:
        if not wake.wait(LOOK_EVERY) and browser is not None and gone(browser):
            return
        wake.clear()
