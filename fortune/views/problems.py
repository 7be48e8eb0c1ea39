"""Anticipated refusals as JSON: ``{"error": {"code", "message", "fields"?}}`` with the right status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from core import quota
from core.streams import api as streams

P = ParamSpec("P")


class BadRequest(Exception):
    """The body can't be read at all."""


class Invalid(Exception):
    """A form that does not hold what is needed."""

    def __init__(self, form: BaseForm) -> None:
        super().__init__("invalid")
        self.form = form


def problem(code: str, message: str, *, status: int, fields: dict[str, Any] | None = None) -> JsonResponse:
    error: dict[str, Any] = {"code": code, "message": message}
    if fields is not None:
        error["fields"] = fields
    return JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})


def answers_json(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Turn what a view may anticipate into its JSON answer."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadRequest:
            return problem("bad_request", gettext("보내신 내용을 읽지 못했어요."), status=400)
        except Invalid as invalid:
            fields = {name: [str(e) for e in errors] for name, errors in invalid.form.errors.items()}
            message = gettext("입력한 내용을 다시 확인해 주세요.")
            return problem("invalid", message, status=422, fields=fields)
        except quota.LimitReached as limit:
            answer = problem("limit_reached", limit_message(limit), status=429)
            answer["Retry-After"] = str(limit.retry_after(now=datetime.now(UTC)))
            return answer
        except streams.Full as full:
            return streams.too_many(full)
        except Http404:
            return problem("not_found", gettext("찾는 풀이가 없어요."), status=404)

    return wrapped


def limit_message(limit: quota.LimitReached) -> str:
    """Why nothing more can be read now, and when it can."""
    if limit.scope == "hour":
        return gettext("한 시간에 볼 수 있는 %(limit)d번을 모두 봤어요. 조금 뒤에 다시 볼 수 있어요.") % {
            "limit": limit.limit
        }
    return gettext("오늘 볼 수 있는 %(limit)d번을 모두 봤어요. 자정이 지나면 다시 볼 수 있어요.") % {
        "limit": limit.limit
    }
