"""Real exchanges with bytes changed, dropped, doubled and cut anywhere: the client ends each of them properly."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.llm.cancel import Cancelled
from core.llm.http import HTTPError
from tests.unit.llm.oracles import of_ours

T1, T2 = "올해는 나무의 기운이 강해요. ", "새로운 일이 시작돼요."
# A response of its own, or (its body) more events of the same.
ANOTHER = b'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\ndata: {"choices":[{"delta":{"content":"another-answer"}}]}\n\n'


def event(form: str, text: str, reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    candidate = {"content": {"parts": [{"text": text}]}, "finishReason": reason}
    chunk = {"choices": [choice]} if form == "openai" else {"candidates": [candidate]}
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\r\n\r\n"


def exchanges(form: str) -> list[bytes]:
    """Return whole responses in each framing."""
    events = [event(form, T1), b": keep-alive\n\n", event(form, T2, "stop")]
    events += [b"data: [DONE]\n\n"] if form == "openai" else []
    body = b"".join(events)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
    chunks = b"".join(b"%x;note=x\r\n%s\r\n" % (len(part), part) for part in events)
    return [
        head + b"Content-Length: %d\r\n\r\n" % len(body) + body,
        head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\nTrailer: x\r\n\r\n",
        head + b"Connection: close\r\n\r\n" + body,
        b"HTTP/1.1 100 Continue\r\n\r\n" + head + b"Content-Length: %d\r\n\r\n" % len(body) + body,
    ]


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a wire format and a response in it that was tampered with up to six times."""
    form = draw(st.sampled_from(["openai", "gemini"]))
    data = bytearray(draw(st.sampled_from(exchanges(form))))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        end = draw(st.integers(at, min(len(data), at + 40)))
        match draw(st.sampled_from(["change", "insert", "drop", "double", "cut"])):
            case "change" if at < len(data):
                data[at] = draw(st.integers(0, 255))
            case "insert":
                special = st.sampled_from(
                    [b"\r\n", b"\r\n\r\n", b"\n\n", b"\0", b"0\r\n\r\n", b"data: [DONE]\n\n"]
                )
                data[at:at] = draw(st.one_of(special, st.binary(min_size=1, max_size=8)))
            case "drop":
                del data[at:end]
            case "double":
                data[at:at] = data[at:end]
            case "cut":
                del data[at:]
    return form, bytes(data)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    marks = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(marks)]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations(), st.lists(st.integers(0, 5000), max_size=5), st.booleans())
def test_whatever_comes_ends_as_an_answer_or_a_failure_of_the_provider(
    made: tuple[str, bytes], cuts: list[int], nowait: bool
) -> None:
    form, data = made
    try:
        answer, pool = of_ours(form, pieces(data, cuts), nowait=nowait)
    except (HTTPError, Cancelled):
        return  # the head was none
    answer.text.encode()  # a text that can be stored and shown
    assert pool.released + pool.discarded == 1


@pytest.mark.parametrize("form", ["openai", "gemini"])
@given(st.sampled_from([0, 1, 3]), st.lists(st.integers(0, 5000), max_size=5), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_follows_an_answer_is_in_no_text_and_its_connection_is_closed(
    form: str, which: int, cuts: list[int], nowait: bool, is_response: bool
) -> None:
    answer = exchanges(form)[which]
    data = answer + (ANOTHER if is_response else ANOTHER.partition(b"\r\n\r\n")[2])
    read, pool = of_ours(form, pieces(data, cuts), nowait=nowait)
    assert read.text == T1 + T2
    assert read.failure == ""
    # Bytes that come in a later piece are found by the pool, before the connection serves again.
    if len(answer) not in {cut % (len(data) + 1) for cut in cuts}:
        assert (pool.released, pool.discarded) == (0, 1)


NAMES = st.sampled_from(
    [
        "choices",
        "delta",
        "content",
        "refusal",
        "finish_reason",
        "index",
        "message",
        "text",
        "usage",
        "error",
        "object",
        "candidates",
        "parts",
        "thought",
        "finishReason",
        "usageMetadata",
        "promptFeedback",
        "blockReason",
        "type",
        "prompt_tokens",
        "completion_tokens",
        "prompt_tokens_details",
        "promptTokenCount",
        "code",
        "status",
        "value",
    ]
)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["stop", "STOP", "", "0", "error", "\ud83d"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["openai", "gemini"]), st.lists(ODD, max_size=4), st.booleans())
def test_chunks_of_any_shape_are_read_or_skipped(form: str, chunks: list[object], nowait: bool) -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    odd = b"".join(b"data: %s\n\n" % json.dumps(chunk).encode() for chunk in chunks)
    answer, pool = of_ours(form, [head, event(form, T1), odd], nowait=nowait)
    assert answer.text.startswith(T1)
    answer.text.encode()
    assert pool.released + pool.discarded == 1
