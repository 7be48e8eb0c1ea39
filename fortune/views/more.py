"""What can be seen and read besides the first reading of a chart."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fortune.access import reading_or_404
from fortune.forms.birth import BirthForm, ReadingForm
from fortune.models import Kind, Mode, Reading, Topic
from fortune.pages.comparison import other_options, schools_view
from fortune.pages.days import month_view
from fortune.pages.form import form_context, typed_place
from fortune.pages.reading import title_of
from fortune.saju import cast
from fortune.services.readings import Ask
from fortune.views.begin import back_with, begin, press_of


@require_safe
def schools(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """The chart beside the same birth under other choices."""
    row = reading_or_404(request, reading_id)
    view = schools_view(row.birth, row.options, other_options(row.options, request.GET.dict()))
    return render(request, "pages/schools.html", {"view": view, "reading": row, "title": title_of(row)})


@require_safe
def days(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """A month of days and what each touches in the chart."""
    row = reading_or_404(request, reading_id)
    today = timezone.localdate()
    chosen = _date(request.GET.get("day", ""))
    month = chosen or _date(request.GET.get("month", "") + "-01") or today
    view = month_view(
        cast(row.birth, row.options), month=month, today=today, chosen=chosen or _same(month, today)
    )
    return render(request, "pages/days.html", {"view": view, "reading": row, "title": title_of(row)})


def _same(month: date, today: date) -> date | None:
    return today if (month.year, month.month) == (today.year, today.month) else None


@require_POST
def more(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Another reading of the same chart: a topic, today, or this year."""
    row = reading_or_404(request, reading_id)
    kind, _, topic = request.POST.get("what", "").partition(".")
    ask = _same_birth(row)
    today = timezone.localdate()
    if kind == Kind.TOPIC and topic in Topic.values:
        ask = replace(ask, kind=Kind.TOPIC, topic=topic)
    elif kind == Kind.DAILY:
        ask = replace(ask, kind=Kind.DAILY, date=_date(request.POST.get("date", "")) or today)
    elif kind == Kind.YEAR:
        ask = replace(ask, kind=Kind.YEAR, date=_date(request.POST.get("date", "")) or today)
    return begin(request, ask, press_of(request), back_with(request, row.get_absolute_url()))


def _same_birth(row: Reading) -> Ask:
    return Ask(
        birth=row.birth, options=row.options, label=row.label, mode=Mode(row.mode),
        language=(get_language() or "ko")[:2],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest) -> HttpResponse:
    """궁합: the birth moments of two people, and then their reading."""
    data = request.POST if request.method == "POST" else None
    one, two = ReadingForm(data, kind=Kind.MATCH), BirthForm(data, prefix="other")
    token = request.POST.get("token") or uuid.uuid4().hex

    def page(message: str = "", status: int = 200) -> HttpResponse:
        if message:
            one.add_error(None, message)
        context = {
            **form_context(one, token=token),
            "other": two,
            "typed_other_place": typed_place(two),
            "nav": "match",
        }
        return render(request, "pages/match.html", context, status=status)

    if data is None:
        return page()
    if not (one.is_valid() & two.is_valid()):
        return page(status=422)
    ask = replace(
        one.ask(kind=Kind.MATCH),
        other=(two.birth(), two.options()),
        other_label=two.cleaned_data["name"].strip(),
    )
    return begin(request, ask, one.cleaned_data["token"], page)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
