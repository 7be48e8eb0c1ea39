"""The common part of pages that begin a reading: begin it and redirect, or show why it can't begin."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core import streams
from core.access import who
from core.limits import quota
from core.site import errors
from fortune.forms.birth import BirthForm
from fortune.models import Kind
from fortune.services import readings
from fortune.views.errors import limit_message, see_other


def begin(
    request: HttpRequest,
    wanted: readings.ReadingRequest,
    token: str,
    refused: Callable[[str, int], HttpResponse],
) -> HttpResponse:
    """Begin the reading and redirect to it; ``refused(message, status)`` renders the page if it can't begin now."""
    now = datetime.now(UTC)
    try:
        reading = readings.begin(who=who(request, remember=True), wanted=wanted, token=token, now=now)
    except quota.LimitReached as limit:
        answer = refused(limit_message(limit), 429)
        answer["Retry-After"] = str(limit.retry_after(now=now))
        return answer
    except streams.Full as full:
        return errors.busy(request, retry_after=full.retry_after)
    # An answer stands below what was asked; everything else begins at the top of its page.
    return see_other(reading.get_absolute_url() + ("#asked" if reading.kind == Kind.QUESTION else ""))


def mention_morning(request: HttpRequest, *forms: BirthForm) -> None:
    """Say on the next page that a time such as "2시" was taken as the morning's. The form asks only where scripts run."""
    if any(form.other_hour() is not None for form in forms):
        messages.info(
            request,
            _("태어난 시각을 오전으로 봤어요. 오후라면 앞 화면으로 돌아가 ‘오후 2시’처럼 적어 주세요."),
        )


def press_token(request: HttpRequest) -> str:
    """Return the token of one press of a button; an invalid one (a NUL, say) counts as a new press."""
    token = request.POST.get("token", "")[:64]
    return token if token and token.isprintable() else uuid.uuid4().hex


def back_with(request: HttpRequest, address: str) -> Callable[[str, int], HttpResponse]:
    """Return a ``refused`` for a button on another page: it redirects there and shows the reason."""

    def refused(message: str, _status: int) -> HttpResponse:
        messages.error(request, message)
        return see_other(address)

    return refused
