"""The admin opens to staff who have shown a second factor in this session, and not for long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.second_factor import confirmed_at

SEEN: Final = "admin_seen"
# The session is written for this at most once in so many seconds.
NOTED_EVERY: Final = 60
# Signing in and out is Django's own, and needs no factor.
OPEN: Final = {"login", "logout", "jsi18n"}


class SecondFactorMiddleware:
    """Leads staff to their second factor before the admin opens: to set one up, or to show it (again).

    It has to be shown again after ``ADMIN_SESSION`` seconds, and after ``ADMIN_IDLE`` seconds without a page of the admin.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        is_admin = match is not None and match.app_name == "admin" and match.url_name not in OPEN
        if not is_admin or not settings.ADMIN_SECOND_FACTOR or not request.user.is_staff:
            return None
        if not is_mfa_enabled(request.user):
            messages.warning(request, _("관리 화면을 열려면 먼저 2단계 인증을 켜 주세요."))
            return HttpResponseRedirect(reverse("mfa_index"))
        now = time.time()
        shown = confirmed_at(request)
        seen = max(shown, float(request.session.get(SEEN, 0.0)))
        if now - shown > settings.ADMIN_SESSION or now - seen > settings.ADMIN_IDLE:
            onward = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("admin:index")
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': onward})}")
        if now - seen > NOTED_EVERY:
            request.session[SEEN] = now
        return None
