"""Every way a provider fails: the right kind, in time, one attempt, nothing left open."""

from __future__ import annotations

import socket
import time

import pytest

from core.llm.types import ProviderError
from tests.fakes.fake import FakeProvider
from tests.integration.llm.conftest import Made, ask, read_all

FORMS = ["openai", "gemini"]
# script → (kind, how many tokens are read before)
MATRIX = {
    "chaos=no_headers": ("timeout_first_token", False),
    "chaos=silence": ("timeout_first_token", False),
    "chaos=keepalive,at=0": ("timeout_first_token", False),
    "chaos=stall": ("timeout_idle", True),
    "chaos=keepalive": ("timeout_idle", True),
    "chaos=keepalive,interval=0.01": ("timeout_idle", True),
    "chaos=rst,at=-1": ("connect", False),
    "chaos=rst": ("connect", True),
    "chaos=close,at=-1": ("connect", False),
    "chaos=close": ("connect", True),
    "chaos=malformed,interval=0.01": ("malformed", True),
    "chaos=garbage": ("malformed", False),
    "chaos=error,interval=0.01": ("server", True),
    "status=400": ("bad_request", False),
    "status=401": ("auth", False),
    "status=402": ("auth", False),
    "status=403": ("auth", False),
    "status=404": ("bad_request", False),
    "status=429": ("rate_limited", False),
    "status=429,retry_after=7": ("rate_limited", False),
    "status=500": ("server", False),
    "status=502": ("server", False),
    "status=503": ("overloaded", False),
    "count=0": ("empty", False),
    "finish=filter,count=0": ("blocked", False),
    "finish=filter,count=4": ("blocked", True),
}


SHORT = {"timeout_first_token": {"first_token": 0.4}, "timeout_idle": {"idle": 0.4}}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("script", MATRIX)
def test_a_failure_has_its_kind(make: Made, fake: FakeProvider, form: str, script: str) -> None:
    kind, after_text = MATRIX[script]
    provider = make.of(form, script)
    read: list[str] = []
    # Only the deadline that is to be missed is a short one: on a busy machine others must not be missed first.
    limits = {"first_token": 30.0, "idle": 30.0, "total": 60.0, **SHORT.get(kind, {})}

    def read_on() -> None:
        stream = ask(provider, **limits)
        while (more := stream.read()) is not None:
            read.append(more)

    with pytest.raises(ProviderError) as failed:
        read_on()
    assert failed.value.kind == kind
    assert failed.value.provider == provider.name
    assert bool(read) is after_text
    assert fake.stats()["attempts"] == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("given", ["7", "1.5"])
def test_retry_after_is_kept(make: Made, form: str, given: str) -> None:
    with pytest.raises(ProviderError) as failed:
        ask(make.of(form, f"status=429,retry_after={given}"))
    assert failed.value.retry_after == float(given)


def test_a_missing_end_mark_after_the_finish_reason_is_an_end(make: Made) -> None:
    stream = ask(make.deepseek("chaos=no_done"))
    assert read_all(stream)
    assert stream.finish_reason == "stop"


def test_a_gemini_stream_that_ends_without_a_reason_is_truncated(make: Made) -> None:
    stream = ask(make.gemini("chaos=no_done"))
    assert stream.read()
    with pytest.raises(ProviderError, match="truncated"):
        read_all(stream)


@pytest.mark.parametrize("form", FORMS)
def test_the_total_deadline_ends_a_stream_that_keeps_talking(make: Made, form: str) -> None:
    provider = make.of(form, "interval=0.02,count=1000")
    with pytest.raises(ProviderError, match="timeout_total"):
        read_all(ask(provider, total=1.0))


def test_a_reader_who_was_busy_still_gets_what_has_arrived(make: Made, fake: FakeProvider) -> None:
    # Three seconds of text, so that there is a rest however late the first read is.
    stream = ask(make.deepseek("interval=0.05,count=60,chaos=stall,at=60"), first_token=30.0, idle=0.2)
    first = stream.read()
    assert first
    fake.wait_for(lambda stats: stats["tokens"] == 60)
    time.sleep(0.3)  # longer than the idle deadline, which is the point
    rest = stream.read()
    assert rest
    with pytest.raises(ProviderError, match="timeout_idle"):
        stream.read()


def test_nobody_listening_is_a_connect_failure(make: Made) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(ProviderError) as failed:
        ask(Made(f"http://127.0.0.1:{port}").deepseek())
    assert failed.value.kind == "connect"


def test_a_host_without_an_address_is_a_connect_failure(make: Made) -> None:
    with pytest.raises(ProviderError) as failed:
        ask(Made("http://nowhere.invalid:80").deepseek(), connect=2.0)
    assert failed.value.kind == "connect"


def test_a_connect_that_is_never_answered_meets_its_deadline(deaf: str) -> None:
    with pytest.raises(ProviderError) as failed:
        ask(Made(deaf).deepseek(), connect=0.3)
    assert failed.value.kind == "timeout_connect"


def test_the_sdks_try_nothing_again(make: Made, fake: FakeProvider) -> None:
    for form in FORMS:
        for script in ("status=429", "status=503", "chaos=rst,at=-1"):
            with pytest.raises(ProviderError):
                ask(make.of(form, script))
    assert fake.stats()["attempts"] == 6
