"""Error reports to Sentry, only where ``SENTRY_DSN`` is set, and without anybody's data.

Every log line at the level of an error becomes an event: no other module has to name Sentry. While PostgreSQL or Redis
is away, everything fails that needs it: such failures are told once per kind and ``OUTAGE_EVERY`` over all processes,
however many they are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.cache import cache

from core.ops import logs

# Fields of a log line by which Sentry groups it, beside its event.
APART: Final = ("provider", "kind", "frame")
# Exceptions that say that a service can't be reached, and the time within which one report of each is enough.
OUTAGES: Final = frozenset(
    {
        "django.db.utils.InterfaceError",
        "django.db.utils.OperationalError",
        "django_redis.exceptions.ConnectionInterrupted",
        "psycopg2.InterfaceError",
        "psycopg2.OperationalError",
        "psycopg2.errors.ReadOnlySqlTransaction",
        "redis.exceptions.ConnectionError",
        "redis.exceptions.TimeoutError",
    }
)
OUTAGE_EVERY: Final = 600


class Outages:
    """Decides which failures of a service that is away are reported. ``claim(kind)``: no other process reports it."""

    def __init__(self, claim: Callable[[str], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._claim = claim
        self._clock = clock
        self._quiet_until: dict[str, float] = {}

    def is_news(self, error: BaseException | None) -> bool:
        """Return whether the failure is worth a report: it is no outage, or the first of its kind for a while."""
        kind = _outage(error)
        if not kind:
            return True
        now = self._clock()
        if now < self._quiet_until.get(kind, now):
            return False
        self._quiet_until[kind] = now + OUTAGE_EVERY  # before the claim, which may fail in the same way
        return self._claim(kind)


def _outage(error: BaseException | None) -> str:
    """Return the kind of outage that the exception, or one that it came from, tells of; "" for any other failure.

    PostgreSQL's code, if it gave one, tells a deadlock from a server that shuts down.
    """
    while error is not None:
        names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
        if names & OUTAGES:
            code = getattr(error, "pgcode", None) or getattr(error.__cause__, "pgcode", None)
            return f"{type(error).__qualname__}:{code or ''}"
        error = error.__cause__ or error.__context__
    return ""


def _claim(kind: str) -> bool:
    return cache.add(f"report:outage:{kind}", 1, OUTAGE_EVERY) is not False


def start(*, dsn: str, environment: str, release: str = "") -> None:
    """Send unexpected errors to Sentry.

    Off are the integrations of the model SDKs (they would send prompts) and of Redis (its keys hold sessions),
    local variables in stack frames (a birth moment may stand in any of them), bodies, and personal data (the
    SDK's default). Traces and session counts are off as well: on a stream traces cost 142 µs a chunk.
    """
    if not dsn:
        return
    # Imported here because they load both model SDKs: two seconds of every start without Sentry.
    import sentry_sdk
    from sentry_sdk.integrations.google_genai import GoogleGenAIIntegration
    from sentry_sdk.integrations.openai import OpenAIIntegration
    from sentry_sdk.integrations.redis import RedisIntegration

    outages = Outages(_claim)
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release or None,
        include_local_variables=False,
        max_request_body_size="never",
        auto_session_tracking=False,
        send_client_reports=False,
        disabled_integrations=[OpenAIIntegration(), GoogleGenAIIntegration(), RedisIntegration()],
        before_send=lambda event, hint: _event(event, hint) if outages.is_news(_error(hint)) else None,
        before_breadcrumb=_clean,
        # A browser has left. A stream whose connection is kept without the server ends in the same way.
        ignore_errors=[ConnectionResetError, BrokenPipeError, "sqlalchemy.exc.TimeoutError"],
    )


def _error(hint: Mapping[str, Any]) -> BaseException | None:
    return (hint.get("exc_info") or (None, None))[1]


def _event(event: Any, hint: Mapping[str, Any]) -> Any:
    record = hint.get("log_record")
    if record is not None and isinstance(record.msg, dict):  # a structured line (core/ops/logs.py)
        fields = {name: value for name, value in record.msg.items() if name != "event"}
        event["logentry"] = {"message": record.msg["event"]}
        event["extra"] = fields
        event["fingerprint"] = [record.msg["event"], *(str(fields[key]) for key in APART if key in fields)]
    return _clean(event, hint)


def _clean(event: Any, hint: object) -> Any:
    request = event.get("request")
    if isinstance(request, dict):
        for field in ("data", "cookies", "query_string", "env"):
            request.pop(field, None)
        request["headers"] = {}
    event.pop("user", None)
    return logs.scrub(None, "", event)
