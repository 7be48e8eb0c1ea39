"""Begin, stop, retry and regenerate readings: the only code that writes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q

from core import streams
from core.access import Who
from core.limits import quota
from core.limits.days import korean_day
from core.security.crypto import fingerprint
from fortune.author import prompt_for
from fortune.casting import chart_of
from fortune.models import Kind, Mode, Reading, ShareLink
from fortune.readings.prompts import PROMPT_VERSION
from fortune.saju import ENGINE_VERSION, Birth, Chart, Options
from fortune.saju.calendar.pillars import year_on
from fortune.services import sharing

# This lookup runs before every reading and nearly always finds nothing. Building it from a queryset would take
# longer than PostgreSQL's answer. A row of the same press sorts first.
MEMBERS_SAME: Final = """
    SELECT id FROM fortune_reading
    WHERE owner_id = %s AND (token = %s OR likeness = %s AND likeness <> '') ORDER BY token = %s DESC LIMIT 1
"""
GUESTS_SAME: Final = """
    SELECT id FROM fortune_reading
    WHERE owner_id IS NULL AND guest = %s AND (token = %s OR likeness = %s AND likeness <> '')
    ORDER BY token = %s DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """The reading that a visitor wants. ``other`` is the second person of a 궁합."""

    birth: Birth
    options: Options = field(default_factory=Options)
    label: str = ""
    kind: Kind = Kind.FULL
    mode: Mode = Mode.GENERAL
    topic: str = ""
    date: date | None = None
    language: str = "ko"
    other: tuple[Birth, Options] | None = None
    other_label: str = ""
    relation: str = ""
    parent: Reading | None = None
    question: str = ""


def begin(*, who: Who, wanted: ReadingRequest, token: str, now: datetime) -> Reading:
    """Return the reading for ``wanted``: the one that exists already, or a new one that is being written.

    The same press (``token``) or the same request finds the same reading and costs nothing; a failed one is
    written again. A page that a browser has kept sends its token again: with other words it is another press. Raises ``SajuError`` (birth), ``quota.LimitReached`` and ``streams.Full``.
    """
    chart = chart_of(wanted.birth, wanted.options)
    other = chart_of(*wanted.other) if wanted.other else None
    likeness = _likeness(wanted, today=korean_day(now))
    token = _press(f"{token}\0{likeness}") if likeness else token
    found = _find(who, token, likeness)
    if found and found.token == token and (found.likeness, found.question) != (likeness, wanted.question):
        # A form that was sent has its token still when its visitor comes back to it. Corrected, it is another press.
        token = _press(json.dumps([token, likeness, wanted.question]))
        found = _find(who, token, likeness)
    if found is None:
        try:
            with streams.reserve() as place:
                return _create(who, wanted, chart, other, token, likeness, now, place)
        except IntegrityError:
            found = _find(who, token, likeness)  # of the same press in another request
            if found is None:
                raise  # its member or parent has been deleted, for example
    if found.run.status == streams.Status.FAILED and found.run.can_be_retried:
        regenerate(reading=found, who=who, now=now)
    return found


def _create(
    who: Who,
    wanted: ReadingRequest,
    chart: Chart,
    other: Chart | None,
    token: str,
    likeness: str,
    now: datetime,
    place: streams.Place,
) -> Reading:
    reading = _unsaved(who, wanted, token, likeness, now)
    early_request = None
    try:
        with transaction.atomic():
            reading.chart = chart.to_record()
            reading.other_chart = other.to_record() if other else None
            # First, because it claims the press: the same press in another request waits here, finds this row, and is
            # neither charged nor asked of a model.
            reading.save(force_insert=True)
            run = _paid_run(reading, who=who, now=now, is_new=True)
            if not run.own_key:
                early_request = streams.request_model(lambda: prompt_for(reading, chart, other, now=now))
            run.save(force_insert=True)
            reading.run = run
            transaction.on_commit(lambda: streams.start(run, early_request, place))
    except BaseException:
        if early_request is not None:
            early_request.withdraw()
        raise
    return reading


