"""The interpreter as a provider: streams its text at reading speed."""

from __future__ import annotations

import time

from core.llm.cancel import Cancel, Cancelled
from core.llm.types import Deadlines, Prompt, ProviderError, TextStream, Usage
from fortune.readings.classic.compose import compose
from fortune.readings.inputs import ReadingInput

NAME = "classic"
MODEL = "classic-1"
STEP = 32  # characters handed out at a time, on average
PACE = 20.0  # steps a second: a full reading takes about six seconds


class ClassicStream:
    """One answer, given step by step. ``pace`` is in steps a second; 0 gives the text at once."""

    provider = NAME
    model = MODEL

    def __init__(self, text: str, prefix: str, *, pace: float, cancel: Cancel) -> None:
        self.usage = Usage()
        self.finish_reason: str | None = None
        self.continues = text.startswith(prefix)
        self._text = text
        self._at = len(prefix) if self.continues else 0
        self._pace = pace
        self._due = 0.0  # when the next step may be said; the first at once
        # Closing must interrupt a pause in ``read`` without setting the caller's own event.
        self._closed = Cancel()
        self._forget = cancel.on_set(self._closed.set)

    def read(self) -> str | None:
        if self._closed.is_set():
            raise Cancelled
        if self._at >= len(self._text):
            self.finish_reason = "stop"
            self._forget()
            return None
        if self._closed.wait(max(0.0, self._due - time.monotonic())):
            raise Cancelled
        return self._step()

    def read_nowait(self) -> str | None:
        if self._closed.is_set() or self._at >= len(self._text):
            return None
        steps = []
        while self._at < len(self._text) and time.monotonic() >= self._due:
            steps.append(self._step())
        return "".join(steps)

    def _step(self) -> str:
        if self._pace:
            self._due = (self._due or time.monotonic()) + 1 / self._pace
        end = self._step_end() if self._pace else len(self._text)
        piece, self._at = self._text[self._at : end], end
        return piece

    def _step_end(self) -> int:
        """Return the end of the next step: after a space about ``STEP`` characters on, so that words stay whole."""
        space = self._text.find(" ", self._at + STEP - 8, self._at + STEP + 8)
        return space + 1 if space >= 0 else min(self._at + STEP, len(self._text))

    def close(self) -> None:
        self._forget()
        self._closed.set()


class ClassicProvider:
    """The interpreter. It needs a ``ReadingInput`` in ``Prompt.inputs``, never fails otherwise, and costs nothing."""

    name = NAME
    model = MODEL

    def __init__(self, *, pace: float = PACE) -> None:
        self._pace = pace

    def open(self, prompt: Prompt, *, deadlines: Deadlines, cancel: Cancel) -> TextStream:
        """Compose the text. It continues ``prompt.prefix`` if it wrote that itself, else it starts over."""
        del deadlines  # nothing is waited for
        if not isinstance(prompt.inputs, ReadingInput):
            raise ProviderError("bad_request", NAME)
        if cancel.is_set():
            raise Cancelled
        text = compose(prompt.inputs)
        return ClassicStream(text, prompt.prefix, pace=self._pace, cancel=cancel)
