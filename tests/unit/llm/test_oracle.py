"""The same bytes, cut at every possible place, give what the official SDKs read from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import formats
from tests.fakes.script import Script, parse
from tests.unit.llm.oracles import Answer, of_genai, of_openai, of_ours

ORACLES: dict[str, Callable[[list[bytes]], Answer]] = {"openai": of_openai, "gemini": of_genai}
SCRIPTS = [
    "count=6,text=emoji",
    "count=4,reasoning=2",
    "count=3,usage=inline",
    "count=3,usage=none",
    "count=5,cut=7",
    "count=3,finish=length",
]


def recorded(form: str, script: str) -> tuple[bytes, bytes]:
    """Return (the whole HTTP answer, its body without the chunks' framing)."""
    what = parse(Script(), script)
    plan, last = formats.stream(form, "m", what, "")
    framed = b"".join(plan) + last
    return formats.stream_head(form, what) + framed, unframed(framed)


def unframed(data: bytes) -> bytes:
    body = b""
    while data:
        size, _, data = data.partition(b"\r\n")
        body += data[: int(size, 16)]
        data = data[int(size, 16) + 2 :]
    return body


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("form", ORACLES)
@pytest.mark.parametrize("nowait", [False, True])
def test_every_cut_gives_what_the_sdk_reads(form: str, script: str, nowait: bool) -> None:
    answer, body = recorded(form, script)
    expected = ORACLES[form]([body])
    assert expected.text
    for at in range(1, len(answer)):
        ours, pool = of_ours(form, [answer[:at], answer[at:]], nowait=nowait)
        assert ours == expected, f"cut at {at}"
        assert (pool.released, pool.discarded) == (1, 0), f"cut at {at}: the connection was not reusable"


@pytest.mark.parametrize("form", ORACLES)
@pytest.mark.parametrize("nowait", [False, True])
def test_byte_by_byte_gives_what_the_sdk_reads(form: str, nowait: bool) -> None:
    answer, body = recorded(form, "count=8,text=emoji,reasoning=1")
    bytes_alone = [body[i : i + 1] for i in range(len(body))]
    pieces = [answer[i : i + 1] for i in range(len(answer))]
    assert of_ours(form, pieces, nowait=nowait)[0] == ORACLES[form](bytes_alone)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(ORACLES)), st.sampled_from(["ko", "emoji"]), st.integers(1, 30), st.data())
def test_any_cuts_give_what_the_sdk_reads(form: str, text: str, count: int, data: st.DataObject) -> None:
    answer, body = recorded(form, f"count={count},text={text}")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(answer)), max_size=20)))
    pieces = [answer[start:end] for start, end in zip([0, *cuts], [*cuts, len(answer)], strict=True)]
    assert of_ours(form, pieces)[0] == ORACLES[form]([body])
    assert of_ours(form, pieces, nowait=True)[0] == ORACLES[form]([body])
