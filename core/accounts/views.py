"""A member's own page: role, nickname, picture, and their own Gemini key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import MemberRequest
from core.accounts import own_keys, profiles
from core.accounts.forms import OwnKeyForm, ProfileForm, WelcomeForm
from core.db import pool
from core.limits import ratelimits
from core.models import Profile, profile_of


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """The stored picture as the file input shows it: a link."""

    url: str

    def __str__(self) -> str:
        return _("내 프로필 사진")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    mine = profile_of(request.user)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=_stored(mine),
    )
    if request.method == "POST" and form.is_valid():
        profiles.edit(profile=mine, **form.cleaned_data)
        messages.success(request, _("저장했어요."))
        return redirect("profile")
    status = 422 if form.is_bound else 200
    return _profile_page(request, mine, form, OwnKeyForm(), status=status)


def _stored(profile: Profile) -> dict[str, Any]:
    picture = StoredPicture(reverse("profile_picture")) if profiles.has_picture(profile) else None
    return {"nickname": profile.nickname, "role": profile.role, "picture": picture}


def _profile_page(
    request: MemberRequest, profile: Profile, form: ProfileForm, key_form: OwnKeyForm, *, status: int
) -> HttpResponse:
    context = {"form": form, "key_form": key_form, "profile": profile, "picture": form.initial["picture"]}
    return render(request, "account/profile.html", context, status=status)


@login_required
@require_safe
@cache_control(private=True, no_cache=True)
def picture(request: MemberRequest) -> HttpResponseBase:
    """Answer with the member's own picture; no URL gives anybody else's."""
    content = profiles.picture_of(profile_of(request.user))
    if content is None:
        raise Http404
    tag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    answer = HttpResponse(content, content_type="image/webp", headers={"ETag": tag})
    return get_conditional_response(request, etag=tag, response=answer) or answer


@login_required
@require_POST
def own_key(request: MemberRequest) -> HttpResponse:
    """Store a new key, or remove it (``remove``). The key is never sent back."""
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
    return _profile_page(request, mine, ProfileForm(initial=_stored(mine)), form, status=422)


@login_required
@require_POST
def test_own_key(request: MemberRequest) -> HttpResponse:
    mine = profile_of(request.user)
    if not mine.has_own_key:
        raise Http404
    if ratelimits.tries_too_often(request):
        messages.warning(request, _("조금 뒤에 다시 들러 주세요."))
        return redirect("profile")
    pool.release()  # Gemini may take fifteen seconds
    match own_keys.try_out(mine.own_key):
        case "works":
            profiles.note_own_key(user_id=mine.pk, works=True, now=timezone.now())
            messages.success(request, _("키가 잘 작동해요."))
        case "refused":
            profiles.note_own_key(user_id=mine.pk, works=False, now=timezone.now())
            messages.error(request, _("Gemini가 이 키를 받지 않아요. 키를 다시 확인해 주세요."))
        case "limited":
            messages.warning(request, _("키는 맞지만 지금은 사용량이 다 찼어요."))
        case _:
            messages.warning(request, _("Gemini에 닿지 못했어요. 잠시 뒤에 다시 해 주세요."))
    return redirect("profile")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: MemberRequest) -> HttpResponse:
    """Ask a new member for nickname and role, once; "나중에" (later) is accepted too."""
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
