"""The handlers of the URL configuration."""

from __future__ import annotations

import sys

from django.http import Http404, HttpRequest, HttpResponse

from core.db.errors import is_outage
from core.site import errors

TRY_AGAIN = 5


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return errors.answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return errors.answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return errors.answer(request, 403, code="csrf")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, errors.PageMissing):
        return errors.answer(request, 404, message=exception.message, template=exception.template)
    return errors.answer(request, 404)


def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer 404 at an address that a package adds and this site doesn't have."""
    raise Http404


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 with ``Retry-After`` when the database can't serve now (``core.db.errors``), 500 otherwise.

    Django calls this while the exception is being handled, wherever it was raised, middleware included.
    """
    if is_outage(sys.exc_info()[1]):
        return errors.answer(request, 503, retry_after=TRY_AGAIN)
    return errors.answer(request, 500)
