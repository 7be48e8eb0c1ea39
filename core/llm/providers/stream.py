"""One open answer of a provider that streams events: text, deadlines, end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from core.llm.cancel import Cancel, Cancelled
from core.llm.http.connection import Late
from core.llm.http.http11 import Exchange
from core.llm.http.sse import Events
from core.llm.providers.seam import Seam
from core.llm.types import Deadlines, Kind, ProviderError, Usage

# Said of a text that its provider's filter ended.
BLOCKED = "blocked"


class Reader(Protocol):
    """Understands the events of one provider's form."""

    usage: Usage
    finish_reason: str | None
    ended: bool  # the provider's end mark was read

    def text(self, events: list[bytes]) -> str:
        """The text in the data of some events. Raises ProviderError."""


class EventTextStream:
    """A TextStream (core.llm.types) over one exchange."""

    def __init__(
        self,
        exchange: Exchange,
        reader: Reader,
        *,
        provider: str,
        model: str,
        deadlines: Deadlines,
        begun: float,
        cancel: Cancel,
        seam: Seam | None = None,
        continues: bool = False,
    ) -> None:
        self.provider = provider
        self.model = model
        self._continues = continues
        self._exchange = exchange
        self._reader = reader
        self._events = Events()
        self._seam = seam
        self._idle = deadlines.idle
        self._text_until = begun + deadlines.first_token
        self._total_until = begun + deadlines.total
        self._said_something = False
        self._over = False
        self._failure: ProviderError | None = None  # met by `take`, told by `read`
        self._forget: Callable[[], None] = _nothing
        self._forget = cancel.on_set(self.close)

    @property
    def continues(self) -> bool:
        """Known once the first text was read: a model may start over though it was asked to go on."""
        return self._continues and not (self._seam is not None and self._seam.restarted)

    @property
    def usage(self) -> Usage:
        return self._reader.usage

    @property
    def finish_reason(self) -> str | None:
        return self._reader.finish_reason

    def read(self) -> str | None:
        """Wait until some text is there; all that has arrived. None at the end."""
        if self._over:
            return None
        try:
            if self._failure is not None:
                raise self._failure
            text = self._next()
        except ProviderError as error:
            error.provider = error.provider or self.provider
            self.close()
            raise
        except BaseException:
            self.close()
            raise
        if text:
            self._said_something = True
            self._text_until = time.monotonic() + self._idle
            return text
        self._over = True
        self._let_cancel_go()
        self._exchange.finish()
        self._judge()
        return None

    def take(self) -> str | None:
        """What has arrived, without waiting; "" when nothing has. None: only `read` can tell what comes."""
        now = time.monotonic()
        if self._failure is not None or self._reader.ended or now > min(self._text_until, self._total_until):
            return None
        try:
            data = self._exchange.take()
            text = self._understood(data) if data else ""
        except (ProviderError, Cancelled, Late) as error:
            # What cannot be met again by reading on is kept: the parser has lost its place.
            if isinstance(error, ProviderError) and error.kind != "connect":
                self._failure = error
            return None
        if text:
            self._text_until = now + self._idle
        return None if data is None else text

    def _next(self) -> str:
        """The next text; "" at the end."""
        reader, exchange, seam = self._reader, self._exchange, self._seam
        while not reader.ended:
            until = min(self._text_until, self._total_until)
            try:
                data = exchange.receive(until=until)
            except Late:
                raise ProviderError(self._late()) from None
            except ProviderError as error:
                # The connection broke, but the provider had said that this was all.
                if error.kind == "connect" and reader.finish_reason is not None:
                    break
                raise
            text = self._understood(data)
            if text:
                return text
            if not data:
                break
            if time.monotonic() > until:  # signs of life without text don't put a deadline off
                raise ProviderError(self._late())
        return seam.rest() if seam is not None else ""

    def _understood(self, data: bytes) -> str:
        """The text that these bytes complete; no bytes are the end of the body."""
        text = self._reader.text(self._events.feed(data) if data else self._events.rest())
        return text if self._seam is None else self._seam.join(text)

    def _late(self) -> Kind:
        if time.monotonic() >= self._total_until:
            return "timeout_total"
        return "timeout_idle" if self._said_something else "timeout_first_token"

    def _judge(self) -> None:
        """Whether this was a proper end."""
        reason = self._reader.finish_reason
        if reason == BLOCKED:
            raise ProviderError("blocked", self.provider)
        if reason is None and not self._reader.ended:
            raise ProviderError("truncated", self.provider)
        if not self._said_something:
            raise ProviderError("empty", self.provider)

    def close(self) -> None:
        """Close the connection, if the answer is still under way. Idempotent, from any thread."""
        self._let_cancel_go()
        self._exchange.close()

    def _let_cancel_go(self) -> None:
        # Kept, it would make a cycle, for the garbage collector to find.
        forget, self._forget = self._forget, _nothing
        forget()


def _nothing() -> None:
    return None
