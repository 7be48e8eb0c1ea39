"""A member's saved dates."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import MemberRequest
from core.limits.days import korean_day
from fortune.access import favorite_or_404
from fortune.forms.people import FavoriteForm
from fortune.models import FavoriteDate
from fortune.services import favorites as services

PAGE = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def favorites(request: MemberRequest) -> HttpResponse:
    """Show the list, future dates first, with the form for one more."""
    form = FavoriteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.add_date(
                user_id=request.user.pk,
                day=data["date"],
                label=data["label"],
                memo=data["memo"],
                colour=data["colour"],
            )
        except services.AlreadySaved:
            form.add_error("label", _("같은 날짜에 같은 이름이 이미 있어요."))
        except services.TooMany:
            form.add_error(None, _("더 담을 수 없어요. 지난 날을 지워 주세요."))
        else:
            messages.success(request, _("담아 두었어요."))
            return redirect("fortune:favorites")
    today = korean_day(timezone.now())
    page = Paginator(FavoriteDate.objects.upcoming_first(request.user.pk, today), PAGE).get_page(
        request.GET.get("page")
    )
    status = 422 if form.is_bound else 200
    context = {"form": form, "page": page, "today": today, "nav": "favorites"}
    return render(request, "people/favorites.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: MemberRequest, favorite_id: int) -> HttpResponse:
    favorite = favorite_or_404(request, favorite_id)
    if request.method != "POST":
        context = {
            "question": _("이 날을 지울까요?"),
            "what": favorite.label,
            "note": _("적어 둔 말까지 지워요. 지우면 되돌릴 수 없어요."),
            "back": reverse("fortune:favorites"),
        }
        return render(request, "people/delete.html", context)
    favorite.delete()
    messages.success(request, _("지웠어요."))
    return redirect("fortune:favorites")
