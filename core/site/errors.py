"""Error responses: a page for people, ``{"error": {"code", "message", "fields"?}}`` for programs.

The one place where they are built, for all rooms and the product. They use neither the request's body (but ``busy``,
which sends a form again) nor session, user or database, since any of these may be what failed: a malformed multipart
body must not turn a 404 into a 500, nor an overloaded database a 503 into one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.site.browsers import wants_json

log = logging.getLogger(__name__)


class PageMissing(Http404):
    """A 404 whose page says more than that there is none."""

    def __init__(self, message: str, *, template: str) -> None:
        super().__init__(message)
        self.message = message
        self.template = template


CODES: Mapping[int, str] = {
    400: "bad_request",
    401: "sign_in_required",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    411: "length_required",
    413: "too_large",
    422: "invalid",
    429: "limit_reached",
    500: "server_error",
    503: "unavailable",
}


def answer(
    request: HttpRequest,
    status: int,
    *,
    message: str = "",
    code: str = "",
    retry_after: int | None = None,
    template: str = "",
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Return a response of ``status``: JSON for callers that want it, a page for everyone else.

    ``more`` is given to the page's template.
    """
    message = message or _message(status)
    if wants_json(request):
        return json(status, message=message, code=code, retry_after=retry_after)
    context = {
        "message": message,
        "retry_after": retry_after,
        "language": get_language() or "ko",
        "path": request.path,
        **(more or {}),
    }
    try:
        body: str = render_to_string(template or f"errors/{status}.html", context)
    except Exception:
        # Even with broken templates the visitor gets the sentence and the right status.
        log.exception("errors: page failed to render, status=%d", status)
        body = f"<!doctype html><meta charset=utf-8><title>{status}</title><p>{escape(message)}</p>"
    response = HttpResponse(body, status=status)
    return _finish(response, retry_after)


def json(
    status: int,
    *,
    message: str = "",
    code: str = "",
    fields: Mapping[str, object] | None = None,
    retry_after: int | None = None,
) -> JsonResponse:
    """Return ``{"error": {"code", "message", "fields"?}}``, with a default code and message for the status."""
    error: dict[str, object] = {
        "code": code or CODES.get(status, "error"),
        "message": message or _message(status),
    }
    if fields is not None:
        error["fields"] = fields
    response = JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})
    _finish(response, retry_after)
    return response


def busy(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    """Return the refusal of a request that this process has no room for; on a page it is sent again by itself.

    The form's fields go with the page, its token among them: what is sent again is the same press. Nothing is added
    to what was sent, so that a form of another site stays one.
    """
    if wants_json(request) or "text/event-stream" in request.headers.get("accept", ""):
        return json(503, code="busy", retry_after=retry_after)
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    more = {"fields": fields, "address": request.get_full_path(), "method": request.method}
    message = _("지금은 찾는 분이 많아요. 자리가 나는 대로 이어서 할게요.")
    return answer(
        request, 503, message=message, retry_after=retry_after, template="errors/busy.html", more=more
    )


def too_many_streams(*, retry_after: int) -> JsonResponse:
    """Return the refusal of a visitor who watches in as many windows as one visitor may."""
    message = _("풀이를 너무 여러 창에서 열어 두셨어요. 창을 하나 닫고 다시 해 주세요.")
    return json(429, code="too_many_streams", message=message, retry_after=retry_after)


def maintenance(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    return answer(
        request,
        503,
        message=_("지금은 점검 중이에요. 곧 다시 열게요."),
        code="maintenance",
        retry_after=retry_after,
        template="errors/maintenance.html",
    )


def _finish(response: HttpResponse, retry_after: int | None) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def _message(status: int) -> str:
    match status:
        case 400:
            return _("보내 주신 내용을 읽지 못했어요. 다시 한 번 보내 주세요.")
        case 401:
            return _("로그인하고 다시 해 주세요.")
        case 403:
            return _("이 페이지는 볼 수 없어요. 창을 오래 열어 두었다면 새로 고친 뒤 다시 해 주세요.")
        case 404:
            return _("찾으시는 페이지가 없어요. 주소가 바뀌었거나 지워졌을 수 있어요.")
        case 429:
            return _("준비된 풀이를 모두 쓰셨어요. 조금 뒤에 다시 만나요.")
        case 503:
            return _("지금은 찾는 분이 많아요. 잠시 뒤에 다시 해 주세요.")
    return _("저희 쪽에 문제가 생겼어요. 잠시 뒤에 다시 해 주세요.")
