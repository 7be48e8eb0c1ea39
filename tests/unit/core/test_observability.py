"""What an error report may hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from core.ops import observability


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reports that would leave the machine, caught at the transport. The real SDK, no network."""
    envelopes: list[Any] = []

    class Caught(Transport):
        def capture_envelope(self, envelope: Any) -> None:
            envelopes.append(envelope)

    real = sentry_sdk.init

    def init(**options: Any) -> None:
        real(**options, transport=Caught)

    monkeypatch.setattr(sentry_sdk, "init", init)
    yield envelopes
    sentry_sdk.get_global_scope().set_client(None)


def test_a_report_holds_no_birth_no_name_and_no_key(sent: list[Any]) -> None:
    observability.start(dsn="https://k@example.invalid/1", environment="test")

    def broken() -> None:
        # In pieces, because a report shows the lines of the source.
        birth_date, name = "1990-05" + "-15", "남모를" + "이름"
        raise ValueError(f"no such date 1990-05-15 for {len(name)} {len(birth_date)} sk-abcdefghijkl")

    try:
        broken()
    except ValueError:
        sentry_sdk.set_user({"email": "jisu@example.com"})
        sentry_sdk.capture_exception()
    (envelope,) = sent
    report = json.dumps([item.payload.json for item in envelope.items], ensure_ascii=False)
    assert "ValueError" in report
    for secret in ("1990-05-15", "남모를이름", "sk-abcdefghijkl", "jisu@example.com"):
        assert secret not in report


def test_the_model_sdks_are_not_listened_to(sent: list[Any]) -> None:
    observability.start(dsn="https://k@example.invalid/1", environment="test")
    installed = sentry_sdk.get_client().integrations
    assert not {"openai", "google_genai"} & set(installed)


def test_without_a_dsn_nothing_is_started(sent: list[Any]) -> None:
    observability.start(dsn="", environment="test")
    assert not sentry_sdk.is_initialized()
