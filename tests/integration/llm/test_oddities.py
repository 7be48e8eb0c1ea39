"""The text is read whole whatever stands beside it, and ends as the provider said."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from core.llm.providers.errors import kind_of_status
from core.llm.types import ProviderError, Retracted, TextStream
from tests.fakes.oddities import Case
from tests.fakes.oddities_of_gateways import CASES
from tests.fakes.raw import HEAD, RawProvider, raw_provider
from tests.integration.llm.conftest import Made, ask, read_all
from tests.unit.llm.oracles import of_openai


@pytest.fixture(scope="module")
def raw() -> Iterator[RawProvider]:
    with raw_provider() as raw:
        yield raw


def read(stream: TextStream, *, nowait: bool) -> tuple[str, str]:
    """Return the text, and "stop" or the kind of failure that ended it."""
    text = ""
    while True:
        try:
            more = stream.read_nowait() if nowait and text else None
            more = stream.read() if more is None else more
        except Retracted:
            text = ""
        except ProviderError as failure:
            return text, failure.kind
        else:
            if more is None:
                return text, "stop"
            text += more
            if not more:
                time.sleep(0.01)  # the provider is a job of this process


@pytest.mark.parametrize("nowait", [False, True], ids=["read", "read_nowait"])
@pytest.mark.parametrize(("form", "case"), CASES, ids=str)
def test_no_word_is_lost_and_no_cut_text_is_whole(
    raw: RawProvider, form: str, case: Case, nowait: bool
) -> None:
    raw.will_answer(case.steps)
    made = Made(raw.url)
    stream = ask(made.of(form), idle=3.0)
    assert read(stream, nowait=nowait) == (case.text, case.end)
    stream.close()
    made.close()


@pytest.mark.parametrize(
    "name",
    ["a cut syllable beside text", "content as a number", "a byte order mark", "a number", "data: null"],
)
def test_the_official_sdk_is_no_oracle_where_it_loses_text(name: str) -> None:
    """The SDK raises or drops text where we read all of it, so these cases state the expected text themselves."""
    case = next(case for form, case in CASES if form == "openai" and case.name == name)
    body = b"".join(step for step in case.steps[1:] if isinstance(step, bytes))
    try:
        text = of_openai([body]).text
    except Exception as error:
        text = repr(error)
    assert text != case.text


JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
PAGE = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html><h1>502</h1>data: x</html>"
NOTHING = b"Content-Length: 0\r\nConnection: close\r\n\r\n"
BLOCKED = b'data: {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":3}}\n\n'


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (JSON + b'{"error":{"code":429,"message":"no"}}', "rate_limited"),
        (JSON + b'[{"error":{"code":503,"status":"UNAVAILABLE"}}]', "overloaded"),
        (JSON + b'{"error":"no"}', "server"),
        (JSON + b"{}", "truncated"),
        (JSON + b'{"choices":', "malformed"),
        (PAGE % b"200 OK", "malformed"),
        (PAGE % b"502 Bad Gateway", "server"),
        (b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", "truncated"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n" + NOTHING, "bad_request"),
        (b"HTTP/1.1 429 No\r\nRetry-After: 5\r\nContent-Encoding: gzip\r\n" + NOTHING, "rate_limited"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\nnot packed", "malformed"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "malformed"),
        (HEAD, "truncated"),
        (HEAD + b"data: [DONE]\n\n", "truncated"),
        (HEAD + b"event: error\ndata: {}\n\n", "server"),
        (HEAD + b": nothing\n\n\n\n\r\n", "truncated"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[9:60]),
)
@pytest.mark.parametrize("form", ["openai", "gemini"])
def test_an_answer_without_text_is_a_failure_of_its_kind(
    raw: RawProvider, form: str, answer: bytes, kind: str
) -> None:
    raw.will_answer([answer])
    made = Made(raw.url)
    with pytest.raises(ProviderError) as failed:
        read_all(ask(made.of(form), idle=3.0))
    assert failed.value.kind == kind
    made.close()


def test_a_prompt_that_gemini_blocks_is_blocked(raw: RawProvider) -> None:
    raw.will_answer([HEAD + BLOCKED])
    made = Made(raw.url)
    with pytest.raises(ProviderError, match="blocked"):
        read_all(ask(made.gemini()))
    made.close()


ODD_BODIES = [
    *(b"", b"[]", b'"x"', b"5", b"null", b"[5]", b"<html>\xff\xfe</html>", b"\xff\xfe\x00"),
    *(b'{"error":"no"}', b'{"error":[1]}', b'{"error":{"details":5}}', b'{"error":{"details":["x",{"retryDelay":5}]}}'),
    b'{"x":' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"error":{"message":"' + b"x" * 300_000 + b'"}}',
]  # fmt: skip


@pytest.mark.parametrize("body", ODD_BODIES, ids=lambda body: repr(body[:30]))
@pytest.mark.parametrize("status", [302, 400, 429, 500, 999])
@pytest.mark.parametrize("form", ["openai", "gemini"])
def test_whatever_an_error_holds_it_is_the_providers_failure(
    raw: RawProvider, form: str, status: int, body: bytes
) -> None:
    """The SDKs raised errors of ours (of decoding, of recursion) at some: then no other provider was asked."""
    raw.will_answer([b"HTTP/1.1 %d Odd\r\nConnection: close\r\n\r\n" % status + body])
    made = Made(raw.url)
    with pytest.raises(ProviderError) as failed:
        read_all(ask(made.of(form), idle=3.0))
    assert (failed.value.kind, failed.value.status) == (kind_of_status(status), status)
    made.close()
