"""Chunks that arrive together: they are read as if each came alone, at less cost."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.llm.http import ErrorEvent
from core.llm.providers.openai_compatible.parser import ChatCompletionParser
from core.llm.types import ProviderError


def chunk(choice: dict[str, Any] | None = None, **more: Any) -> bytes:
    return json.dumps({"choices": [choice] if choice else [], **more}, ensure_ascii=False).encode()


def delta(text: str | None, **more: Any) -> dict[str, Any]:
    return {"index": 0, "delta": {"content": text}, "finish_reason": None, **more}


PLAIN = [
    chunk(delta("나무"), object="chat.completion.chunk", usage=None),
    chunk(delta("의 ")),
    chunk(delta(None)),
]
OTHERS = [
    *(chunk(delta("끝", finish_reason="stop")), chunk(delta("반", finish_reason="length"))),
    *(chunk(delta("둘째", index=1)), chunk(delta(None, message={"content": "전체"}))),
    *(
        chunk(delta("셈"), usage={"prompt_tokens": 3, "completion_tokens": 5}),
        chunk(),
        b"[DONE]",
        b"",
        b"ping",
    ),
    *(chunk(error={"code": "server_error"}), chunk(delta("틀림"), object="error"), chunk(delta("<th"))),
    *(
        chunk(delta("ink>")),
        chunk(delta("</think>")),
        b'{"choices": [',
        chunk(delta("첫")) + chunk(delta("째")),
    ),
    *(b'{"choices":[{"delta":{"content":"\\ud83c"}}]}', b'{"choices":[{"delta":{"content":"\\udf31"}}]}'),
    ErrorEvent(chunk(delta("잘못"))),
]
BATCHES = st.lists(st.lists(st.sampled_from([*PLAIN, *OTHERS]), max_size=5), max_size=6)


class OneByOne(ChatCompletionParser):
    """Reads every chunk by itself."""

    __slots__ = ()

    def _plain_texts(self, events: list[bytes]) -> list[str] | None:
        return None


class Together(ChatCompletionParser):
    """Reads no chunk by itself, after the first one."""

    __slots__ = ()

    def _read(self, event: bytes) -> str:
        assert self._index is None, "read alone"
        return super()._read(event)


def told(parser: ChatCompletionParser, batches: list[list[bytes]]) -> list[object]:
    found: list[object] = []
    for events in batches:
        found += [parser.text(events), parser.retracts, parser.finish_reason, parser.is_contradicted]
        found += [parser.ended, parser.has_surplus, parser.usage, kind(parser.failure)]
    return [*found, parser.flush()]


def kind(failure: ProviderError | None) -> str | None:
    return failure.kind if failure else None


@given(BATCHES)
def test_chunks_that_arrive_together_are_read_as_if_each_came_alone(batches: list[list[bytes]]) -> None:
    opened = [[PLAIN[0]], *batches]
    assert told(ChatCompletionParser(), opened) == told(OneByOne(), opened)
    assert told(ChatCompletionParser(), batches) == told(OneByOne(), batches)


def test_plain_chunks_are_read_together() -> None:
    parser = Together()
    assert parser.text([PLAIN[0]]) + parser.text(PLAIN) == "나무나무의 "
