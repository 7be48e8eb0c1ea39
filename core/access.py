"""The identity behind a request. Everything that belongs to a person or is counted per person uses ``who``."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpRequest

from core.limits.addresses import client_address, networks
from core.models import profile_of
from core.security.crypto import fingerprint

GUEST = "guest"


class MemberRequest(HttpRequest):
    """The request of a view behind ``login_required``."""

    user: User  # never an AnonymousUser there


@dataclass(frozen=True, slots=True)
class Who:
    """A member, or a guest known by a random token in the session.

    ``guest`` is the token's fingerprint ("" for members and for guests without a session yet). Limits count by
    ``key`` and ``address``: a member's number, or a guest's session and network, as fingerprints.
    ``unlimited`` people (``staff``, holders of their own key, once it was seen to work) are not counted.
    ``networks`` are the wider ones around the address: a guest can change within them, too.
    """

    user_id: int | None
    guest: str
    key: str
    unlimited: bool
    address: str = ""
    networks: tuple[str, ...] = ()
    staff: bool = False


def who(request: HttpRequest, *, remember: bool = False) -> Who:
    """Return who is asking. ``remember``: start a session for a new guest, because something becomes theirs."""
    user = request.user
    known = getattr(request, "_who", None)
    if isinstance(known, Who) and known.user_id == user.pk and (user.pk or known.guest or not remember):
        return known
    if user.is_authenticated:
        # With the guest token, so that readings begun before signing in can be claimed afterwards.
        answer = Who(user.pk, _guest(request), f"user:{user.pk}", _is_unlimited(user), staff=user.is_staff)
    else:
        guest = _guest(request, make=remember)
        home, *around = map(_fingerprint, networks(client_address(request)))
        answer = Who(None, guest, f"guest:{guest[:40]}" if guest else home, False, home, tuple(around))
    request._who = answer  # type: ignore[attr-defined]
    return answer


def _guest(request: HttpRequest, *, make: bool = False) -> str:
    token = request.session.get(GUEST, "")
    if not token and make:
        token = request.session[GUEST] = secrets.token_urlsafe(24)
    return fingerprint(token, purpose="guest") if token else ""


def _fingerprint(network: str) -> str:
    return "net:" + fingerprint(network, purpose="guest-address")[:40]


def _is_unlimited(user: object) -> bool:
    return bool(user.is_staff) or profile_of(user).own_key_works  # type: ignore[attr-defined,arg-type]
