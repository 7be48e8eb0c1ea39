"""Everything the site keeps of a member: handed over, and deleted."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from core.access import Who
from core.models import Charge, DayCount
from core.profiles import profile_of
from core.streams import api as streams
from fortune.models import FavoriteDate, Reading, SavedPerson

# Charts are decrypted one by one; after so many others get their turn (some 5 ms).
BATCH: Final = 10


def export(*, user: Any, now: datetime) -> dict[str, Any]:
    """This will collect all that is kept of a member, as JSON-able values in plain text.

    The own Gemini key is left out: whoever could read it here could use it.
    """
    profile = profile_of(user)
    return {
        "exported_at": now.isoformat(),
        "account": {
            "joined_at": user.date_joined.isoformat(),
            "email_addresses": list(
                EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")
            ),
            "linked": list(
                SocialAccount.objects.filter(user=user).order_by("pk").values_list("provider", flat=True)
            ),
        },
        "profile": {
            "nickname": profile.nickname,
            "role": profile.role,
            "has_picture": bool(profile.picture),
            "has_own_key": profile.has_own_key,
        },
        "people": [
            {"name": kept.name, "relation": kept.relation, "birth": kept.birth, "default": kept.is_default}
            for kept in SavedPerson.objects.filter(user=user).order_by("pk")
        ],
        "favorite_dates": [
            {"date": kept.date.isoformat(), "label": kept.label, "memo": kept.memo, "colour": kept.colour}
            for kept in FavoriteDate.objects.filter(user=user).order_by("date", "pk")
        ],
        "readings": export_readings(who=Who(user.pk, "", "", True)),
    }


def export_readings(*, who: Who) -> list[dict[str, Any]]:
    """This will give all readings of a member or guest with every version of their texts, newest first."""
    mine = Reading.objects.filter(owner_id=who.user_id) if who.user_id else guests_readings(who)
    ids = list(mine.order_by("-created_at", "pk").values_list("pk", flat=True))
    out: list[dict[str, Any]] = []
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        texts: dict[Any, list[dict[str, Any]]] = {}
        for run in streams.Run.objects.filter(subject__in=batch).order_by("epoch"):
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
        rows = Reading.objects.in_bulk(batch)
        out += [_reading(rows[pk], texts.get(pk, [])) for pk in batch if pk in rows]
        time.sleep(0)  # to the hub, which would otherwise wait for the whole export
    return out


def guests_readings(who: Who) -> Any:
    if not who.guest:
        return Reading.objects.none()
    return Reading.objects.filter(owner=None, guest=who.guest)


def _reading(reading: Reading, versions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(reading.pk),
        "kind": reading.kind,
        "mode": reading.mode,
        "topic": reading.topic,
        "date": reading.date.isoformat() if reading.date else None,
        "label": reading.label,
        "other_label": reading.other_label,
        "question": reading.question,
        "chart": reading.chart,
        "other_chart": reading.other_chart,
        "created_at": reading.created_at.isoformat(),
        "versions": versions,
    }


def delete(*, user: Any, now: datetime) -> None:
    """This will stop what is being written for the member and delete everything that is theirs."""
    subjects = list(Reading.objects.filter(owner=user).values_list("pk", flat=True))
    for subject in streams.Run.objects.filter(subject__in=subjects, finished_at=None).values_list(
        "subject", flat=True
    ):
        streams.stop(subject=subject, now=now)
    with transaction.atomic():
        streams.Run.objects.filter(subject__in=subjects).delete()
        key = f"user:{user.pk}"
        Charge.objects.filter(key=key).delete()
        DayCount.objects.filter(key=key).delete()
        user.delete()
