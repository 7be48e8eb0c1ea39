"""Forget a guest: readings, texts and cookies of this browser."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.access import who
from fortune.models import Reading
from fortune.services import account
from fortune.views.errors import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Ask whether everything of this browser is to be deleted; a POST deletes it. Members have their account's page."""
    me = who(request)
    if me.user_id:
        return redirect("fortune:account")
    if request.method != "POST":
        return render(
            request, "people/forget.html", {"count": Reading.objects.of(me).count(), "nav": "history"}
        )
    account.forget_guest(who=me, now=datetime.now(UTC))
    request.session.flush()  # a guest's from before there was a cookie for them
    answer = see_other(reverse("fortune:forgotten"))
    for name in request.COOKIES:
        answer.delete_cookie(name, samesite="Lax")
    # Beside cookies the browser keeps copies of pages, the offline page, and marks of the reading's script.
    answer["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say what was deleted. A page of its own, because a message would need a cookie."""
    return render(request, "people/forgotten.html")
