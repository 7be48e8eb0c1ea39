"""A member's own page: role, nickname, picture, and their own Gemini key."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import MemberRequest
from core.accounts import own_keys, profiles
from core.accounts.forms import OwnKeyForm, ProfileForm, WelcomeForm
from core.db import pool
from core.limits import ratelimits
from core.models import profile_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    mine = profile_of(request.user)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"nickname": mine.nickname, "role": mine.role, "picture": mine.picture},
    )
    if request.method == "POST" and form.is_valid():
        profiles.edit(profile=mine, **form.cleaned_data)
        messages.success(request, _("저장했어요."))
        return redirect("profile")
    status = 422 if form.is_bound else 200
    return render(
        request,
        "account/profile.html",
        {"form": form, "key_form": OwnKeyForm(), "profile": mine},
        status=status,
    )


@login_required
@require_safe
def picture(request: MemberRequest) -> HttpResponse:
    """The member's own picture; there is no address at which anyone else could ask for it."""
    mine = profile_of(request.user)
    if not mine.picture:
        raise Http404
    try:
        with mine.picture.open("rb") as file:
            return HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None


@login_required
@require_POST
def own_key(request: MemberRequest) -> HttpResponse:
    """Keep a new key, or take it away (`remove`). The key itself is never sent back."""
    mine = profile_of(request.user)
    if "remove" in request.POST:
        profiles.set_own_key(profile=mine, key="", now=timezone.now())
        messages.success(request, _("키를 지웠어요. 이제 하루 횟수 안에서 풀이를 볼 수 있어요."))
        return redirect("profile")
    form = OwnKeyForm(request.POST)
    if form.is_valid():
        profiles.set_own_key(profile=mine, key=form.cleaned_data["key"], now=timezone.now())
        messages.success(request, _("키를 암호화해서 넣었어요."))
        return redirect("profile")
    first = ProfileForm(initial={"nickname": mine.nickname, "role": mine.role, "picture": mine.picture})
    return render(
        request, "account/profile.html", {"form": first, "key_form": form, "profile": mine}, status=422
    )


@login_required
@require_POST
def test_own_key(request: MemberRequest) -> HttpResponse:
    mine = profile_of(request.user)
    if not mine.has_own_key:
        raise Http404
    if ratelimits.tries_too_often(request):
        messages.warning(request, _("조금 뒤에 다시 들러 주세요."))
        return redirect("profile")
    pool.give_back()  # Gemini may take fifteen seconds
    match own_keys.try_out(mine.own_key):
        case "works":
            messages.success(request, _("키가 잘 작동해요."))
        case "refused":
            messages.error(request, _("Gemini가 이 키를 받지 않아요. 키를 다시 확인해 주세요."))
        case "limited":
            messages.warning(request, _("키는 맞지만 지금은 사용량이 다 찼어요."))
        case _:
            messages.warning(request, _("Gemini에 닿지 못했어요. 잠시 뒤에 다시 해 주세요."))
    return redirect("profile")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: MemberRequest) -> HttpResponse:
    """Asked once after signing up; "나중에" is an answer too."""
    mine = profile_of(request.user)
    onward = _onward(request)
    form = WelcomeForm(
        request.POST if request.method == "POST" else None,
        initial={"nickname": mine.nickname, "role": mine.role},
    )
    if request.method == "POST" and ("later" in request.POST or form.is_valid()):
        if "later" not in request.POST:
            profiles.edit(profile=mine, **form.cleaned_data)
        profiles.welcome(profile=mine, now=timezone.now())
        return HttpResponseRedirect(onward)
    status = 422 if form.is_bound else 200
    return render(request, "account/welcome.html", {"form": form, "next": onward}, status=status)


def _onward(request: HttpRequest) -> str:
    wished = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wished, {request.get_host()}, require_https=request.is_secure()):
        return wished
    return reverse("profile")
