"""Resumable streams: a model writes a text, and any number of browsers watch it, from any worker, at any time.

This is the front door: the rest of the site imports nothing of this package but the names below. They are
looked up at first use, because this is also a Django app, and models can't be imported before the app registry.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from core.streams.api import ask as ask
    from core.streams.api import retry as retry
    from core.streams.api import so_far as so_far
    from core.streams.api import start as start
    from core.streams.api import stop as stop
    from core.streams.cluster.lifecycle import drain as drain
    from core.streams.cluster.lifecycle import is_draining as is_draining
    from core.streams.cluster.lifecycle import members as members
    from core.streams.cluster.lifecycle import start_worker as start_worker
    from core.streams.delivery.admission import Full as Full
    from core.streams.delivery.admission import admit as admit
    from core.streams.delivery.response import Annotator as Annotator
    from core.streams.delivery.response import event as event
    from core.streams.delivery.response import event_response as event_response
    from core.streams.delivery.response import too_many as too_many
    from core.streams.delivery.wait import wait as wait
    from core.streams.hub.hub import stream_count as stream_count
    from core.streams.models import LIVE as LIVE
    from core.streams.models import Run as Run
    from core.streams.models import Status as Status
    from core.streams.production.author import Author as Author
    from core.streams.production.author import register as register
    from core.streams.production.states import NotRetryable as NotRetryable
    from core.streams.production.states import current as current
    from core.streams.production.states import draft as draft
    from core.streams.production.states import versions as versions

# Where each name is defined.
_HOMES: Final = {
    "LIVE": "models",
    "Annotator": "delivery.response",
    "Author": "production.author",
    "Full": "delivery.admission",
    "NotRetryable": "production.states",
    "Run": "models",
    "Status": "models",
    "admit": "delivery.admission",
    "ask": "api",
    "current": "production.states",
    "draft": "production.states",
    "drain": "cluster.lifecycle",
    "event": "delivery.response",
    "event_response": "delivery.response",
    "is_draining": "cluster.lifecycle",
    "members": "cluster.lifecycle",
    "register": "production.author",
    "retry": "api",
    "so_far": "api",
    "start": "api",
    "start_worker": "cluster.lifecycle",
    "stop": "api",
    "stream_count": "hub.hub",
    "too_many": "delivery.response",
    "versions": "production.states",
    "wait": "delivery.wait",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
