"""The protocol of providers: prompts, streams of text, deadlines, errors.

``ProviderError`` is a failure of the provider or of the connection to it; ``Cancelled`` (core.llm.cancel)
means that our side stopped the answer. Neither carries keys, prompts or answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from core.llm.cancel import Cancel

Kind = Literal[
    "connect",  # no connection, or it broke
    "auth",  # the key is refused
    "rate_limited",  # 429
    "overloaded",  # 503, 529: come back later
    "server",  # any other 5xx, or an error event in the stream
    "bad_request",  # any other 4xx: a retry would fail as well
    "timeout_connect",
    "timeout_first_token",
    "timeout_idle",
    "timeout_total",
    "malformed",  # not HTTP, or not the provider's JSON
    "truncated",  # the stream ended without its end mark
    "blocked",  # the provider's filter refused
    "length",  # it ran out of the tokens that it was allowed
    "unfinished",  # it ended with another word than those that mean "this was all"
    "empty",  # it ended properly with no text at all
    "pool",  # all of our own connections to it are in use
]
# The reason of an answer that its provider's filter ended.
BLOCKED = "blocked"


class ProviderError(Exception):
    """A provider failed. ``retry_after`` is in seconds, as the provider asked; ``reason`` is its own word for an end."""

    def __init__(
        self,
        kind: Kind,
        provider: str = "",
        *,
        status: int | None = None,
        retry_after: float | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(kind)
        self.reason = reason
        self.kind: Kind = kind
        self.provider = provider
        self.status = status
        self.retry_after = retry_after

    def __str__(self) -> str:
        status = f" (HTTP {self.status})" if self.status else ""
        return f"{self.provider or 'provider'}: {self.kind}{status}"

    def __repr__(self) -> str:
        return f"ProviderError({str(self)!r})"


class Retracted(Exception):
    """All text of an answer so far was a thought of the model: what ``read`` returns next is the beginning."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the conversation."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The instructions, the conversation and the bounds of one answer."""

    system: str
    messages: tuple[Message, ...]
    prefix: str = ""  # text already written: the model is asked to continue exactly from its end
    seconds: float | None = None  # for all tries together, if less than for any question
    spent_micro: int = 0  # what its run has cost before, in millionths of a dollar
    max_tokens: int = 4096
    temperature: float | None = None
    inputs: object = None  # what it was made from: opaque here, for providers that the product registers


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the provider counts them; ``cached_tokens`` are part of ``input_tokens``."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds: until connected, from the request to the first text, between texts, and altogether."""

    connect: float = 5.0
    first_token: float = 40.0
    idle: float = 30.0
    total: float = 180.0


class TextStream(Protocol):
    """One open answer."""

    provider: str
    model: str

    @property
    def usage(self) -> Usage:
        """Tokens; complete at the end, zeros until the provider reports them."""

    @property
    def finish_reason(self) -> str | None:
        """The reason of the end: "stop", "length", or the provider's own word; None until then."""

    @property
    def continues(self) -> bool:
        """True: the text continues ``prompt.prefix``; False: it starts over. Known after the first text."""

    def read(self) -> str | None:
        """Wait until some text is there and return all that has arrived, never empty. None at the end.

        Raises ProviderError, Retracted, and Cancelled when the stream was closed or cancelled.
        """

    def read_nowait(self) -> str | None:
        """Return what has arrived since, without waiting or raising; "" when nothing has.

        None when only ``read`` can tell what comes next: the end, an error, or a deadline that has passed.
        Belongs, as ``read`` does, to one thread at a time.
        """

    def close(self) -> None:
        """Release the connection, or close it when text is still to come. Idempotent, from any thread, also while ``read`` waits."""


class Provider(Protocol):
    """Something that turns a prompt into a stream of text."""

    name: str
    model: str

    def open(self, prompt: Prompt, *, deadlines: Deadlines, cancel: Cancel) -> TextStream:
        """Send the prompt and return once the response's headers are there. Raises ProviderError or Cancelled."""
