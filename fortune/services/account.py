"""Everything the site stores of a member: its export, and its deletion."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from core import streams
from core.access import Who
from core.accounts.profiles import picture_of
from core.db import pool, replica
from core.models import Charge, DayCount, Profile, profile_of
from fortune.models import FavoriteDate, Reading, SavedPerson, ShareLink, Verdict
from fortune.saju import snapshot_of
from fortune.services import readings

# Charts are decrypted one by one; after each batch (about 5 ms) the event loop may serve other requests.
BATCH: Final = 10
# The key of charges whose guest was forgotten; no guest's own has this form.
FORGOTTEN: Final = "guest:"


def export(*, user: Any, now: datetime) -> dict[str, Any]:
    """Return everything stored of a member as plain JSON values; ``readings`` is an iterator.

    The member's own Gemini key is left out, because anybody who reads the file could use it.
    """
    return {
        "exported_at": now.isoformat(),
        "account": _account(user),
        "profile": _profile(profile_of(user)),
        "people": [
            {"name": row.name, "relation": row.relation, "birth": row.birth, "default": row.is_default}
            for row in SavedPerson.objects.filter(user=user).order_by("pk")
        ],
        "favorite_dates": [
            {"date": row.date.isoformat(), "label": row.label, "memo": row.memo, "colour": row.colour}
            for row in FavoriteDate.objects.filter(user=user).order_by("date", "pk")
        ],
        "shared": [
            {
                "reading": str(link.reading_id),
                "shown": link.shown,
                "since": link.created_at.isoformat(),
                "until": (link.revoked_at or link.expires_at).isoformat(),
                "views": link.views,
            }
            for link in ShareLink.objects.filter(reading__owner=user).order_by("created_at")
        ],
        "verdicts": [
            {"reading": str(row.reading_id), "paragraph": row.paragraph, "right": row.is_right}
            for row in Verdict.objects.filter(reading__owner=user).order_by("pk")
        ],
        "readings": export_readings(who=Who(user.pk, "", "", True)),
    }


def _account(user: Any) -> dict[str, Any]:
    """Return how a member signs in, and where from."""
    return {
        "joined_at": user.date_joined.isoformat(),
        "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")
        ),
        "linked": list(SocialAccount.objects.filter(user=user).order_by("pk").values("provider", "uid")),
        "signed_in_on": [
            {
                "address": row.ip,
                "browser": row.user_agent,
                "since": row.created_at.isoformat(),
                "last_seen": row.last_seen_at.isoformat(),
            }
            for row in UserSession.objects.filter(user=user).order_by("pk")
        ],
    }


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "nickname": profile.nickname,
        "role": profile.role,
        "picture": _picture(profile),
        "has_own_key": profile.has_own_key,
        "made_at": profile.created_at.isoformat(),
    }


def forget_guest(*, who: Who, now: datetime) -> None:
    """Delete a guest's readings with everything that belongs to them, and what counts this guest."""
    if who.user_id or not who.guest:
        return
    with transaction.atomic():
        rows = Reading.objects.of(who)
        subjects = list(rows.select_for_update().values_list("pk", flat=True))
        readings.erase_texts(subjects=subjects, now=now)
        Reading.objects.filter(pk__in=subjects).delete()
        # Charges stay, as nobody's: they bound what a network is refunded in a day.
        Charge.objects.filter(key=who.key).update(key=FORGOTTEN)
        DayCount.objects.filter(key=who.key).delete()


def key_of(user: Any) -> str:
    """Return the key of a member's daily count (``core.access.Who.key``)."""
    return f"user:{user.pk}"


def _picture(profile: Profile) -> str | None:
    content = picture_of(profile)
    return None if content is None else "data:image/webp;base64," + base64.b64encode(content).decode()


def export_readings(*, who: Who) -> Iterator[dict[str, Any]]:
    """Yield all readings of a member or guest, with every version of their texts, newest first.

    They are read in batches: ten thousand readings with their charts would not fit in memory.
    """
    after = Q()
    while True:
        rows, texts = replica.read(partial(_batch, who, after))
        # Let other requests run and give the connection back; otherwise both would wait for the whole export.
        pool.release()
        time.sleep(0)
        yield from (_reading(row, texts.get(row.pk, [])) for row in rows)
        if len(rows) < BATCH:
            break
        at, last = rows[-1].created_at, rows[-1].pk
        after = Q(created_at__lt=at) | Q(created_at=at, pk__gt=last)


def _batch(who: Who, after: Q, using: str) -> tuple[list[Reading], dict[Any, list[dict[str, Any]]]]:
    """Return the next readings, and the versions of their texts by reading."""
    rows = list(Reading.objects.using(using).of(who).filter(after).order_by("-created_at", "pk")[:BATCH])
    texts: dict[Any, list[dict[str, Any]]] = {}
    runs = streams.Run.objects.using(using).filter(subject__in=[row.pk for row in rows])
    for run in runs.order_by("epoch") if rows else ():
        texts.setdefault(run.subject, []).append(
            {
                "text": run.text,
                "status": run.status,
                "written_by": "rules" if run.provider == "classic" else "generative AI",
                "provider": run.provider,
                "model": run.model,
                "created_at": run.created_at.isoformat(),
            }
        )
    return rows, texts


def _reading(reading: Reading, versions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(reading.pk),
        "kind": reading.kind,
        "mode": reading.mode,
        "topic": reading.topic,
        "language": reading.language,
        "asked_after": str(reading.parent_id) if reading.parent_id else None,
        "date": reading.date.isoformat() if reading.date else None,
        "label": reading.label,
        "other_label": reading.other_label,
        "question": reading.question,
        "chart": snapshot_of(reading.chart),
        "other_chart": snapshot_of(reading.other_chart) if reading.other_chart else None,
        "relation": reading.relation,
        "engine": reading.engine_version,
        "prompt": reading.prompt_version,
        "created_at": reading.created_at.isoformat(),
        "versions": versions,
    }


def delete(*, user: Any, now: datetime) -> None:
    """Stop the member's running readings and delete everything that belongs to them."""
    with transaction.atomic():
        # With the member's row locked, a reading that begins now fails when it commits. Without the lock it could
        # commit after the list was read, and its text would outlive the reading.
        get_user_model().objects.select_for_update().filter(pk=user.pk).first()
        subjects = list(Reading.objects.filter(owner=user).values_list("pk", flat=True))
        readings.erase_texts(subjects=subjects, now=now)
        Charge.objects.filter(key=key_of(user)).delete()
        DayCount.objects.filter(key=key_of(user)).delete()
        for row in UserSession.objects.filter(user=user):
            row.end()  # signs out the other devices: a session holds the member's id and the time of the sign-in
        user.delete()
