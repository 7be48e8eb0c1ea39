"""One open response of a provider that streams events: its text, its deadlines, its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from core.llm.cancel import Cancel, Cancelled
from core.llm.http import Exchange, HTTPError, ReadError, ReadTimeout, SSEDecoder
from core.llm.providers.errors import provider_error
from core.llm.providers.seam import Seam
from core.llm.types import Deadlines, Kind, ProviderError, Usage

# The finish reason of a text that the provider's filter ended.
BLOCKED = "blocked"


class EventParser(Protocol):
    """Understands the events of one provider's format."""

    usage: Usage
    finish_reason: str | None
    ended: bool  # the provider's end mark was read

    def text(self, events: list[bytes]) -> str:
        """Return the text in the data of some events. Raises ProviderError."""


class EventTextStream:
    """A ``TextStream`` (core.llm.types) over one exchange."""

    def __init__(
        self,
        exchange: Exchange,
        parser: EventParser,
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
        self._parser = parser
        self._decoder = SSEDecoder()
        self._seam = seam
        self._idle = deadlines.idle
        self._text_until = begun + deadlines.first_token
        self._total_until = begun + deadlines.total
        self._has_text = False
        self._ended = False
        self._failure: ProviderError | None = None  # met by `take`, raised by `read`
        self._forget_cancel: Callable[[], None] = _nothing
        self._forget_cancel = cancel.on_set(self.close)

    @property
    def continues(self) -> bool:
        """Known after the first text: a model may start over although it was asked to go on."""
        return self._continues and not (self._seam is not None and self._seam.restarted)

    @property
    def usage(self) -> Usage:
        return self._parser.usage

    @property
    def finish_reason(self) -> str | None:
        return self._parser.finish_reason

    def read(self) -> str | None:
        """Wait until some text is there and return all that has arrived. None at the end."""
        if self._ended:
            return None
        try:
            if self._failure is not None:
                raise self._failure
            text = self._next_text()
        except ProviderError as error:
            error.provider = error.provider or self.provider
            self.close()
            raise
        except HTTPError as error:
            self.close()
            raise provider_error(error, self.provider) from None
        except BaseException:
            self.close()
            raise
        if text:
            self._has_text = True
            self._text_until = time.monotonic() + self._idle
            return text
        self._ended = True
        self._drop_cancel()
        self._exchange.release()
        self._check_end()
        return None

    def take(self) -> str | None:
        """Return what has arrived, without waiting; "" when nothing has. None: only ``read`` can tell what comes."""
        now = time.monotonic()
        if self._failure is not None or self._parser.ended or now > min(self._text_until, self._total_until):
            return None
        try:
            data = self._exchange.receive_available()
            text = self._parse(data) if data else ""
        except (ReadError, ReadTimeout, Cancelled):
            return None  # `read` meets the same again
        except HTTPError as error:  # which reading on would not meet again: the parser has lost its place
            self._failure = provider_error(error, self.provider)
            return None
        except ProviderError as error:
            self._failure = error
            return None
        if text:
            self._text_until = now + self._idle
        return None if data is None else text

    def _next_text(self) -> str:
        """Wait for the next text; "" at the end."""
        parser, exchange, seam = self._parser, self._exchange, self._seam
        while not parser.ended:
            until = min(self._text_until, self._total_until)
            try:
                data = exchange.receive(until=until)
            except ReadTimeout:
                raise ProviderError(self._missed_deadline()) from None
            except ReadError:
                # The connection broke, but the provider had said that this was all.
                if parser.finish_reason is not None:
                    break
                raise
            text = self._parse(data)
            if text:
                return text
            if not data:
                break
            if time.monotonic() > until:  # events and comments without text don't extend a deadline
                raise ProviderError(self._missed_deadline())
        return seam.flush() if seam is not None else ""

    def _parse(self, data: bytes) -> str:
        """Return the text that these bytes complete; no bytes are the end of the body."""
        text = self._parser.text(self._decoder.feed(data) if data else self._decoder.flush())
        return text if self._seam is None else self._seam.join(text)

    def _missed_deadline(self) -> Kind:
        if time.monotonic() >= self._total_until:
            return "timeout_total"
        return "timeout_idle" if self._has_text else "timeout_first_token"

    def _check_end(self) -> None:
        """Raise ProviderError unless the provider ended its answer properly."""
        reason = self._parser.finish_reason
        if reason == BLOCKED:
            raise ProviderError("blocked", self.provider)
        if reason is None and not self._parser.ended:
            raise ProviderError("truncated", self.provider)
        if not self._has_text:
            raise ProviderError("empty", self.provider)

    def close(self) -> None:
        """Close the connection, if the response is still arriving. Idempotent, from any thread."""
        self._drop_cancel()
        self._exchange.close()

    def _drop_cancel(self) -> None:
        # Kept, it would make a cycle, for the garbage collector to find.
        forget, self._forget_cancel = self._forget_cancel, _nothing
        forget()


def _nothing() -> None:
    return None