def _unsaved(who: Who, wanted: ReadingRequest, token: str, likeness: str, now: datetime) -> Reading:
    """Return the row of a reading that is to be stored, without its charts."""
    return Reading(
        owner_id=who.user_id,
        guest="" if who.user_id else who.guest,
        kind=wanted.kind,
        mode=wanted.mode,
        topic=wanted.topic,
        date=wanted.date,
        language=wanted.language,
        parent=wanted.parent,
        question=wanted.question,
        label=wanted.label,
        other_label=wanted.other_label,
        relation=wanted.relation,
        token=token,
        likeness=likeness,
        engine_version=ENGINE_VERSION,
        prompt_version=PROMPT_VERSION,
        created_at=now,
    )


def regenerate(*, reading: Reading, who: Who, now: datetime) -> None:
    """Write a new version of the text; earlier ones are kept. Does nothing while one is being written.

    Raises ``quota.LimitReached`` and ``streams.Full``.
    """
    with streams.reserve() as place, transaction.atomic():
        # Two requests at once make one version: the second waits for the lock and then finds the first one's run.
        Reading.objects.select_for_update().get(pk=reading.pk)
        reading.forget_run()
        if reading.run.is_live:
            return
        run = _paid_run(reading, who=who, now=now)
        run.save(force_insert=True)
        reading.run = run
        transaction.on_commit(lambda: streams.start(run, place=place))


def _paid_run(reading: Reading, *, who: Who, now: datetime, is_new: bool = False) -> streams.Run:
    """Return a run that is charged for, to be saved in the same transaction. Raises ``quota.LimitReached``."""
    own_key = _writes_on_own_key(reading)
    run = streams.draft(
        subject=reading.id,
        now=now,
        is_new=is_new,
        edition=f"engine {ENGINE_VERSION} · prompt {PROMPT_VERSION}",
        own_key=own_key,
    )
    if not own_key and not who.staff:
        # A member with an own key is still limited when the site's key is used: the reading may have been begun as
        # a guest, or the key may have been removed since ``who`` was read.
        who = replace(who, unlimited=False)
    quota.charge(who=who, subject=run.id, now=now)
    return run


def stop(*, reading: Reading, now: datetime) -> None:
    """Stop the writing, wherever it happens; the text so far stays."""
    streams.stop(subject=reading.id, now=now)


def retry(*, reading: Reading, who: Who, now: datetime) -> None:
    """Continue an interrupted or stopped text free of charge, three times; write a failed one again.

    Raises as ``begin``, and ``streams.NotRetryable`` for a text that was continued often enough, that a filter has ended, or that
    another press came first for.
    """
    if reading.run.status in (streams.Status.INTERRUPTED, streams.Status.STOPPED):
        reading.run = streams.retry(subject=reading.id)
    elif reading.run.status == streams.Status.FAILED:
        if not reading.run.can_be_retried:
            raise streams.NotRetryable
        regenerate(reading=reading, who=who, now=now)


def erase_texts(*, subjects: Sequence[UUID], now: datetime) -> None:
    """Stop the writing of these readings and delete every version of their texts, in the caller's transaction.

    With its commit, Redis and the workers' memory forget them, too.
    """
    runs = streams.Run.objects.filter(subject__in=subjects)
    for subject in runs.filter(finished_at=None).values_list("subject", flat=True):
        streams.stop(subject=subject, now=now)
    runs.delete()
    sharing.forget_pictures(readings=subjects)
    transaction.on_commit(lambda: streams.forget(subjects))


@transaction.atomic
def delete(*, reading: Reading, now: datetime) -> None:
    """Delete a reading, its questions and every version of their texts."""
    # With the row locked, a question that is asked now fails when it commits; an earlier one is listed below.
    Reading.objects.select_for_update().filter(pk=reading.pk).first()
    subjects = [reading.id, *reading.questions.values_list("id", flat=True)]
    erase_texts(subjects=subjects, now=now)
    reading.delete()


