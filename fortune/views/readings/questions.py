"""Questions about one's own chart: a conversation, each answer a reading of its own."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from core import streams
from core.security.crypto import fingerprint
from fortune.access import reading_or_404
from fortune.forms.reading import QuestionForm
from fortune.models import Kind, Mode, Reading
from fortune.pages.conversation import conversation, parent_of
from fortune.readings import safety
from fortune.services.readings import ReadingRequest
from fortune.views.begin import begin


@streams.begins
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Show the conversation and the form for a question; a POST redirects to the answer."""
    row = parent_of(reading_or_404(request, reading_id))
    form = QuestionForm(request.POST if request.method == "POST" else None)

    def page(message: str = "", status: int = 200, crisis: frozenset[str] = frozenset()) -> HttpResponse:
        if message:
            form.add_error(None, message)
        context = {
            "conversation": conversation(row),
            "form": form,
            "token": uuid.uuid4().hex,
            "crisis": crisis,
        }
        return render(request, "pages/ask.html", context, status=status)

    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(status=422)
    question = form.cleaned_data["question"]
    # Checked first, and without using quota: the visitor may be in crisis.
    if crisis := safety.crisis_in(question):
        return page(crisis=crisis)
    # A page that a browser has kept has the same token again: another question is another press.
    press = fingerprint(f"{form.cleaned_data['token']}\0{question}", purpose="press")
    return begin(request, _about(row, question), press, page)


def _about(row: Reading, question: str) -> ReadingRequest:
    return ReadingRequest(
        birth=row.birth,
        options=row.options,
        label=row.label,
        kind=Kind.QUESTION,
        mode=Mode(row.mode),
        parent=row,
        question=question,
        language=(get_language() or "ko")[:2],
    )
