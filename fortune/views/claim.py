"""A member who has signed in takes over the readings that they began as a guest."""

from __future__ import annotations

from django.http import HttpRequest

from core.access import GUEST, Who, who
from fortune.services import readings


def claim_readings(request: HttpRequest) -> Who:
    """Return who is asking, after moving to a member the readings they began as a guest."""
    me = who(request)
    if me.user_id and me.guest:
        readings.claim_guest_readings(who=me)
        request.session.pop(GUEST)
    return me
