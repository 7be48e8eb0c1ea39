"""The chunks of `streamGenerateContent`, decoded with types: only what is used is built."""

from __future__ import annotations

import msgspec

from core.llm.providers.errors import kind_of_status
from core.llm.providers.stream import BLOCKED
from core.llm.types import ProviderError, Usage

_PROPER = {"STOP": "stop", "MAX_TOKENS": "length"}
_REFUSED = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"}


class _Part(msgspec.Struct, gc=False):
    text: str | None = None
    thought: bool | None = None


class _Content(msgspec.Struct, gc=False):
    parts: list[_Part] | None = None


class _Candidate(msgspec.Struct, gc=False, rename="camel"):
    content: _Content | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct, gc=False, rename="camel"):
    prompt_token_count: int | None = None
    candidates_token_count: int | None = None
    thoughts_token_count: int | None = None
    cached_content_token_count: int | None = None


class _Feedback(msgspec.Struct, gc=False, rename="camel"):
    block_reason: str | None = None


class _Error(msgspec.Struct, gc=False):
    code: int = 500


class _Chunk(msgspec.Struct, gc=False, rename="camel"):
    candidates: list[_Candidate] | None = None
    usage_metadata: _Usage | None = None
    prompt_feedback: _Feedback | None = None
    error: _Error | None = None


_decode = msgspec.json.Decoder(_Chunk).decode


class GeminiParser:
    """Parses the events of one answer. Gemini has no end mark: the message ends."""

    __slots__ = ("ended", "finish_reason", "usage")

    def __init__(self) -> None:
        self.usage = Usage()
        self.finish_reason: str | None = None
        self.ended = False

    def text(self, events: list[bytes]) -> str:
        """Return the text in the data of some events. Raises ProviderError."""
        texts = []
        for event in events:
            try:
                chunk = _decode(event)
            except msgspec.MsgspecError:
                raise ProviderError("malformed") from None
            if chunk.candidates:
                candidate = chunk.candidates[0]
                if candidate.content is not None and candidate.content.parts:
                    texts += [part.text for part in candidate.content.parts if part.text and not part.thought]
                if candidate.finish_reason is not None:
                    self._finish(candidate.finish_reason)
            if chunk.usage_metadata is not None:
                self.usage = _usage(chunk.usage_metadata)
            if chunk.error is not None:
                raise ProviderError(kind_of_status(chunk.error.code))
            if chunk.prompt_feedback is not None and chunk.prompt_feedback.block_reason:
                self.finish_reason = BLOCKED
        return "".join(texts)

    def _finish(self, reason: str) -> None:
        self.finish_reason = BLOCKED if reason in _REFUSED else _PROPER.get(reason, reason.lower())


def _usage(usage: _Usage) -> Usage:
    """Thoughts are paid for as output."""
    return Usage(
        usage.prompt_token_count or 0,
        (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0),
        usage.cached_content_token_count or 0,
    )
