"""Delete expired data: fingerprints of visitors, counters, ended sessions, guests' readings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.utils import timezone

from core.db import pool
from core.limits.days import korean_day
from core.models import Charge, DayCount, FactorReset, TextOpening
from core.site import visits
from fortune.services import readings

KEPT_DAYS = 90
AUDIT_DAYS = 365


class Command(BaseCommand):
    help = (
        "Delete visitor fingerprints older than yesterday, limits and guests' readings older than 90 days, "
        "rows of the audit older than a year, and ended sessions."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._sweep()
        except (DatabaseError, pool.PoolTimeout) as error:
            reason = str(error).strip().partition("\n")[0]
            raise CommandError(f"the database: {reason}. What is swept stays so; run this again.") from None

    def _sweep(self) -> None:
        now = timezone.now()
        today = korean_day(now)
        long_ago = today - timedelta(days=KEPT_DAYS)
        done = {
            "visitor fingerprints": visits.sweep(today=today),
            "charges": Charge.objects.filter(day__lt=long_ago).delete()[0],
            "day counters": DayCount.objects.filter(day__lt=long_ago).delete()[0],
            "openings of texts": TextOpening.objects.filter(
                opened_at__lt=now - timedelta(days=AUDIT_DAYS)
            ).delete()[0],
            "resets of second factors": FactorReset.objects.filter(
                reset_at__lt=now - timedelta(days=AUDIT_DAYS)
            ).delete()[0],
            "guests' readings": readings.sweep_guests(before=now - timedelta(days=KEPT_DAYS), now=now),
        }
        call_command("clearsessions")
        # allauth stores the address and browser of every sign-in for the list of sessions; delete them with the session.
        kept = Session.objects.values("session_key")
        done["sign-ins"] = UserSession.objects.exclude(session_key__in=kept).delete()[0]
        for what, number in done.items():
            self.stdout.write(f"{what}: {number}")
