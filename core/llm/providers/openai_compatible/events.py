"""The chunks of a chat completion, decoded with types: only what is used is built."""

from __future__ import annotations

import msgspec

from core.llm.providers.stream import BLOCKED
from core.llm.types import ProviderError, Usage

_DONE = b"[DONE]"


class _Delta(msgspec.Struct, gc=False):
    content: str | None = None


class _Choice(msgspec.Struct, gc=False):
    delta: _Delta | None = None
    finish_reason: str | None = None


class _Cached(msgspec.Struct, gc=False):
    cached_tokens: int | None = None


class _Usage(msgspec.Struct, gc=False):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_cache_hit_tokens: int | None = None  # DeepSeek's name
    prompt_tokens_details: _Cached | None = None  # OpenAI's


class _Chunk(msgspec.Struct, gc=False):
    choices: list[_Choice] | None = None
    usage: _Usage | None = None
    error: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET  # an object or a string, by server


_decode = msgspec.json.Decoder(_Chunk).decode


class ChatCompletionParser:
    """Parses the events of one answer."""

    __slots__ = ("ended", "finish_reason", "usage")

    def __init__(self) -> None:
        self.usage = Usage()
        self.finish_reason: str | None = None
        self.ended = False

    def text(self, events: list[bytes]) -> str:
        """Return the text in the data of some events. Raises ProviderError("malformed" or "server")."""
        texts = []
        for event in events:
            if event.startswith(_DONE):
                self.ended = True
                break
            try:
                chunk = _decode(event)
            except msgspec.MsgspecError:
                raise ProviderError("malformed") from None
            choices = chunk.choices
            if choices:
                choice = choices[0]
                if choice.delta is not None and choice.delta.content:
                    texts.append(choice.delta.content)
                if choice.finish_reason is not None:
                    self._finish(choice.finish_reason)
            if chunk.usage is not None:
                self.usage = _usage(chunk.usage)
            if chunk.error is not msgspec.UNSET and bytes(chunk.error) != b"null":
                raise ProviderError("server")
        return "".join(texts)

    def _finish(self, reason: str) -> None:
        # DeepSeek ends an answer this way when it runs out of machines in the middle of it.
        if reason == "insufficient_system_resource":
            raise ProviderError("overloaded")
        self.finish_reason = BLOCKED if reason == "content_filter" else reason


def _usage(usage: _Usage) -> Usage:
    cached = usage.prompt_cache_hit_tokens
    if cached is None and usage.prompt_tokens_details is not None:
        cached = usage.prompt_tokens_details.cached_tokens
    return Usage(usage.prompt_tokens or 0, usage.completion_tokens or 0, cached or 0)
