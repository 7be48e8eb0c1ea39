"""Access to members' and guests' rows. A row that belongs to somebody else answers 404, never 403."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from core.access import Who, who
from core.db.lookups import rows
from core.site.errors import PageMissing
from core.streams import Run
from fortune.models import FavoriteDate, Reading, SavedPerson


def reading_or_404(request: HttpRequest, reading_id: UUID) -> Reading:
    """Return the visitor's own reading, as a member or as the guest who began it. One query."""
    me = who(request)
    reading = next(iter(rows(Reading, "id", reading_id)), None)
    if reading is None or not _is_mine(reading, me):
        # The same words whether it exists or not. Visitors come here most often by an address that a friend copied.
        message = _(
            "풀이는 본 사람만 열 수 있어요. 친구의 풀이라면 ‘공유하기’로 만든 주소를 보내 달라고 해 보세요. "
            "내 풀이라면 그때 쓴 브라우저에서 열거나 로그인해 주세요."
        )
        raise PageMissing(message, template="errors/reading.html")
    return reading


def run_or_404(reading: Reading) -> Run:
    """Return the reading's newest run; there is none when the reading was deleted after it was looked up."""
    try:
        return reading.run
    except Run.DoesNotExist:
        raise Http404 from None


def _is_mine(reading: Reading, me: Who) -> bool:
    if reading.owner_id:
        return bool(reading.owner_id == me.user_id)
    return bool(me.guest) and reading.guest == me.guest


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
