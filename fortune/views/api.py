"""The endpoints for programs and the page's scripts. Each answers JSON, or streams on request."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import streams
from core.access import who
from fortune.access import reading_or_404
from fortune.forms.reading import ReadingForm
from fortune.models import Kind, Reading
from fortune.saju import cast, snapshot_of
from fortune.services import readings
from fortune.views.errors import BadRequest, Invalid, answers_json, see_other


@streams.begins
@require_POST
@answers_json
def saju_streaming_api(request: HttpRequest) -> HttpResponse:
    """Begin a reading and stream it from its first byte, in one request."""
    return _stream(request, _begin(request, Kind.FULL))


@streams.begins
@require_POST
@answers_json
def daily_fortune_api(request: HttpRequest) -> HttpResponse:
    """Return the fortune of one day; the same person and day get the same text."""
    reading = _begin(request, Kind.DAILY)
    if _wants_stream(request):
        return _stream(request, reading)
    return _answer(request, reading, date=reading.date)


@streams.begins
@require_POST
@answers_json
def analyze_topic(request: HttpRequest) -> HttpResponse:
    """Return a reading on one topic."""
    reading = _begin(request, Kind.TOPIC)
    if _wants_stream(request):
        return _stream(request, reading)
    return _answer(request, reading, date=reading.date, topic=reading.topic)


@require_POST
@answers_json
def chart(request: HttpRequest) -> HttpResponse:
    """Return the chart alone: no model, no quota, nothing stored."""
    wanted = _form(request).reading_request(kind=Kind.FULL)
    return _json(cast(wanted.birth, wanted.options).to_json())


@require_safe
@answers_json
def reading_json(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Return a reading with all its versions."""
    reading = reading_or_404(request, reading_id)
    runs = streams.versions(reading.id)
    run = runs[0]
    return _json(
        {
            "id": reading.id,
            "kind": reading.kind,
            "status": run.status,
            "text": run.text,
            "chart": snapshot_of(reading.chart),
            "provider": run.provider,
            "model": run.model,
            "versions": [_version(run) for run in runs],
        }
    )


@require_POST
@answers_json
def stop(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Stop writing; the text so far stays."""
    readings.stop(reading=reading_or_404(request, reading_id), now=_now())
    return HttpResponse(status=204)


@streams.begins
@require_POST
@answers_json
def retry(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Continue an interrupted or stopped text."""
    reading = reading_or_404(request, reading_id)
    try:
        readings.retry(reading=reading, who=who(request), now=_now())
    except streams.NotRetryable:
        reading.forget_run()
        if not (reading.run.is_live or reading.run.status == streams.Status.DONE):
            raise
        # Otherwise another press came first: it is written, or done already.
    return see_other(f"{reading.get_absolute_url()}#text")


@streams.begins
@require_POST
@answers_json
def regenerate(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Write another version."""
    reading = reading_or_404(request, reading_id)
    readings.regenerate(reading=reading, who=who(request), now=_now())
    return see_other(f"{reading.get_absolute_url()}#text")


def _begin(request: HttpRequest, kind: Kind) -> Reading:
    form = _form(request, kind)
    wanted = form.reading_request(kind=kind)
    me = who(request, remember=True)
    # All of these answer with a stream or wait: without a place for that nothing is charged, and no model asked.
    streams.reserve_stream(request, visitor=me.key)
    return readings.begin(who=me, wanted=wanted, token=form.cleaned_data["token"], now=_now())


def _form(request: HttpRequest, kind: Kind = Kind.FULL) -> ReadingForm:
    """Return the validated form, from form fields or a JSON object."""
    data: Any = request.POST
    if request.content_type == "application/json":
        try:
            data = json.loads(request.body)
            # A lone surrogate is valid JSON but no text: it could be neither stored nor sent back.
            json.dumps(data, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise BadRequest from error
        if not isinstance(data, dict):
            raise BadRequest
    form = ReadingForm(data, kind=kind)
    if not form.is_valid():
        raise Invalid(form)
    return form


def _wants_stream(request: HttpRequest) -> bool:
    return "text/event-stream" in request.headers.get("Accept", "")


def _stream(request: HttpRequest, reading: Reading) -> HttpResponse:
    run = reading.run
    preamble = streams.event(
        "reading",
        {
            "id": str(reading.id),
            "url": reading.get_absolute_url(),
            "events": reverse("fortune:events", args=[reading.id]),
            "status": run.status,
        },
    )
    return streams.event_response(
        request, run=run, position=None, visitor=who(request).key, preamble=preamble
    )


def _answer(request: HttpRequest, reading: Reading, **more: Any) -> HttpResponse:
    """Wait for the reading, holding no connection meanwhile, and return it as JSON."""
    status, text = streams.wait(request, subject=reading.id, visitor=who(request).key)
    return _json({"id": reading.id, **more, "status": status, "text": text})


def _version(run: streams.Run) -> dict[str, Any]:
    return {
        "epoch": run.epoch,
        "status": run.status,
        "text": run.text,
        "provider": run.provider,
        "model": run.model,
        "edition": run.edition,
        "created_at": run.created_at,
    }


def _json(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _now() -> datetime:
    return datetime.now(UTC)
