"""The ETag of a finished reading's page: a browser that has it is told so (304), and nothing is rendered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import get_language

from core import streams
from core.limits.days import korean_day
from core.security.crypto import fingerprint
from core.site.switches import switches
from fortune.models import Kind, Reading
from fortune.preferences import preferences
from fortune.release import release


def etag_of(
    request: HttpRequest, reading: Reading, runs: Sequence[streams.Run], *, now: datetime
) -> str | None:
    """Return the ETag of the page as this visitor is shown it now; None for one that must be made anew.

    A page has the visitor's CSRF secret and menus in it, so these are part of its state. Call it after access has been
    checked: the tag stands for what is shown, and not for a right to see it.
    """
    secret = request.META.get("CSRF_COOKIE")
    is_changing = (
        any(run.is_live for run in runs) or reading.kind == Kind.QUESTION
    )  # that shows other readings' answers
    if secret is None or is_changing or get_messages(request):
        return None
    state = [
        release(),
        str(reading.pk),
        [(run.epoch, run.status, run.finished_at and run.finished_at.isoformat()) for run in runs],
        get_language(),
        preferences(request).chosen(),
        request.user.pk,
        secret,
        switches().state().banner(now=now),
        korean_day(now).isoformat(),
        request.GET.urlencode(),
    ]
    return f'"{fingerprint(json.dumps(state), purpose="etag")[:32]}"'
