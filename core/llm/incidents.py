"""Log lines about providers: one line per change, never one per request.

Changes are that a provider begins to fail, fails in another way, recovers, or that another one answers in its place.
A provider that flaps is logged once a minute at most. An error, which reaches an operator (core/ops/observability.py),
is logged when a provider refuses us (a revoked key, for example) or has answered nobody for minutes: once per provider
and hour over all processes. Calls on a visitor's own key don't count. The breaker logs its own changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from core.llm.events import Event
from core.llm.types import Kind
from core.ops import logs

log = logs.get(__name__)

LINE_EVERY: Final = 60.0
ALARM_EVERY: Final = 3600
# A provider is down when no call has succeeded for so many seconds, and so many have failed meanwhile.
DOWN_AFTER: Final = 300.0
DOWN_FAILURES: Final = 3
# Failures that neither a retry nor a pause can mend.
PERMANENT: Final[frozenset[Kind]] = frozenset({"auth", "bad_request"})


@dataclass(slots=True)
class _Provider:
    """The state of one provider and model since its last complete answer."""

    failures: int = 0
    since: float = 0.0  # the time of the first of these failures
    last: Event | None = None
    told: tuple[str, int | None] | None = None  # kind and status of the last line
    quiet_until: float = 0.0  # no line before this time
    calm_until: float = 0.0  # no error before this time


@dataclass(slots=True)
class Incidents:
    """A hook of the router, one per process. It takes no lock: a race costs one line too many at worst.

    ``claim(provider)`` tells whether this process is the one that raises the alarm.
    """

    claim: Callable[[str], bool]
    clock: Callable[[], float] = time.monotonic
    _providers: dict[str, _Provider] = field(default_factory=dict)
    _stand_in: str = ""  # the provider of the last fail-over line
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
            case "ended":  # not at the first text: an answer that breaks off is a failure
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
