"""Error reports, only where `SENTRY_DSN` is set, and without anybody's data."""

from __future__ import annotations

from typing import Any

from core.ops import logs


def start(*, dsn: str, environment: str, release: str = "") -> None:
    """This will send unexpected errors to Sentry. The model SDKs' integrations would send prompts: off.

    Local variables are left out of stack frames (a birth moment may stand in any of them), bodies are
    never read, personal data is off as the SDK has it by default, and so are traces: on a stream they
    cost 142 µs a chunk.
    """
    if not dsn:
        return
    # Here, because these load both model SDKs: two seconds of every start that reports to nobody.
    import sentry_sdk
    from sentry_sdk.integrations.google_genai import GoogleGenAIIntegration
    from sentry_sdk.integrations.openai import OpenAIIntegration

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release or None,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0.0,
        disabled_integrations=[OpenAIIntegration(), GoogleGenAIIntegration()],
        before_send=_clean,
        before_breadcrumb=_clean,
        ignore_errors=["sqlalchemy.exc.TimeoutError"],
    )


def _clean(event: Any, hint: object) -> Any:
    request = event.get("request")
    if isinstance(request, dict):
        for field in ("data", "cookies", "query_string", "env"):
            request.pop(field, None)
        request["headers"] = {}
    event.pop("user", None)
    return logs.scrub(None, "", event)
