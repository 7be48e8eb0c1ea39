"""The chunks of ``streamGenerateContent``, decoded with types: only what is used is built.

A chunk that doesn't fit the types is decoded once more, leniently.
"""

from __future__ import annotations

from typing import Any

import msgspec

from core.llm.http import ErrorEvent
from core.llm.providers.chunks import ChunkParser, count, failure_of, fields, shown_text
from core.llm.types import BLOCKED, Usage


class _Part(msgspec.Struct, gc=False):
    text: str | None = None
    thought: bool | None = None


class _Content(msgspec.Struct, gc=False):
    parts: list[_Part] | None = None


class _Candidate(msgspec.Struct, gc=False, rename="camel"):
    index: int = 0
    content: _Content | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct, gc=False, rename="camel"):
    prompt_token_count: int | None = None
    candidates_token_count: int | None = None
    thoughts_token_count: int | None = None
    cached_content_token_count: int | None = None


class _Chunk(msgspec.Struct, gc=False, rename="camel"):
    object: str = ""
    candidates: list[_Candidate] | None = None
    usage_metadata: _Usage | None = None
    prompt_feedback: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    error: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_decode = msgspec.json.Decoder(_Chunk).decode


class GeminiParser(ChunkParser):
    """Parses the events of one answer. Gemini has no end mark: the message ends."""

    answers = "candidates"

    __slots__ = ()

    def _read(self, event: bytes) -> str:
        try:
            chunk = _decode(event)
        except Exception:  # noqa: BLE001 - whatever it is, the text in it must not be lost
            return self._read_leniently(event)
        unusual = chunk.error is not msgspec.UNSET or chunk.prompt_feedback is not msgspec.UNSET
        if unusual or chunk.object == "error" or isinstance(event, ErrorEvent):
            return self._read_leniently(event)
        usage = chunk.usage_metadata
        if usage is not None:
            self.usage = _usage(
                usage.prompt_token_count,
                usage.candidates_token_count,
                usage.thoughts_token_count,
                usage.cached_content_token_count,
            )
        if not chunk.candidates:
            return ""
        candidate = chunk.candidates[0]
        if self._index != "0" or candidate.index:
            return self._read_leniently(event)
        if candidate.content is not None and candidate.content.parts is None:
            return self._read_leniently(event)
        parts = candidate.content.parts if candidate.content is not None else None
        text = "".join([part.text for part in parts if part.text and not part.thought]) if parts else ""
        return self._noted(text, candidate.finish_reason)

    def _read_object(self, chunk: dict[str, Any]) -> str:
        candidate = self._ours(chunk.get("candidates"))
        text = self._noted(shown_text(candidate.get("content")), candidate.get("finishReason"))
        if usage := fields(chunk.get("usageMetadata")):
            self.usage = _usage(*map(usage.get, _COUNTS))
        if fields(chunk.get("promptFeedback")).get("blockReason") not in (
            None,
            "",
            "BLOCK_REASON_UNSPECIFIED",
            "BLOCKED_REASON_UNSPECIFIED",
        ):
            self.finish_reason = BLOCKED
        self.failure = failure_of(chunk) or self.failure
        return text


_COUNTS = ("promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount", "cachedContentTokenCount")


def _usage(asked: Any, written: Any, thoughts: Any, cached: Any) -> Usage:
    """Thoughts are paid for as output."""
    return Usage(count(asked), count(written) + count(thoughts), count(cached))
