"""Responses for anticipated errors: JSON with the right status, or a page with a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from core import streams
from core.limits import quota
from core.site import errors

P = ParamSpec("P")


class BadRequest(Exception):
    """The body can't be read at all."""


class Invalid(Exception):
    """A form with errors."""

    def __init__(self, form: BaseForm) -> None:
        super().__init__("invalid")
        self.form = form


def answers_json(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Turn the anticipated errors of a view into JSON responses."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadRequest:
            return errors.json(400, message=gettext("보내신 내용을 읽지 못했어요."))
        except Invalid as invalid:
            fields = {name: [str(e) for e in found] for name, found in invalid.form.errors.items()}
            message = gettext("입력한 내용을 다시 확인해 주세요.")
            return errors.json(422, message=message, fields=fields)
        except quota.LimitReached as limit:
            if _pressed_on_a_page(request, kwargs):
                return _back_to_reading(request, kwargs, limit_message(limit))
            retry_after = limit.retry_after(now=datetime.now(UTC))
            message = limit_message(limit)
            return errors.json(429, message=message, retry_after=retry_after)
        except streams.Full as full:
            if _pressed_on_a_page(request, kwargs):
                return errors.busy(request, retry_after=full.retry_after)
            return errors.json(503, code="busy", retry_after=full.retry_after)
        except streams.TooManyStreams as too_many:
            return errors.too_many_streams(retry_after=too_many.retry_after)
        except streams.NotRetryable:
            message = gettext("이 글은 더 이어 쓸 수 없어요. 새로 써 달라고 할 수 있어요.")
            if _pressed_on_a_page(request, kwargs):
                return _back_to_reading(request, kwargs, message)
            return errors.json(409, message=message)
        except Http404:
            return errors.json(404, message=gettext("찾는 풀이가 없어요."))

    return wrapped


def _pressed_on_a_page(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Return whether the request comes from a button on a reading's page and so wants a page, not JSON."""
    return "reading_id" in kwargs and "text/html" in request.headers.get("Accept", "")


def _back_to_reading(request: HttpRequest, kwargs: dict[str, Any], message: str) -> HttpResponse:
    messages.error(request, message)
    return see_other(reverse("fortune:reading", args=[kwargs["reading_id"]]))


def see_other(address: str) -> HttpResponse:
    """Return a redirect after a POST: 303, to be fetched with GET."""
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


def limit_message(limit: quota.LimitReached) -> str:
    """Return the sentence that tells which limit was reached, and when it ends."""
    if limit.scope == "minute":
        return gettext("너무 빨리 이어졌어요. 1분 뒤에 다시 볼 수 있어요.")
    if limit.scope == "hour":
        return gettext("한 시간에 볼 수 있는 %(limit)d번을 모두 봤어요. 조금 뒤에 다시 볼 수 있어요.") % {
            "limit": limit.limit
        }
    return gettext("오늘 볼 수 있는 %(limit)d번을 모두 봤어요. 자정이 지나면 다시 볼 수 있어요.") % {
        "limit": limit.limit
    }
