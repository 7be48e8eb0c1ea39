"""Whole answers over real sockets, requests by the real SDKs."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from core.llm.cancel import Cancel
from core.llm.http import ConnectError
from core.llm.types import Usage
from tests.fakes import formats
from tests.fakes.fake import FakeProvider
from tests.fakes.script import Script, parse
from tests.integration.llm.conftest import KEY, SAID, Made, ask, read_all
from tests.integration.streams.conftest import wait_until

FORMS = ["openai", "gemini"]


def whole(script: str) -> str:
    return formats.whole_text(parse(Script(), script))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "script", ["", "interval=0.005", "cut=5", "text=emoji,cut=1", "reasoning=3", "count=900", "usage=inline"]
)
def test_text_usage_and_end_arrive_whole(make: Made, form: str, script: str) -> None:
    stream = ask(make.of(form, script))
    assert read_all(stream) == whole(script)
    assert stream.finish_reason == "stop"
    what = parse(Script(), script)
    assert stream.usage == Usage(100, what.count + what.reasoning, 64)
    assert stream.read() is None


@pytest.mark.parametrize("form", FORMS)
def test_text_arrives_while_it_is_written(make: Made, fake: FakeProvider, form: str) -> None:
    stream = ask(make.of(form, "interval=0.05,count=60"))
    first = stream.read()
    assert first
    assert fake.stats()["completed"] == 0
    assert first + read_all(stream) == whole("count=60")


@pytest.mark.parametrize("form", FORMS)
def test_read_nowait_returns_what_has_arrived_and_waits_for_nothing(
    make: Made, fake: FakeProvider, form: str
) -> None:
    stream = ask(make.of(form, "interval=0.005,count=30,chaos=stall,at=30"), idle=60.0)
    text = stream.read() or ""
    fake.wait_for(lambda stats: stats["tokens"] == 30)
    pieces: list[str | None] = []
    enough = threading.Event()

    def read_all_there_is() -> None:
        while len(text + "".join(filter(None, pieces))) < len(whole("count=30")) or pieces[-1:] != [""]:
            pieces.append(stream.read_nowait())
        enough.set()

    threading.Thread(target=read_all_there_is, daemon=True).start()
    assert enough.wait(20), "it waits for the provider"  # whose next word would be a minute off
    assert text + "".join(filter(None, pieces)) == whole("count=30")
    stream.close()


@pytest.mark.parametrize("form", FORMS)
def test_a_connection_serves_one_answer_after_another(make: Made, fake: FakeProvider, form: str) -> None:
    provider = make.of(form, "count=5")
    for _ in range(10):
        read_all(ask(provider))
    assert fake.stats()["attempts"] == 10
    (pool,) = make.pools
    wait_until(lambda: pool.idle == 2)  # the one that was in use, and the spare
    assert (pool.opened, pool.in_use) == (2, 0)


def test_a_server_that_closes_after_each_answer_is_served_too(make: Made, fake: FakeProvider) -> None:
    provider = make.deepseek("count=5,keep=0")
    assert [read_all(ask(provider)) for _ in range(3)] == [whole("count=5")] * 3
    assert fake.stats()["connections"] == 3


def test_an_idle_connection_that_the_server_closed_is_not_used_again(make: Made) -> None:
    with FakeProvider() as mortal:
        provider = Made(mortal.url).deepseek("count=2")
        read_all(ask(provider))
        assert provider.pool.idle == 1
        mortal.stop()
    assert provider.pool.idle == 1
    with pytest.raises(ConnectError):  # a new one is tried
        provider.pool.acquire(until=time.monotonic() + 10, cancel=Cancel())
    assert provider.pool.idle == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_bare_error_leaves_the_connection_usable(make: Made, fake: FakeProvider, form: str) -> None:
    provider = make.of(form, f"status=500,times=1,id=bare-{form}")
    with pytest.raises(Exception, match="server"):
        ask(provider)
    assert read_all(ask(provider))
    assert fake.stats()["connections"] == 1


def test_deepseek_goes_on_from_the_prefix_itself(make: Made, fake: FakeProvider) -> None:
    text = whole("")
    stream = ask(make.deepseek(prefix_completion=True), prefix=text[:50])
    assert stream.continues
    assert read_all(stream) == text[50:]
    request = fake.requests()[-1]
    assert request["path"] == "/beta/chat/completions"
    assert request["body"]["messages"][-1] == {"role": "assistant", "content": text[:50], "prefix": True}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("repeat", [0, 10, 40])
def test_a_model_asked_in_words_goes_on_without_repeating(make: Made, form: str, repeat: int) -> None:
    text = whole("")
    for at in (30, 50, 77):
        stream = ask(make.of(form, f"repeat={repeat}"), prefix=text[:at])
        rest = read_all(stream)
        assert stream.continues
        assert text[:at] + rest == text


@pytest.mark.parametrize("form", FORMS)
def test_a_model_that_starts_over_is_told(make: Made, form: str) -> None:
    other = whole("")[:40] + "다른 말로 바뀐 뒤의 글"
    stream = ask(make.of(form, "restart=1"), prefix=other)
    assert read_all(stream) == whole("")
    assert not stream.continues


@pytest.mark.parametrize("form", FORMS)
def test_the_key_is_sent_and_neither_key_nor_prompt_is_ever_logged(
    make: Made, fake: FakeProvider, form: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    provider = make.of(form, "count=2")
    read_all(ask(provider))
    with pytest.raises(Exception, match="bad_request") as failed:
        ask(make.of(form, "status=400"))
    assert KEY in fake.requests()[0]["key"]
    shown = caplog.text + repr(provider) + repr(failed.value) + str(failed.value)
    assert KEY not in shown
    assert SAID not in shown


def test_no_proxy_of_the_environment_is_asked(make: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for form in FORMS:
        assert read_all(ask(make.of(form, "count=2")))
