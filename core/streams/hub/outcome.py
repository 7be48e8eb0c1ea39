"""The end of a run: for its row, for the log, and for the last event that its subscribers get."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from core.streams.models import Run, Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a run. ``code`` says why when it is not ``done``; tokens and cost are zero when unknown.

    ``can_be_retried`` is known once the end is saved.
    """

    status: Status
    provider: str = ""
    model: str = ""
    code: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost_micro: int = 0
    can_be_retried: bool = True

    @classmethod
    def of(cls, run: Run) -> Outcome:
        """Return the outcome of a run that has ended, as its row tells it."""
        return cls(
            Status(run.status), run.provider, run.model, run.error_code, can_be_retried=run.can_be_retried
        )

    def encode(self) -> bytes:
        return msgspec.json.encode(self)


def decode(end: bytes) -> Outcome:
    """Read the end of a log. Raises ``msgspec.MsgspecError`` when another release wrote it differently."""
    return msgspec.json.decode(end, type=Outcome)
