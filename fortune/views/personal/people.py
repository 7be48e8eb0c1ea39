"""A member's saved people."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import MemberRequest
from fortune.access import person_or_404
from fortune.forms.people import PersonForm
from fortune.models import SavedPerson
from fortune.pages.births.form import form_context
from fortune.pages.births.people import named, person_rows
from fortune.services import people as services
from fortune.views.begin import mention_morning

PAGE = 20


@login_required
@require_safe
def people(request: MemberRequest) -> HttpResponse:
    mine = list(SavedPerson.objects.filter(user=request.user).order_by("-is_default", "created_at", "pk"))
    words = request.GET.get("q", "").strip()
    page = Paginator(named(mine, words), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": person_rows(page),
        "words": words,
        "is_searchable": len(mine) > PAGE,
        "query": urlencode({"q": words}) if words else "",
        "nav": "people",
    }
    return render(request, "people/people.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, person_id: int | None = None) -> HttpResponse:
    """Create a person, or edit one of the member's."""
    person = person_or_404(request, person_id) if person_id is not None else None
    known = (
        {"name": person.name, "relation": person.relation, "is_default": person.is_default, **person.birth}
        if person
        else {}
    )
    form = PersonForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_person(
                user_id=request.user.pk,
                name=form.cleaned_data["name"],
                relation=form.cleaned_data["relation"],
                birth=services.birth_of(request.POST) | form.normalised(),
                is_default=form.cleaned_data["is_default"],
                person=person,
            )
        except services.TooMany:
            form.add_error(None, _("저장할 수 있는 수를 모두 썼어요. 쓰지 않는 사람을 지워 주세요."))
        else:
            messages.success(request, _("저장했어요."))
            mention_morning(request, form)
            return redirect("fortune:people")
    status = 422 if form.is_bound else 200
    return render(
        request,
        "people/person.html",
        {**form_context(form, token=""), "person": person, "nav": "people"},
        status=status,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: MemberRequest, person_id: int) -> HttpResponse:
    person = person_or_404(request, person_id)
    if request.method != "POST":
        context = {
            "question": _("이 사람을 지울까요?"),
            "what": person.name,
            "note": _("태어난 때까지 모두 지워요. 지우면 되돌릴 수 없어요."),
            "back": reverse("fortune:people"),
        }
        return render(request, "people/delete.html", context)
    services.delete_person(person=person)
    messages.success(request, _("지웠어요."))
    return redirect("fortune:people")
