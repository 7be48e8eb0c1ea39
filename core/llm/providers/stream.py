"""One open response of a provider that streams events: its text, its deadlines, its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from core.llm.cancel import Cancel, Cancelled
from core.llm.http import Exchange, HTTPError, ReadError, ReadTimeout
from core.llm.providers.body import BodyDecoder
from core.llm.providers.errors import provider_error
from core.llm.providers.seam import Seam
from core.llm.types import BLOCKED, Deadlines, Kind, ProviderError, Retracted, Usage

# After the word that this was all, only the token counts and the end mark follow: some servers send neither, and
# keep the connection open.
END_WITHIN = 5.0


class EventParser(Protocol):
    """Understands the events of one provider's format (``core.llm.providers.chunks``)."""

    usage: Usage
    finish_reason: str | None
    is_contradicted: bool  # text followed a reason: the reason alone is not believed any more
    ended: bool  # the provider's end mark was read
    has_surplus: bool  # something followed it
    failure: ProviderError | None  # what followed the text that was returned
    retracts: bool  # all text before the one returned last was a thought

    def text(self, events: list[bytes]) -> str:
        """Return the text in the data of some events, as far as the end or a failure."""

    def flush(self) -> str:
        """Return what was held back, at the end."""


class EventTextStream:
    """A ``TextStream`` (core.llm.types) over one exchange."""

    __slots__ = (
        "__weakref__",
        "_decoder",
        "_ended",
        "_ended_properly",
        "_exchange",
        "_failure",
        "_forget_cancel",
        "_has_text",
        "_idle",
        "_must_retract",
        "_parser",
        "_prefix",
        "_retracted",
        "_seam",
        "_text_until",
        "_total_until",
        "model",
        "provider",
    )

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
        prefix: str = "",
    ) -> None:
        """``prefix`` is what the answer goes on from, ``seam`` joins it to that where the model was asked in words."""
        self.provider = provider
        self.model = model
        self._prefix = prefix
        self._exchange = exchange
        self._parser = parser
        self._decoder = BodyDecoder()
        self._seam = seam
        self._idle = deadlines.idle
        self._text_until = begun + deadlines.first_token
        self._total_until = begun + deadlines.total
        self._has_text = False
        self._ended = False
        self._ended_properly = False  # by its end mark, or with the whole message
        self._must_retract = False  # `read` has to raise Retracted
        self._retracted = ""  # the text that follows it
        self._failure: ProviderError | None = None  # met after text, or by `read_nowait`; raised by `read`
        self._forget_cancel: Callable[[], None] = _nothing
        self._forget_cancel = cancel.on_set(self.close)

    @property
    def continues(self) -> bool:
        """Known after the first text: a model may start over although it was asked to go on."""
        return bool(self._prefix) and not (self._seam is not None and self._seam.restarted)

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
            text = self._next_text()
        except ProviderError as error:
            text, self._failure = self._flush(), error
        except HTTPError as error:
            text, self._failure = self._flush(), provider_error(error, self.provider)
        except Retracted:
            raise
        except BaseException:
            self.close()
            raise
        if text:
            self._has_text = True
            self._text_until = self._deadline_after_text(time.monotonic())
            return text
        self._ended = True
        if self._failure is None:
            self._drop_cancel()
            if self._parser.has_surplus or self._decoder.has_rest:
                self._exchange.close()  # what else it sends could be taken for the next answer
            else:
                self._exchange.release()
            self._failure = self._fault_of_end()
        else:
            self.close()
        if self._failure is not None:
            failure, self._failure = self._failure, None
            failure.provider = failure.provider or self.provider
            try:
                raise failure
            finally:
                del failure  # its traceback holds this frame: a cycle
        return None

    def read_nowait(self) -> str | None:
        """Return what has arrived, without waiting; "" when nothing has. None: only ``read`` can tell what comes."""
        now = time.monotonic()
        if self._failure is not None or self._must_retract or self._retracted or self._parser.ended:
            return None
        if now > self._text_until or now > self._total_until:
            return None
        try:
            data = self._exchange.receive_available()
            text = self._parse(data) if data else ""
        except (ReadTimeout, Cancelled):
            return None  # `read` meets the same again
        except HTTPError as error:
            # `read` would not meet it again: the parser has lost its place, and a reset is told only once.
            if not (isinstance(error, ReadError) and self._has_said_all()):
                self._failure = provider_error(error, self.provider)
            return None
        if text:
            self._has_text = True
            self._text_until = self._deadline_after_text(now)
        return None if data is None or self._must_retract else text

    def _next_text(self) -> str:
        """Wait for the next text; "" at the end. Raises ProviderError, HTTPError, Retracted or Cancelled."""
        parser, exchange = self._parser, self._exchange
        while True:
            if self._must_retract:
                self._must_retract = False
                raise Retracted
            if self._retracted:
                text, self._retracted = self._retracted, ""
                return text
            if parser.ended or self._failure is not None:
                break
            until = min(self._text_until, self._total_until)
            try:
                data = exchange.receive(until=until)
            except ReadTimeout:
                if self._has_said_all():
                    break
                raise ProviderError(self._missed_deadline()) from None
            except ReadError:
                if self._has_said_all():
                    break
                raise
            text = self._parse(data)
            if text:
                return text
            if not data and not self._must_retract:
                self._ended_properly = True
                break
            if (
                time.monotonic() > until and not self._has_said_all()
            ):  # events without text extend no deadline
                raise ProviderError(self._missed_deadline())
        self._ended_properly = self._ended_properly or parser.ended
        return self._flush()

    def _has_said_all(self) -> bool:
        """Return whether the provider's word alone means an end, without its end mark."""
        return self._parser.finish_reason is not None and not self._parser.is_contradicted

    def _deadline_after_text(self, now: float) -> float:
        """Return the instant until which something more must come."""
        if self._has_said_all():
            return now + min(END_WITHIN, self._idle)
        return now + self._idle

    def _parse(self, data: bytes) -> str:
        """Return the text that these bytes complete; no bytes are the end of the body."""
        parser = self._parser
        text = parser.text(self._decoder.feed(data) if data else self._decoder.flush())
        if parser.failure is not None:
            self._failure = parser.failure
        elif not text and self._has_said_all():
            self._text_until = min(self._text_until, self._deadline_after_text(time.monotonic()))
        if not parser.retracts:
            return self._joined(text)
        self._seam = Seam(self._prefix) if self._seam is not None else None
        self._retracted, self._must_retract = self._joined(text), True
        return ""

    def _joined(self, text: str) -> str:
        return text if self._seam is None else self._seam.join(text)

    def _flush(self) -> str:
        """Return what was held back until it was clear that no more comes."""
        text = self._joined(self._parser.text(self._decoder.flush()) + self._parser.flush())
        return text + self._seam.flush() if self._seam is not None else text

    def _missed_deadline(self) -> Kind:
        if time.monotonic() >= self._total_until:
            return "timeout_total"
        return "timeout_idle" if self._has_text else "timeout_first_token"

    def _fault_of_end(self) -> ProviderError | None:
        """Return what was wrong with the end; None for a whole answer."""
        reason = self._parser.finish_reason
        if reason == BLOCKED:
            return ProviderError("blocked", self.provider)
        if reason is None or (self._parser.is_contradicted and not self._ended_properly):
            return ProviderError("truncated", self.provider)
        if reason == "length":
            return ProviderError("length", self.provider)
        if reason != "stop":
            return ProviderError("unfinished", self.provider, reason=reason)
        return None if self._has_text else ProviderError("empty", self.provider)

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
