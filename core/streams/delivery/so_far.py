"""The text of a live run as it is now, for a page that is not to be empty until its stream has come."""

from __future__ import annotations

from core.streams.hub.hub import Hub
from core.streams.log.client import Log
from core.streams.models import Run


def so_far(hub: Hub, log: Log, run: Run) -> tuple[str, str]:
    """Return what can be shown of a live run at once, and the event id from which its stream goes on."""
    active = hub.active.get(run.subject)
    if active is not None and active.token == run.token:
        return _shown(run.epoch, bytes(active.channel.data))
    (tail,) = log.tail([(run.subject, run.epoch, 0)])
    if tail.epoch and tail.epoch >= run.epoch:  # or it is still the earlier version's
        return _shown(tail.epoch, tail.data)
    return "", ""


def _shown(epoch: int, data: bytes) -> tuple[str, str]:
    return (data.decode(), f"{epoch}-{len(data)}") if data else ("", "")
