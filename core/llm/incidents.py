"""What the log says of providers: a line when something changes, never one a request.

A provider that fails, recovers, or whose readers another one serves is a change, and flapping is told of once a
minute at most. A provider that refuses us (a revoked key, say), or that has answered nobody for minutes, is an
error, once an hour over all processes: an operator is told of errors (core/ops/observability.py). Readers with keys
of their own don't count. The breaker logs its own changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from core.llm.router import Event
from core.llm.types import Kind
from core.ops import logs

log = logs.get(__name__)

LINE_EVERY: Final = 60.0
ALARM_EVERY: Final = 3600
# So long and so often nobody was answered: then the provider is down, and not just unlucky.
DOWN_AFTER: Final = 300.0
DOWN_FAILURES: Final = 3
# No retry and no pause will help.
PERMANENT: Final[frozenset[Kind]] = frozenset({"auth", "bad_request"})


@dataclass(slots=True)
class _Provider:
    """What is known of one provider and model since its last answer."""

    failures: int = 0
    since: float = 0.0  # when the first of them was
    last: Event | None = None
    told: tuple[str, int | None] | None = None  # the kind and status of the line that tells of them
    quiet_until: float = 0.0  # no further line before
    calm_until: float = 0.0  # no further alarm before


@dataclass(slots=True)
class Incidents:
    """A hook of the router, one per process. Without a lock: the worst of a race is a line too many.

    ``claim`` says whether this process is the one to raise the alarm about a provider.
    """

    claim: Callable[[str], bool]
    clock: Callable[[], float] = time.monotonic
    _providers: dict[str, _Provider] = field(default_factory=dict)
    _stand_in: str = ""  # the provider that answers in place of the first choice, if that was told
    _stand_in_quiet_until: float = 0.0

    def note(self, event: Event) -> None:
        """Log what the event changes."""
        if event.own:
            return
        known = self._providers.setdefault(f"{event.provider}:{event.model}", _Provider())
        match event.what:
            case "failed" | "broke":
                known.last = event
                self._failed(event, known)
                self._alarm(event, known)
            case "refused":
                self._count(known)
                self._alarm(event, known)
            case "ended":  # and not at its first text: an answer that breaks off is none
                self._answered(event, known)
            case "failed_over":
                self._failed_over(event)

    def _count(self, known: _Provider) -> None:
        known.since = known.since if known.failures else self.clock()
        known.failures += 1

    def _failed(self, event: Event, known: _Provider) -> None:
        self._count(known)
        now, how = self.clock(), (event.kind, event.status)
        if known.told != how and now >= known.quiet_until:
            known.told, known.quiet_until = how, now + LINE_EVERY
            log.warning("provider failed", **_fields(event), seconds=round(event.seconds, 3))

    def _answered(self, event: Event, known: _Provider) -> None:
        if known.told:
            seconds = round(self.clock() - known.since, 1)
            log.info("provider recovered", **_fields(event), failures=known.failures, seconds=seconds)
            self._stand_in = ""
        known.failures, known.told, known.last = 0, None, None

    def _failed_over(self, event: Event) -> None:
        if event.provider != self._stand_in and self.clock() >= self._stand_in_quiet_until:
            self._stand_in, self._stand_in_quiet_until = event.provider, self.clock() + LINE_EVERY
            log.warning("fail-over", **_fields(event))

    def _alarm(self, event: Event, known: _Provider) -> None:
        now, how = self.clock(), known.last or event
        refused = how.kind in PERMANENT
        down = known.failures >= DOWN_FAILURES and now - known.since >= DOWN_AFTER
        if not (refused or down) or now < known.calm_until:
            return
        known.calm_until = now + ALARM_EVERY
        if self.claim(event.provider):
            name = "provider refuses us" if refused else "provider down"
            log.error(name, **_fields(how), failures=known.failures, seconds=round(now - known.since, 1))


def _fields(event: Event) -> dict[str, object]:
    fields: dict[str, object] = {"provider": event.provider, "model": event.model}
    if event.kind:
        fields["kind"] = event.kind
    if event.status is not None:
        fields["status"] = event.status
    return fields
