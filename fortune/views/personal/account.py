"""A member's data: its export and its deletion."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import MemberRequest
from fortune.forms.people import DeleteAccountForm
from fortune.services import account as services
from fortune.views.claim import claim_readings
from fortune.views.personal.downloads import download


@login_required
@require_safe
def account(request: MemberRequest) -> HttpResponse:
    return render(request, "people/account.html", {})


@login_required
@require_safe
def export(request: MemberRequest) -> HttpResponse:
    claim_readings(request)
    return download(
        services.export(user=request.user, now=timezone.now()), name=f"fortune-{timezone.localdate()}"
    )


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: MemberRequest) -> HttpResponse:
    """Delete the account. The member must enter the password first, if there is one, against borrowed browsers."""
    form = DeleteAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        claim_readings(request)
        user = request.user
        logout(request)
        services.delete(user=user, now=timezone.now())
        messages.success(request, _("계정과 자료를 모두 지웠어요. 그동안 고마웠어요."))
        return redirect("/")
    status = 422 if form.is_bound else 200
    return render(request, "people/delete_account.html", {"form": form}, status=status)
