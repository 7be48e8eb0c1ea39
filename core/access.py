"""The identity behind a request. Everything that belongs to a person or is counted per person uses ``who``."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from core.limits.addresses import client_address, networks
from core.models import profile_of
from core.security.crypto import fingerprint

# The name of a guest's token: of their cookie and, once they have signed in, in their session.
GUEST = "guest"
SALT = "core.access.guest"


class MemberRequest(HttpRequest):
    """The request of a view behind ``login_required``."""

    user: User  # never an AnonymousUser there


@dataclass(frozen=True, slots=True)
class Who:
    """A member, or a guest known by a random token in a signed cookie.

    ``guest`` is the token's fingerprint ("" for members and for guests without a token yet). Limits count by
    ``key`` and ``address``: a member's number, or a guest's token and network, as fingerprints.
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
    """Return who is asking. ``remember``: give a new guest a token, because something becomes theirs."""
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


def token_given(request: HttpRequest) -> str:
    """Return the token that this request has given a new guest, to be sent as a cookie; "" if it has not."""
    return getattr(request, "_new_guest", "")


def move_to_session(request: HttpRequest) -> bool:
    """Put a new member's cookie into their session; False if an earlier one is still there, to be claimed first."""
    if GUEST in request.session:
        return False
    if token := _from_cookie(request):
        request.session[GUEST] = token
    return True


def _guest(request: HttpRequest, *, make: bool = False) -> str:
    # In the session: of a member who was a guest, and of guests known since before there was a cookie.
    token = request.session.get(GUEST, "") or token_given(request)
    if not token and not request.user.is_authenticated:
        token = _from_cookie(request)
    if not token and make:
        token = request._new_guest = secrets.token_urlsafe(24)  # type: ignore[attr-defined]
    return fingerprint(token, purpose="guest") if token else ""


def _fingerprint(network: str) -> str:
    return "net:" + fingerprint(network, purpose="guest-address")[:40]


def signed(token: str) -> str:
    """Return the value of a guest's cookie.

    With a signer of our own: Django's signed cookies changed with a release, and a guest's readings hang on this one.
    """
    return TimestampSigner(salt=SALT).sign(token)


def _from_cookie(request: HttpRequest) -> str:
    """Return the token in the guest's cookie; "" without one, or with one that is forged or too old."""
    try:
        value = request.COOKIES.get(GUEST, "")
        return TimestampSigner(salt=SALT).unsign(value, max_age=settings.SESSION_COOKIE_AGE)
    except BadSignature:
        return ""


def _is_unlimited(user: object) -> bool:
    return bool(user.is_staff) or profile_of(user).own_key_works  # type: ignore[attr-defined,arg-type]
