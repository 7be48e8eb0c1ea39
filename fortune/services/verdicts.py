"""Verdicts on paragraphs: given, changed, taken back, counted."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from fortune.models import Reading, Verdict


def judge(*, reading: Reading, epoch: int, paragraph: int, is_right: bool, now: datetime) -> None:
    """Store a verdict; a later one on the same paragraph replaces it."""
    Verdict.objects.update_or_create(
        reading=reading,
        epoch=epoch,
        paragraph=paragraph,
        defaults={
            "is_right": is_right,
            "kind": reading.kind,
            "prompt_version": reading.prompt_version,
            "updated_at": now,
        },
    )


def take_back(*, reading: Reading, epoch: int, paragraph: int) -> None:
    Verdict.objects.filter(reading=reading, epoch=epoch, paragraph=paragraph).delete()


def given(*, reading: Reading, epoch: int) -> dict[int, bool]:
    """Return the verdicts on a version by paragraph."""
    return dict(Verdict.objects.filter(reading=reading, epoch=epoch).values_list("paragraph", "is_right"))


class Tally(NamedTuple):
    """How many verdicts there are on what a prompt wrote, and how many of them say that it was right."""

    prompt_version: str
    kind: str
    all: int
    right: int


def by_prompt() -> tuple[Tally, ...]:
    """Return the verdicts counted by prompt version and kind of reading."""
    counted = Verdict.objects.values_list("prompt_version", "kind").order_by("prompt_version", "kind")
    rows = counted.annotate(all=Count("pk"), right=Count("pk", filter=Q(is_right=True)))
    return tuple(Tally(*row) for row in rows)
