"""The page for a chart that is known by its pillars."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fortune.forms.pillars import PillarsForm
from fortune.pages.births.pillars import pillars_view


@require_http_methods(["GET", "HEAD", "POST"])
def pillars(request: HttpRequest) -> HttpResponse:
    """Show the form; a POST shows the chart and its dates. Nothing of it is stored or stands in an address."""
    if request.method != "POST":
        return render(request, "pages/pillars.html", {"form": PillarsForm()})
    form = PillarsForm(request.POST)
    if not form.is_valid():
        return render(request, "pages/pillars.html", {"form": form}, status=422)
    view = pillars_view(form.pillars(), form.options(), gender=form.chosen_gender, today=timezone.localdate())
    context = {"form": form, "view": view, "gender": form.chosen_gender, "token": uuid.uuid4().hex}
    return render(request, "pages/pillars.html", context)
