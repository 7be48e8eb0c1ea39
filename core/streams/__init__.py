"""Resumable streams: a model writes a text, and any number of browsers watch it, from any worker, at any time.

This is the front door: nothing outside imports more of this package than the names below. It is also a Django app,
and models can't be imported before the app registry, so names are looked up at their first use.

Theory of operation
===================

A **run** is one writing of a **subject** (any UUID; in the product, a reading's id). Each run is one **epoch** of its
subject: another text, never mixed with an earlier one. A run is made in the name of the worker that will write it, and
goes through one state machine, in PostgreSQL::

    (made) writing → done | stopped | interrupted | failed          interrupted, stopped → queued → writing (a retry)

**Who may write.** A worker *claims* a run by compare-and-set, which raises the run's ``fence``. ``(epoch, fence)`` is
the *token* of the claim. Every append to the log and every save carries it, and a token that is not the newest one
is refused: a worker that was paused and wakes up late can spoil nothing.

**Where the text is.** While a run lives, its text is appended to a *log* in Redis, and it is in the log before it is
shown, except while Redis is away (below). When it ends it is saved in PostgreSQL, then the log is closed, then browsers are told. Event ids are
``<epoch>-<byte offset>``, so a browser that comes back gets exactly the next byte, from any worker.

**The way of a piece of text**, in the worker that writes it::

    provider's socket → production: Producer.produce (or the Batcher, for all runs at once)
                      → log: append, fenced, one round trip per flush
                      → hub: Channel.publish
                      → delivery: Frames → the response's iterator, or a detached connection → browser

and in any other worker::

    log → delivery: LogTailer, one round trip per interval → hub: Channel → delivery, as above

**The rooms**, each using only those below it::

    middleware.py               requests that begin runs, in turn
    node.py                     one worker's parts, built once and handed to one another
    cluster/                    membership and heartbeat, takeover, stopping and forgetting, drain
    production/   delivery/     writing runs · bringing them to browsers; neither knows the other
    hub/                        channels, subscribers, active runs, places and turns; no I/O
    log/                        the Redis log: client and scripts
    models.py  metrics.py  reports.py       the run; the figures, and when they are told
    apps.py                     the process's node

**What happens when something dies.**

- *A worker*: its key in Redis expires (or its process is seen to have ended). The first to notice claims its runs and
  continues them from the log. Browsers connect again, to any worker, and get the next byte.
- *Redis*: browsers that are attached see everything, unlogged; the finished text is saved. When Redis is back, each
  log is put in place whole. Only resuming elsewhere waits.
- *PostgreSQL*: texts go on; their ends wait in memory and in the log until they can be saved, for at most ten minutes
  and five thousand texts (``Saver``). After that the log alone has the text, for as long as it lives, and the run is
  continued from it when the database is back.
- *A provider*: the run ends as ``interrupted``, with its text, and can be retried from there.
- *A browser*: nobody notices but its subscriber. Closing a tab does not stop a run; ``stop`` does.
- *A log that was lost with its text* is never continued as if it were there: the run begins another epoch.

**What pages are sent.** Beside the text, a page gets what the product makes of it: an *annotator* adds to each ``text``
event. All pages of a channel in one language get the same bytes, of one *rendition*, made when the first of them
takes its frame, mostly in the flush. Only a page that comes back in between, or is slow, has a frame made for it alone.
Pages are sent a line at a time, or what there is after a moment; the first text at once.

**Plain in front, optimised behind.** ``Producer.produce`` is one blocking function from claim to saved end, in a job
of its own. The response is one iterator over frames. Three optimisations stand behind narrow interfaces:
``STREAM_BATCHED_READS`` (``Batcher.read_on``: all providers' sockets are read in one pass per flush),
``STREAM_DETACH`` (``DetachedLoop.add``: a browser's connection waits without the server's greenlet) and
``STREAM_SHARED_RENDITIONS`` (``Channel.rendition``). Everything works without them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from core.llm.types import Prompt
    from core.runtime import Stage
    from core.streams.delivery.arrivals import begins as begins
    from core.streams.hub.admission import Full as Full
    from core.streams.hub.admission import Place as Place
    from core.streams.hub.admission import TooManyStreams as TooManyStreams
    from core.streams.hub.rendition import Annotator as Annotator
    from core.streams.hub.rendition import event as event
    from core.streams.models import LIVE as LIVE
    from core.streams.models import RETRIES as RETRIES
    from core.streams.models import Run as Run
    from core.streams.models import Status as Status
    from core.streams.models import current as current
    from core.streams.models import versions as versions
    from core.streams.node import StreamNode
    from core.streams.node import register as register
    from core.streams.production.author import Author as Author
    from core.streams.production.claims import NotRetryable as NotRetryable
    from core.streams.production.model_request import ModelRequest as ModelRequest

# The names of the front door that are defined elsewhere, each with its module.
_HOMES: Final = {
    "Annotator": "hub.rendition",
    "Author": "production.author",
    "Full": "hub.admission",
    "LIVE": "models",
    "ModelRequest": "production.model_request",
    "NotRetryable": "production.claims",
    "Place": "hub.admission",
    "RETRIES": "models",
    "Run": "models",
    "Status": "models",
    "TooManyStreams": "hub.admission",
    "begins": "delivery.arrivals",
    "current": "models",
    "event": "hub.rendition",
    "register": "node",
    "versions": "models",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def _node() -> StreamNode:
    from core.streams.node import node

    return node()


# -- Runs --


def reserve() -> Place:
    """Return a place for one more run, to be used in a ``with`` block round ``start``. Raises ``Full``."""
    return _node().admission.reserve_run()


def request_model(prompt: Callable[[], Prompt]) -> ModelRequest:
    """Ask the model now for a run that is about to be stored: the rest can be done while it thinks.

    Give the request to ``start`` after the commit; when there is none, take it back (``withdraw``).
    """
    return _node().request_model(prompt)


def draft(
    *, subject: UUID, now: datetime, is_new: bool = False, edition: str = "", own_key: bool = False
) -> Run:
    """Make a new epoch of ``subject``, claimed by this worker, to be saved in the transaction that wants it.

    ``is_new`` says that the subject has no run yet, which saves a query. Saving it raises IntegrityError while
    another run of the subject is live.
    """
    from core.streams.production import claims

    return claims.draft(
        subject=subject,
        worker=_node().worker,
        now=now,
        is_new=is_new,
        edition=edition,
        own_key=own_key,
    )


def start(run: Run, request: ModelRequest | None = None, place: Place | None = None) -> None:
    """Begin to write a run that was just created, in the place reserved for it; call it after the commit.

    Without a request, one is made of what the author wants asked.
    """
    _node().start_run(run, request, place)


def stop(*, subject: UUID, now: datetime) -> None:
    """Stop the live run of ``subject``, wherever it is written; nothing happens when there is none.

    Its producer ends within a second and closes the provider's socket; the text so far is kept.
    """
    _node().stop_run(subject=subject, now=now)


def retry(*, subject: UUID) -> Run:
    """Continue an interrupted or stopped run from the text it has. Raises ``NotRetryable`` or ``Full``."""
    return _node().retry(subject=subject)


def forget(subjects: Sequence[UUID]) -> None:
    """Remove what Redis and the workers' memory hold of subjects that were deleted; call it after the commit.

    Their logs go, what is still written of them is refused, and browsers that watch are sent away.
    """
    _node().forget(subjects)


# -- Texts and browsers --


def reserve_stream(request: HttpRequest, *, visitor: str) -> None:
    """Reserve the place of the stream, or the wait, that will answer ``request``, before anything is done for it.

    It is given back when the request leaves without one (core/streams/middleware.py). Raises ``Full`` and
    ``TooManyStreams``.
    """
    _node().reserve_stream(request, visitor=visitor)


def so_far(run: Run) -> tuple[str, str]:
    """Return what can be shown of a live run at once, and the event id from which its stream goes on.

    Both are "" when nothing is known. A page that holds it is not empty until its stream has come.
    """
    return _node().so_far(run)


def event_response(
    request: HttpRequest,
    *,
    run: Run,
    position: str | None,
    visitor: str = "",
    preamble: bytes = b"",
    annotate: Callable[[], Annotator] | None = None,
) -> HttpResponse:
    """Stream ``run``'s subject from ``position`` (an event id) on; 204 when nothing can follow it, 503 when full.

    ``visitor`` names whose stream it is: 429 when that one has too many. For a page, ``annotate`` returns an annotator:
    one is made for all pages of a channel and language. The end always follows then: what is made of the end may not
    have been told.
    """
    return _node().event_response(
        request, run=run, position=position, visitor=visitor, preamble=preamble, annotate=annotate
    )


def wait(request: HttpRequest, *, subject: UUID, visitor: str = "") -> tuple[str, str]:
    """Return the status and text of ``subject`` once its newest run has ended, or as they are at the total deadline.

    No database connection is held meanwhile. Raises ``Full`` and ``TooManyStreams``.
    """
    return _node().wait(request, subject=subject, visitor=visitor)


# -- The worker --


def start_worker(*, stage: Callable[[], Stage]) -> None:
    """Begin this worker's jobs. A replaced worker takes nothing over from others; one that stops drains."""
    _node().start(stage=stage)


def drain(*, seconds: float) -> None:
    """Take nothing new, let runs end for ``seconds``, then hand the rest over to other workers."""
    _node().drain(seconds=seconds)


def is_draining() -> bool:
    """Whether this process takes nothing new, because it is about to exit."""
    return _node().hub.is_draining


def load() -> float:
    """Return how full this process is: 0 when idle, 1 when it takes nothing more."""
    return _node().admission.load()


def stream_count() -> int:
    """Return how many runs are written and browsers served by this process."""
    return _node().stream_count()


def members() -> dict[str, dict[str, float]]:
    """Return every live worker and what it carries. Raises ``RedisError``."""
    return _node().membership.figures()
