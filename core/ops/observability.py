"""Error reports to Sentry, only where ``SENTRY_DSN`` is set, and without anybody's data.

Every log line at the level of an error becomes an event: no other module has to name Sentry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from core.ops import logs

# Fields of a log line by which Sentry groups it, beside its event.
APART: Final = ("provider", "kind", "frame")


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

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release or None,
        include_local_variables=False,
        max_request_body_size="never",
        auto_session_tracking=False,
        send_client_reports=False,
        disabled_integrations=[OpenAIIntegration(), GoogleGenAIIntegration(), RedisIntegration()],
        before_send=_event,
        before_breadcrumb=_clean,
        # A browser has left. A stream whose connection is kept without the server ends in the same way.
        ignore_errors=[ConnectionResetError, BrokenPipeError, "sqlalchemy.exc.TimeoutError"],
    )


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
