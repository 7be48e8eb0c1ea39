"""Events on the way to an answer, for metrics, for the log, and for counting what it costs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from core.llm.types import Kind, Usage

log = logging.getLogger(__name__)

NO_USAGE: Final = Usage()

What = Literal[
    "attempt", "refused", "unpaid", "failed", "first_text", "failed_over", "ended", "broke", "stopped"
]
# An attempt ends in "failed", "ended", "broke" or "stopped", once, with what it cost; "unpaid" is one that a budget
# did not allow.


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on the way to an answer. Never per token."""

    what: What
    provider: str
    model: str
    kind: Kind | Literal[""] = ""
    seconds: float = 0.0  # since the attempt began
    usage: Usage = NO_USAGE
    own: bool = False  # on a visitor's own key
    status: int | None = None  # of the HTTP answer, when that says how it failed
    cost_micro: int = 0


Hook = Callable[[Event], None]


def tell(hooks: Iterable[Hook], event: Event) -> None:
    """Call every hook. One that fails costs no answer: it may be a figure that can't be written."""
    for hook in hooks:
        try:
            hook(event)
        except Exception:
            log.exception("events: hook failed, event=%s", event.what)


@dataclass(slots=True)
class Tally:
    """Adds up what requests cost, in millionths of a dollar."""

    micro: int = 0

    def note(self, event: Event) -> None:
        self.micro += event.cost_micro