def claim_guest_readings(*, who: Who) -> int:
    """Make a guest's readings the member's, after signing in. Returns how many."""
    if who.user_id is None or not who.guest:
        return 0
    moved = 0
    for reading in Reading.objects.of_person(None, who.guest).order_by("created_at"):
        try:
            with transaction.atomic():
                moved += Reading.objects.filter(pk=reading.pk).update(owner_id=who.user_id, guest="")
        except IntegrityError:
            continue  # the member has the same one already
    return moved


def sweep_guests(*, before: datetime, now: datetime) -> int:
    """Delete guests' conversations unused since ``before``, except those behind an open link. Returns how many.

    A guest can't delete them later, because they are known only by their browser's cookie.
    """
    open_links = ShareLink.objects.filter(revoked_at=None, expires_at__gt=now)
    old = Reading.objects.filter(owner=None, parent=None, created_at__lt=before).exclude(
        Exists(Reading.objects.filter(parent=OuterRef("pk"), created_at__gte=before))
        | Exists(open_links.filter(Q(reading=OuterRef("pk")) | Q(reading__parent=OuterRef("pk"))))
    )
    swept = 0
    for pk in old.values_list("pk", flat=True).iterator():
        with transaction.atomic():
            # Skip a reading that its guest has claimed by signing in since.
            reading = Reading.objects.select_for_update().filter(pk=pk, owner=None).first()
            if reading is not None:
                delete(reading=reading, now=now)
                swept += 1
    return swept


def _find(who: Who, token: str, likeness: str) -> Reading | None:
    """Return the visitor's reading of the same press or of the same request, the same press first."""
    if who.user_id is None and not who.guest:
        return None
    with connection.cursor() as cursor:
        person = who.user_id or who.guest
        cursor.execute(MEMBERS_SAME if who.user_id else GUESTS_SAME, [person, token, likeness, token])
        row = cursor.fetchone()
    return Reading.objects.get(pk=row[0]) if row else None


def _press(value: str) -> str:
    """Return a short token: it is stored twice. Beside a release with longer ones, the same ``likeness`` refuses a second row."""
    return fingerprint(value, purpose="press")[:32]


def _likeness(wanted: ReadingRequest, *, today: date) -> str:
    """Return a fingerprint of everything that shapes the text or heads its page; "" for a question, never shared.

    The names are part of it: two people may be born in the same minute, and neither opens the other's page.

    A reading without a date of its own speaks of the present year, so that another year makes another reading.
    """
    if wanted.kind == Kind.QUESTION:
        return ""
    shape = {
        "birth": asdict(wanted.birth),
        "names": [wanted.label, wanted.other_label],
        "options": asdict(wanted.options),
        "other": [asdict(part) for part in wanted.other] if wanted.other else None,
        "relation": wanted.relation,
        "kind": wanted.kind,
        "mode": wanted.mode,
        "topic": wanted.topic,
        "date": wanted.date.isoformat() if wanted.date else None,
        "language": wanted.language,
        "year": None if wanted.date else year_on(today),
        "versions": [ENGINE_VERSION, PROMPT_VERSION],
    }
    return fingerprint(json.dumps(shape, sort_keys=True), purpose="likeness")


def overview_of(*, reading: Reading, now: datetime) -> Reading | None:
    """Return the 총평 of the same birth and name, as its owner has it: of today's year, or of the reading's own."""
    wanted = ReadingRequest(
        birth=reading.birth,
        options=reading.options,
        label=reading.label,
        mode=Mode(reading.mode),
        language=reading.language,
    )
    days = {korean_day(reading.created_at), korean_day(now)}
    mine = Reading.objects.of_person(reading.owner_id, reading.guest)
    return mine.filter(likeness__in={_likeness(wanted, today=day) for day in days}).first()


def _writes_on_own_key(reading: Reading) -> bool:
    profile = getattr(reading.owner, "profile", None) if reading.owner_id else None
    return bool(profile and profile.has_own_key)
