"""The SDKs' own iterators, fed with given bytes, and our reader, fed with the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import httpx2
import openai
from google import genai
from google.genai import types

from core.llm.cancel import Cancel
from core.llm.http import Exchange
from core.llm.providers.gemini.parser import GeminiParser
from core.llm.providers.openai_compatible.parser import ChatCompletionParser
from core.llm.providers.stream import EventTextStream
from core.llm.types import Deadlines, ProviderError, Retracted, Usage


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of reading a stream; ``failure`` is the kind of failure that it ended with."""

    text: str
    finish_reason: str | None
    usage: Usage
    failure: str = ""


class _Pieces(httpx2.SyncByteStream):
    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)


class _Answering:
    """Answers each request with ``body``."""

    def __init__(self) -> None:
        self.body: list[bytes] = []
        self.client = httpx2.Client(transport=httpx2.MockTransport(self._answer), trust_env=False)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=_Pieces(self.body))


# The SDKs' clients are made once: making one reads the system's certificates, which takes longer than all the rest.
@cache
def _openai() -> tuple[_Answering, openai.OpenAI]:
    there = _Answering()
    client = openai.OpenAI(api_key="k", base_url="http://fake", max_retries=0, http_client=there.client)
    return there, client


@cache
def _genai() -> tuple[_Answering, genai.Client]:
    there = _Answering()
    options = types.HttpOptions(base_url="http://fake", httpx_client=there.client)
    return there, genai.Client(api_key="k", vertexai=False, http_options=options)


def of_openai(body: list[bytes]) -> Answer:
    """Return what the openai SDK reads."""
    there, client = _openai()
    there.body = body
    text, reason, usage = "", None, Usage()
    for chunk in client.chat.completions.create(
        model="m", messages=[{"role": "user", "content": "?"}], stream=True
    ):
        if chunk.choices:
            text += chunk.choices[0].delta.content or ""
            reason = chunk.choices[0].finish_reason or reason
        if chunk.usage is not None:
            details = chunk.usage.prompt_tokens_details
            cached = details.cached_tokens if details is not None else 0
            usage = Usage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens, cached or 0)
    return Answer(text, reason, usage, "length" if reason == "length" else "")


def of_genai(body: list[bytes]) -> Answer:
    """Return what the google-genai SDK reads."""
    there, client = _genai()
    there.body = body
    text, reason, usage = "", None, Usage()
    for chunk in client.models.generate_content_stream(model="m", contents="?"):
        text += chunk.text or ""
        candidate = chunk.candidates[0] if chunk.candidates else None
        if candidate is not None and candidate.finish_reason is not None:
            reason = {"STOP": "stop", "MAX_TOKENS": "length"}[candidate.finish_reason.value]
        if chunk.usage_metadata is not None:
            meta = chunk.usage_metadata
            output = (meta.candidates_token_count or 0) + (meta.thoughts_token_count or 0)
            usage = Usage(meta.prompt_token_count or 0, output, meta.cached_content_token_count or 0)
    return Answer(text, reason, usage, "length" if reason == "length" else "")


class RecordedConnection:
    """A connection that receives what it was given, piece by piece."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = iter(pieces)
        self._nothing_yet = False

    def receive_available(self) -> bytes | None:
        """Return the next piece; every other time nothing has arrived."""
        self._nothing_yet = not self._nothing_yet
        return None if self._nothing_yet else next(self._pieces, b"")

    def send(self, data: bytes, *, until: float) -> None:
        return None

    def receive(self, *, until: float) -> bytes:
        return next(self._pieces, b"")

    def interrupt(self) -> None:
        return None


class RecordedPool:
    """A pool that counts returned connections."""

    released = discarded = 0

    def release(self, connection: object) -> None:
        self.released += 1

    def discard(self, connection: object) -> None:
        self.discarded += 1


def of_ours(form: str, pieces: list[bytes], *, nowait: bool = False) -> tuple[Answer, RecordedPool]:
    """Return what our client reads from an HTTP response that arrives in these pieces.

    ``nowait``: as the batcher reads, which after the first text waits only when nothing more has arrived.
    """
    pool = RecordedPool()
    exchange = Exchange(pool, RecordedConnection([piece for piece in pieces if piece]))  # type: ignore[arg-type]
    exchange.send(b"", until=1e12)
    stream = EventTextStream(
        exchange,
        ChatCompletionParser() if form == "openai" else GeminiParser(),
        provider=form,
        model="m",
        deadlines=Deadlines(),
        begun=1e9,
        cancel=Cancel(),
    )
    text, failure, over = "", "", False
    while not over:
        try:
            more = stream.read_nowait() if nowait and text else None
            more = stream.read() if more is None else more
        except ProviderError as error:
            failure, over = error.kind, True
        except Retracted:
            text = ""
        else:
            text, over = text + (more or ""), more is None
    return Answer(text, stream.finish_reason, stream.usage, failure), pool
