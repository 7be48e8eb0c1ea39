"""Access to members' and guests' rows. A row that belongs to somebody else answers 404, never 403."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from core.access import who
from fortune.models import FavoriteDate, Reading, SavedPerson


def reading_or_404(request: HttpRequest, reading_id: UUID) -> Reading:
    """Return the visitor's own reading, as a member or by the session in which it was begun. One query."""
    me = who(request)
    reading = Reading.objects.filter(pk=reading_id).first()
    if reading is None:
        raise Http404
    mine = (
        reading.owner_id == me.user_id if reading.owner_id else bool(me.guest) and reading.guest == me.guest
    )
    if not mine:
        raise Http404
    return reading


def person_or_404(request: HttpRequest, person_id: int) -> SavedPerson:
    """Return a person that the member has saved."""
    person = SavedPerson.objects.filter(pk=person_id, user_id=who(request).user_id or 0).first()
    if person is None:
        raise Http404
    return person


def favorite_or_404(request: HttpRequest, favorite_id: int) -> FavoriteDate:
    """Return a date that the member has saved."""
    favorite = FavoriteDate.objects.filter(pk=favorite_id, user_id=who(request).user_id or 0).first()
    if favorite is None:
        raise Http404
    return favorite
