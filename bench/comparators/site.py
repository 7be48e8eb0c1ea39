"""The competing plan as a visitor meets it: form, page and stream, with Django's own templates and sessions.

    uvicorn bench.comparators.site:application --workers 2 --loop uvloop --http httptools

The same engine and the same provider as Fortune's; forms, ORM, sessions in the database, CSRF and templates are what
Django offers, used from async views. It has less on its pages than Fortune: the pillars, the text, and nothing else.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import dj_database_url
import django
import psycopg2
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from openai import AsyncOpenAI

from bench.comparators.request import PROMPT

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bench",
    USE_TZ=True,
    DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"])},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
)
django.setup()

from django import forms  # noqa: E402 - after setup
from django.db import models  # noqa: E402
from django.shortcuts import aget_object_or_404, redirect, render  # noqa: E402

from fortune.saju import Birth, cast, places  # noqa: E402

client = AsyncOpenAI(api_key="bench", base_url=os.environ["DEEPSEEK_BASE_URL"])


class Reading(models.Model):
    """A visitor's reading."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    chart = models.JSONField()
    text = models.TextField(default="")

    class Meta:
        app_label = "plan"
        db_table = "plan_reading"

    def __str__(self) -> str:
        return str(self.id)


class BirthForm(forms.Form):
    """The fields that Fortune's form asks for."""

    gender = forms.ChoiceField(choices=[("female", "여자"), ("male", "남자")], widget=forms.RadioSelect)
    calendar = forms.ChoiceField(choices=[("solar", "양력"), ("lunar", "음력"), ("lunar_leap", "윤달")])
    birth_date = forms.DateField()
    birth_time = forms.TimeField(required=False)
    birth_place = forms.SlugField(initial="seoul")

    def clean_birth_place(self) -> places.Place:
        """Return the place. Raises ValidationError."""
        if (place := places.find(self.cleaned_data["birth_place"])) is None:
            raise forms.ValidationError("모르는 곳이에요.")
        return place


def create_table() -> None:
    """Create the table of readings, if it is not there. Uvicorn imports this module inside its loop: no ORM here."""
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(1)")  # the other worker does the same
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS plan_reading (id uuid PRIMARY KEY, chart jsonb NOT NULL, text text NOT NULL)"
        )


async def form(request: HttpRequest) -> HttpResponse:
    filled = BirthForm(request.POST or None)
    if request.method != "POST" or not filled.is_valid():
        return await sync_to_async(render)(request, "plan_form.html", {"form": filled})
    data = filled.cleaned_data
    date, time, place = data["birth_date"], data["birth_time"], data["birth_place"]
    chart = cast(
        Birth(
            data["calendar"],
            *(date.year, date.month, date.day),
            *((time.hour, time.minute) if time else (None, None)),
            data["gender"],
            place.longitude,
            place.timezone,
        )
    )
    reading = await Reading.objects.acreate(chart=chart.to_json())
    mine = await request.session.aget("readings", [])
    await request.session.aset("readings", [*mine, str(reading.id)])
    response = redirect(f"/fortune/readings/{reading.id}/")
    response.status_code = 303
    return response


async def mine_or_404(request: HttpRequest, reading_id: uuid.UUID) -> Reading:
    if str(reading_id) not in await request.session.aget("readings", []):
        raise Http404
    return await aget_object_or_404(Reading, id=reading_id)


async def page(request: HttpRequest, reading_id: uuid.UUID) -> HttpResponse:
    reading = await mine_or_404(request, reading_id)
    pillars = reading.chart["pillars"]
    shown = {"reading": reading, "pillars": pillars, "paragraphs": reading.text.split("\n\n")}
    return await sync_to_async(render)(request, "plan_page.html", shown)


async def events(request: HttpRequest, reading_id: uuid.UUID) -> StreamingHttpResponse:
    reading = await mine_or_404(request, reading_id)

    async def body() -> AsyncIterator[bytes]:
        texts = []
        stream = await client.chat.completions.create(
            model="deepseek-chat", messages=[{"role": "user", "content": PROMPT}], stream=True
        )
        async for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                texts.append(chunk.choices[0].delta.content)
                yield f"event: text\ndata: {json.dumps({'text': texts[-1]})}\n\n".encode()
        reading.text = "".join(texts)
        await reading.asave(update_fields=["text"])
        yield b"event: done\ndata: {}\n\n"

    return StreamingHttpResponse(body(), content_type="text/event-stream")


create_table()
urlpatterns = [
    path("fortune/", form),
    path("fortune/readings/<uuid:reading_id>/", page),
    path("fortune/readings/<uuid:reading_id>/events", events),
]
application = get_asgi_application()
