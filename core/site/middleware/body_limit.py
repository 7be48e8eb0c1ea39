"""Refuse bodies larger than any form of this site, before a byte of them is read.

Django bounds what a form's fields may hold in memory, and writes files of any size to the disk first: also for
strangers, because every form is parsed to find its CSRF token.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.runtime.workers.request_bodies import MAX_BODY
from core.site import errors

Answer = Callable[[HttpRequest], HttpResponse]


class BodyLimitMiddleware:
    """Answers 413 to a ``Content-Length`` past the limit, and 411 to a body without one, which Django would take for empty."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MAX_BODY:
            # Only pictures come near the limit.
            message = _("사진이 너무 커요. 5MB보다 작은 사진을 골라 주세요.")
            return errors.answer(request, 413, message=message, template="errors/400.html")
        if "CONTENT_LENGTH" not in request.META and request.META.get("HTTP_TRANSFER_ENCODING"):
            message = _("길이를 알 수 없는 요청이에요. Content-Length를 붙여 다시 보내 주세요.")
            return errors.answer(request, 411, message=message, template="errors/400.html")
        return self.get_response(request)
