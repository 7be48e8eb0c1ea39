"""The admin opens to staff who have shown a second factor in this session, and not for long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
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
# Rows that give access to an account, or rights.
RIGHTS: Final = {
    "auth_user",
    "auth_group",
    "account_emailaddress",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
}
# Pages for signing in and out, which need no factor.
OPEN: Final = {"login", "logout", "jsi18n"}
# Requested every few seconds by the operators' page itself: no sign that anybody is using it.
UNATTENDED: Final = {"operations_live"}


class SecondFactorMiddleware:
    """Leads staff to their second factor before the admin opens: to set one up, or to show it (again).

    It has to be shown again after ``ADMIN_SESSION`` seconds, after ``ADMIN_IDLE`` seconds without a page of the admin, and
    after ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` seconds for what changes rights or deletes: a session that is left open on a
    desk, or stolen, does neither.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.app_name != "admin" or match.url_name in OPEN:
            return None
        if not settings.ADMIN_SECOND_FACTOR or not request.user.is_staff:
            return None
        if not is_mfa_enabled(request.user):
            messages.warning(request, _("관리 화면을 열려면 먼저 2단계 인증을 켜 주세요."))
            return HttpResponseRedirect(reverse("mfa_index"))
        now = time.time()
        shown = confirmed_at(request)
        seen = max(shown, float(request.session.get(SEEN, 0.0)))
        if now - shown > settings.ADMIN_SESSION or now - seen > settings.ADMIN_IDLE:
            return _ask(request)
        is_fresh = now - shown <= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        if not is_fresh and _changes_rights(request, match.url_name or ""):
            return _ask(request)
        if now - seen > NOTED_EVERY and match.url_name not in UNATTENDED:
            request.session[SEEN] = now
        return None


def _changes_rights(request: HttpRequest, page: str) -> bool:
    """Return whether this is a form or an action that changes rights, takes an own key away, or deletes."""
    model, _sep, kind = page.rpartition("_")
    if page.endswith("_password_change"):
        return True
    if kind == "changelist":
        # The form has a list of actions above the rows and another below: either may be the one that was used.
        chosen = request.POST.getlist("action")
        return any(action.startswith("delete") or action == "take_own_key_away" for action in chosen)
    return kind == "delete" or (kind in {"add", "change"} and model in RIGHTS)


def _ask(request: HttpRequest) -> HttpResponse:
    """Lead to the second factor and back to the page; from a form that was sent, to the admin's first page.

    Staff with passkeys alone are asked for one, and not for the code of an app.
    """
    has_app = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    factor = reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
    onward = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        messages.warning(
            request, _("2단계 인증을 다시 해야 해서 저장하지 않았어요. 인증한 다음 한 번 더 해 주세요.")
        )
        onward = reverse("admin:index")
    return HttpResponseRedirect(f"{factor}?{urlencode({'next': onward})}")
