"""A member with thousands of readings, for the figure `pages`. Runs inside the site: `manage.py shell`."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone

from core.llm.cancel import Cancel
from core.llm.types import Deadlines
from core.models import DailyVisits, Profile
from core.streams import Run, Status
from fortune.author import prompt_for
from fortune.models import FavoriteDate, Kind, Mode, Reading, SavedPerson, ShareLink, Shown, Topic
from fortune.readings.classic import ClassicProvider
from fortune.readings.prompts import PROMPT_VERSION
from fortune.saju import ENGINE_VERSION, Birth, Chart, cast

BIRTHS = 40  # different charts and texts; the readings take turns among them
BATCH = 500
QUESTIONS = 12


def seed(count: int) -> None:
    """Create the member with their rows, and an operator; print sessions and addresses as JSON."""
    now = timezone.now()
    member, staff = _person("many", is_staff=False), _person("operator", is_staff=True)
    rows, runs = _readings(member, count, now)
    with transaction.atomic():
        for model, made in ((Reading, rows), (Run, runs)):
            todo = iter(made)
            while batch := list(islice(todo, BATCH)):
                model.objects.bulk_create(batch)  # type: ignore[attr-defined]
    first = rows[0]
    link = ShareLink.objects.create(
        token="bench-" + uuid.uuid4().hex,
        reading=first,
        shown=Shown.READING,
        epoch=1,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    _add_what_else_they_keep(member, now.date())
    question = next(row for row in rows if row.kind == Kind.QUESTION)
    print(
        json.dumps(
            {
                "member": _session(member),
                "staff": _session(staff),
                "reading": str(first.pk),
                "others": " ".join(str(row.pk) for row in rows[QUESTIONS + 1 : QUESTIONS + 41]),
                "question": str(question.pk),
                "link": link.token,
            }
        )
    )


def _add_what_else_they_keep(member: User, today: date) -> None:
    """Store saved people and favourite dates, and the visitors of the days before."""
    for number in range(10):
        birth = {"gender": "female", "calendar": "solar", "birth_date": f"19{60 + number}-02-10"}
        SavedPerson.objects.create(user=member, name=f"사람{number}", birth=birth, is_default=number == 0)
    for number in range(40):
        day = date(2026, 1, 1) + timedelta(days=number)
        FavoriteDate.objects.create(user=member, date=day, label=f"날 {number}", memo="메모")
        DailyVisits.objects.create(day=today - timedelta(days=number), visitors=100 + number)


def _person(name: str, *, is_staff: bool) -> User:
    user = User.objects.create(username=name, is_staff=is_staff, is_superuser=is_staff)
    Profile.objects.create(user=user, nickname=name, welcomed_at=timezone.now())
    return user


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.session.session_key)


def _readings(owner: User, count: int, now: datetime) -> tuple[list[Reading], list[Run]]:
    """Yield readings of every kind, the newest first, some for each day, with their finished texts."""
    charts = [_chart(number) for number in range(BIRTHS)]
    texts = [_text(chart, now) for chart in charts]
    rows, runs = [], []
    for number in range(count):
        when = now - timedelta(hours=number * 3)
        chart = charts[number % BIRTHS]
        row = _reading(owner, number, chart, when, parent=rows[0] if rows else None)
        rows.append(row)
        runs.append(
            Run(
                subject=row.pk,
                epoch=1,
                status=Status.DONE,
                # An answer to a question is short.
                text=texts[number % BIRTHS][: 600 if row.kind == Kind.QUESTION else None],
                provider="classic",
                model="classic-1",
                created_at=when,
                started_at=when,
                finished_at=when,
            )
        )
    return rows, runs


def _reading(owner: User, number: int, chart: Chart, when: datetime, *, parent: Reading | None) -> Reading:
    kind = (Kind.FULL, Kind.DAILY, Kind.TOPIC, Kind.FULL, Kind.YEAR)[number % 5]
    more: dict[str, Any] = {}
    if parent and 0 < number <= QUESTIONS:
        kind, more = Kind.QUESTION, {"parent": parent, "question": "올해 이사해도 괜찮을까요?"}
    if kind in (Kind.DAILY, Kind.YEAR):
        more["date"] = when.date()
    if kind == Kind.TOPIC:
        more["topic"] = Topic.CAREER
    return Reading(
        owner=owner,
        kind=kind,
        mode=Mode.GENERAL,
        label=f"사람{number % 7}",
        chart=chart.to_json(),
        token=uuid.uuid4().hex,
        engine_version=ENGINE_VERSION,
        prompt_version=PROMPT_VERSION,
        created_at=when,
        **more,
    )


def _chart(number: int) -> Chart:
    born = date(1950, 3, 1) + timedelta(days=401 * number)
    return cast(
        Birth(
            calendar="solar",
            year=born.year,
            month=born.month,
            day=born.day,
            hour=number % 24,
            minute=30,
            gender=("female", "male")[number % 2],
            longitude=126.98,
            timezone="Asia/Seoul",
        )
    )


def _text(chart: Chart, now: datetime) -> str:
    asked = Reading(kind=Kind.FULL, mode=Mode.GENERAL, language="ko")
    prompt = prompt_for(asked, chart, None, now=now)
    deadlines = Deadlines(connect=1, first_token=1, idle=1, total=10)
    stream = ClassicProvider(pace=0).open(prompt, deadlines=deadlines, cancel=Cancel())
    try:
        return stream.read() or ""
    finally:
        stream.close()
