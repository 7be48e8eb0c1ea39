"""Share links: made, counted, revoked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, QuerySet

from fortune.models import Reading, ShareLink, Shown

LASTS = timedelta(days=30)
MAX_OPEN = 20


class TooManyLinks(Exception):
    """A reading has as many open links as it may."""


@transaction.atomic
def share(*, reading: Reading, shown: Shown, epoch: int, now: datetime) -> ShareLink:
    """Create a link that shows ``shown`` of the version ``epoch`` for thirty days. Raises ``TooManyLinks``."""
    Reading.objects.select_for_update().get(pk=reading.pk)  # counts don't race
    if open_links(reading=reading, now=now).count() >= MAX_OPEN:
        raise TooManyLinks
    return ShareLink.objects.create(
        token=secrets.token_urlsafe(24),
        reading=reading,
        shown=shown,
        epoch=epoch,
        created_at=now,
        expires_at=now + LASTS,
    )


def open_links(*, reading: Reading, now: datetime) -> QuerySet[ShareLink]:
    """Return the reading's links that still work, the newest first."""
    return ShareLink.objects.filter(reading=reading, revoked_at=None, expires_at__gt=now).order_by(
        "-created_at"
    )


def revoke(*, links: QuerySet[ShareLink], now: datetime) -> None:
    """Make these links stop working at once."""
    pictures = _picture_keys(links)
    links.filter(revoked_at=None).update(revoked_at=now)
    transaction.on_commit(lambda: cache.delete_many(pictures))


def forget_pictures(*, readings: Sequence[UUID]) -> None:
    """Drop the pictures of these readings' links when the transaction commits."""
    pictures = _picture_keys(ShareLink.objects.filter(reading__in=readings))
    transaction.on_commit(lambda: cache.delete_many(pictures))


def picture_key(link_id: int) -> str:
    """Return where the cache holds the pictures of a link."""
    return f"cards:{link_id}"


def _picture_keys(links: QuerySet[ShareLink]) -> list[str]:
    return [picture_key(pk) for pk in links.order_by().values_list("pk", flat=True)]


def find(*, token: str, now: datetime) -> ShareLink | None:
    """Return the link, when it still works."""
    return (
        ShareLink.objects.select_related("reading")
        .filter(token=token, revoked_at=None, expires_at__gt=now)
        .first()
    )


def count_view(*, link: ShareLink) -> None:
    ShareLink.objects.filter(pk=link.pk).update(views=F("views") + 1)
