"""The chunks of a chat completion, decoded with types: only what is used is built.

A chunk that doesn't fit the types is decoded once more, leniently.
"""

from __future__ import annotations

from typing import Any

import msgspec

from core.llm.http import ErrorEvent
from core.llm.providers.chunks import ChunkParser, count, failure_of, fields, first, lenient, shown_text
from core.llm.types import ProviderError, Usage

_DONE = b"[DONE]"


class _Delta(msgspec.Struct, gc=False):
    content: str | None = None


class _Choice(msgspec.Struct, gc=False):
    delta: _Delta | None = None
    finish_reason: str | None = None


class _Chunk(msgspec.Struct, gc=False):
    choices: list[_Choice] | None = None
    usage: Any = None
    error: Any = None  # an object or a string, by server


_decode = msgspec.json.Decoder(_Chunk).decode


class ChatCompletionParser(ChunkParser):
    """Parses the events of one answer; ``[DONE]`` ends it."""

    __slots__ = ()

    def _read(self, event: bytes) -> str:
        try:
            chunk = _decode(event)
        except Exception:  # noqa: BLE001 - whatever it is, the text in it must not be lost
            return self._read_leniently(event)
        choices = chunk.choices
        # Text without a reason before or after it has nothing to note: the common case, once a token.
        if choices and not chunk.usage and not chunk.error and event.__class__ is bytes:
            choice = choices[0]
            if choice.finish_reason is None and self.finish_reason is None and choice.delta is not None:
                return choice.delta.content or ""
        return self._read_unusual(event, chunk)

    def _read_unusual(self, event: bytes, chunk: _Chunk) -> str:
        if chunk.error or isinstance(event, ErrorEvent):
            return self._read_leniently(event)
        if chunk.usage:
            self.usage = _usage(fields(chunk.usage))
        if not chunk.choices:
            return ""
        choice = chunk.choices[0]
        text = (choice.delta.content or "") if choice.delta is not None else ""
        return self._ended_by(text, choice.finish_reason)

    def _read_leniently(self, event: bytes) -> str:
        if event.startswith(_DONE):
            self.ended = True
            return ""
        chunk = lenient(event)
        if chunk is None:
            return ""
        choice = first(chunk.get("choices"))
        text = self._ended_by(
            shown_text(fields(choice.get("delta")).get("content")), choice.get("finish_reason")
        )
        self.usage = _usage(fields(chunk.get("usage"))) if chunk.get("usage") else self.usage
        self.failure = failure_of(chunk.get("error")) or self.failure
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
