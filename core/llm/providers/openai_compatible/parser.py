"""The chunks of a chat completion, decoded with types: only what is used is built.

Most chunks hold a piece of text and nothing else. All that have arrived together are decoded in one call, by types that
fit no others; when one of them does not fit, they are taken one by one. A chunk that doesn't fit the wider types either
is decoded once more, leniently.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from core.llm.http import ErrorEvent
from core.llm.providers.chunks import ChunkParser, count, failure_of, fields, shown_text
from core.llm.types import ProviderError, Usage


class _Delta(msgspec.Struct, gc=False):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct, gc=False):
    index: int = 0
    delta: _Delta | None = None
    finish_reason: str | None = None
    message: Any = None
    text: Any = None
    error: Any = None


class _Chunk(msgspec.Struct, gc=False):
    object: str = ""
    choices: list[_Choice] | None = None
    usage: Any = None
    error: Any = None  # an object or a string, by server


_decode = msgspec.json.Decoder(_Chunk).decode


class _PlainDelta(msgspec.Struct, gc=False):
    content: str | None = None
    refusal: None = None


class _PlainChoice(msgspec.Struct, gc=False):
    delta: _PlainDelta
    index: Literal[0] = 0
    finish_reason: None = None
    message: None = None
    text: None = None
    error: None = None


class _PlainChunk(msgspec.Struct, gc=False):
    """A chunk that holds a text, and nothing that has to be noted."""

    choices: tuple[_PlainChoice]
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    usage: None = None
    error: None = None


_decode_plain = msgspec.json.Decoder(_PlainChunk).decode_lines


class ChatCompletionParser(ChunkParser):
    """Parses the events of one answer; ``[DONE]`` ends it."""

    answers = "choices"

    __slots__ = ("_has_messages",)

    def __init__(self) -> None:
        super().__init__()
        self._has_messages = False  # its texts came as messages, not as deltas

    def _plain_texts(self, events: list[bytes]) -> list[str] | None:
        if self._index != "0" or self.finish_reason is not None or ErrorEvent in map(type, events):
            return None
        try:
            chunks = _decode_plain(b"\n".join(events))
        except Exception:  # noqa: BLE001 - one is not plain, or no chunk at all: each is read by itself
            return None
        if len(chunks) != len(events):
            return None
        return [chunk.choices[0].delta.content or "" for chunk in chunks]

    def _read(self, event: bytes) -> str:
        try:
            chunk = _decode(event)
        except Exception:  # noqa: BLE001 - whatever it is, the text in it must not be lost
            return self._read_leniently(event)
        if chunk.error or chunk.object == "error" or event.__class__ is not bytes:
            return self._read_leniently(event)
        if chunk.usage:
            self.usage = _usage(fields(chunk.usage))
        if not chunk.choices:
            return ""
        choice = chunk.choices[0]
        delta = choice.delta
        if self._index != "0" or choice.index or delta is None or delta.refusal:
            return self._read_leniently(event)
        if choice.message or choice.text or choice.error:
            return self._read_leniently(event)
        text = delta.content or ""
        # Without a reason before or after it, a text has nothing to note: the common case, once a token.
        if choice.finish_reason is None and self.finish_reason is None:
            return text
        return self._ended_by(text, choice.finish_reason)

    def _read_object(self, chunk: dict[str, Any]) -> str:
        choice = self._ours(chunk.get("choices"))
        delta = choice.get("delta")
        delta = {"content": delta} if isinstance(delta, str) else fields(delta)
        # A server that streams no deltas; behind those, a message says all of it again.
        if not delta.get("content") and (self._has_messages or not self._has_text):
            message = fields(choice.get("message")) or {"content": choice.get("text")}
            self._has_messages = self._has_messages or bool(message.get("content"))
            delta = {**delta, **message}
        reason = "refusal" if delta.get("refusal") else choice.get("finish_reason")
        text = self._ended_by(shown_text(delta.get("content")), reason)
        self.usage = _usage(fields(chunk.get("usage"))) if chunk.get("usage") else self.usage
        self.failure = failure_of(chunk) or failure_of(choice) or self.failure
        return text

    def _ended_by(self, text: str, reason: object) -> str:
        # DeepSeek ends an answer this way when it runs out of machines in the middle of it.
        if reason == "insufficient_system_resource":
            self.failure = ProviderError("overloaded")
            return self._noted(text, None)
        return self._noted(text, reason)


def _usage(usage: dict[str, Any]) -> Usage:
    cached = usage.get("prompt_cache_hit_tokens")  # DeepSeek's name, and OpenAI's
    if cached is None:
        cached = fields(usage.get("prompt_tokens_details")).get("cached_tokens")
    return Usage(count(usage.get("prompt_tokens")), count(usage.get("completion_tokens")), count(cached))
