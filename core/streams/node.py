"""The node: all streaming state of a worker, built once, its parts handed to one another.

Two nodes can live in one process, as they do in tests: they share Redis and PostgreSQL, and nothing else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from redis import Redis

from core.llm.types import Prompt
from core.redis import Minutes, client
from core.runtime import Job, Stage, Watchdog, is_patched, spawn
from core.streams import metrics
from core.streams.cluster.drain import drain
from core.streams.cluster.forget import forget
from core.streams.cluster.heartbeat import Heartbeat, Timing
from core.streams.cluster.membership import Membership, new_worker_name
from core.streams.cluster.stops import Stops
from core.streams.cluster.takeover import Takeover
from core.streams.delivery.arrivals import Holdings
from core.streams.delivery.detached import DetachedLoop
from core.streams.delivery.response import Responder
from core.streams.delivery.so_far import so_far
from core.streams.delivery.tailer import LogTailer
from core.streams.delivery.wait import wait
from core.streams.hub.admission import Admission, Place
from core.streams.hub.hub import Hub
from core.streams.hub.rendition import Annotator
from core.streams.log.client import Log
from core.streams.log.server import LogServer
from core.streams.models import Run
from core.streams.production.author import Author
from core.streams.production.batcher import MAX_BYTES, Batcher
from core.streams.production.model_request import ModelRequest, Router
from core.streams.production.produce import Producer
from core.streams.production.save import Saver

TIMING: Final = Timing()


class StreamNode:
    """One worker's part of the streams. ``worker`` is its name in Redis and in the rows of its runs.

    ``author`` and ``router`` are asked for every run that is written here; ``watchdog`` knows how late the event loop is,
    and ``minutes`` are told what the operators' page draws.
    """

    def __init__(
        self,
        *,
        author: Author,
        router: Callable[[], Router],
        watchdog: Watchdog | None = None,
        minutes: Minutes | None = None,
        redis: Redis | None = None,
        log: Log | None = None,
        timing: Timing = TIMING,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        redis = redis or client()
        self.worker = new_worker_name()
        self.author = author
        self.watchdog = watchdog or Watchdog()
        self.minutes = minutes or Minutes(client)
        self.hub = Hub()
        self.log = log or _configured_log(redis)
        self.admission = Admission(self.hub, self.watchdog)
        self._build_production(router, max_bytes)
        self._build_delivery()
        self._build_cluster(redis, timing)
        self._jobs: list[Job] = []
        self._lock = threading.Lock()

    def _build_production(self, router: Callable[[], Router], max_bytes: int) -> None:
        self.batcher = Batcher(self.hub, self.log, max_bytes=max_bytes)
        self.saver = Saver(self.log, self.author)
        self.producer = Producer(
            worker=self.worker,
            hub=self.hub,
            log=self.log,
            batcher=self.batcher,
            saver=self.saver,
            author=self.author,
            router=router,
            minutes=self.minutes,
            batched_reads=settings.STREAM_BATCHED_READS,
        )

    def _build_delivery(self) -> None:
        self.tailer = LogTailer(self.hub, self.log, self.batcher.interval)
        # Only an event loop can watch connections that no job waits on.
        self.detached = DetachedLoop(self.hub) if settings.STREAM_DETACH and is_patched() else None
        self.responder = Responder(self.hub, self.tailer, self.admission, self.detached)

    def _build_cluster(self, redis: Redis, timing: Timing) -> None:
        self.membership = Membership(
            redis, self.worker, renew_every=timing.renew_every, expires_after=timing.dead_after
        )
        self.stops = Stops(redis, self.hub, self.worker, self.author)
        self.takeover = Takeover(self.hub, self.admission, self.producer, self.membership)
        self.heartbeat = Heartbeat(
            hub=self.hub,
            log=self.log,
            membership=self.membership,
            takeover=self.takeover,
            stops=self.stops,
            timing=timing,
            figures=self.sample,
            minutes=self.minutes,
            on_log_back=self.batcher.resync,
        )

    # -- Life --

    def start(self, *, stage: Callable[[], Stage] = lambda: Stage.SERVING) -> None:
        """Begin the jobs of this node; further calls do nothing. Once its worker stops, the node drains."""
        if self._jobs:
            return
        with self._lock:
            if self._jobs:
                return
            jobs = [spawn("batcher", self.batcher.run), spawn("log tailer", self.tailer.run)]
            if self.detached is not None:
                jobs.append(spawn("detached connections", self.detached.run))
            jobs.append(spawn("stop listener", self.stops.listen))
            jobs.append(spawn("heartbeat", self.heartbeat.run, stage, self._drain_in_grace))
            self._jobs = jobs

    def drain(self, *, seconds: float) -> None:
        """Take nothing new, let runs end for ``seconds``, then hand the rest over to other workers."""
        if self._jobs:
            drain(self.hub, self.heartbeat, seconds=seconds)

    def _drain_in_grace(self) -> None:
        # gunicorn waits for open connections while it exits; they are ended in time.
        self.drain(seconds=settings.GRACEFUL_TIMEOUT / 2)

    def close(self, *, seconds: float = 10) -> None:
        """End the jobs of this node; runs that are active are left as they are, as by a worker that dies."""
        self.heartbeat.close()
        for part in (self.stops, self.tailer, self.batcher, self.detached):
            if part is not None:
                part.close()
        for job in self._jobs:
            job.join(seconds)

    # -- Runs --

    def request_model(self, prompt: Callable[[], Prompt]) -> ModelRequest:
        """Ask the model now, for a run that is about to be stored."""
        self.start()
        request = self.producer.request_model(prompt)
        time.sleep(0)  # its job runs as far as the model
        return request

    def start_run(self, run: Run, request: ModelRequest | None = None, place: Place | None = None) -> None:
        """Begin to write a run that was just created."""
        self.start()
        self.producer.start(run, request, place)

    def stop_run(self, *, subject: UUID, now: datetime) -> None:
        """Stop the live run of ``subject``, wherever it is written; nothing happens when there is none."""
        self.stops.request(subject=subject, now=now)

    def retry(self, *, subject: UUID) -> Run:
        """Continue an interrupted or stopped run from the text it has. Raises ``NotRetryable`` or ``Full``."""
        with self.admission.reserve_run() as place:
            run = self.producer.requeue(subject)
            self.stops.withdraw(run)
            self.start()
            self.producer.resume(run, place)
        return run

    def forget(self, subjects: Sequence[UUID]) -> None:
        """Remove what Redis and the workers' memory hold of subjects that were deleted."""
        forget(self.log, self.membership, self.stops, subjects)

    def so_far(self, run: Run) -> tuple[str, str]:
        """Return what can be shown of a live run at once, and the event id from which its stream goes on."""
        return so_far(self.hub, self.log, run)

    # -- Browsers --

    def reserve_stream(self, request: HttpRequest, *, visitor: str) -> None:
        """Reserve the place of the stream that will answer ``request``. Raises ``Full`` and ``TooManyStreams``."""
        Holdings.of(request).stream_place(self.admission, visitor)

    def event_response(
        self,
        request: HttpRequest,
        *,
        run: Run,
        position: str | None,
        visitor: str = "",
        preamble: bytes = b"",
        annotate: Callable[[], Annotator] | None = None,
    ) -> HttpResponse:
        """Stream ``run``'s subject; see ``Responder.event_response``."""
        self.start()
        return self.responder.event_response(
            request, run=run, position=position, visitor=visitor, preamble=preamble, annotate=annotate
        )

    def wait(self, request: HttpRequest, *, subject: UUID, visitor: str = "") -> tuple[str, str]:
        """Return the status and text of ``subject`` once its newest run has ended."""
        self.start()
        return wait(self.hub, self.tailer, self.admission, request, subject=subject, visitor=visitor)

    # -- Figures --

    def stream_count(self) -> int:
        """Return how many runs are written and browsers served here."""
        return len(self.hub.active) + self.admission.watching

    def sample(self) -> dict[str, float]:
        """Set the gauges of this process; return the figures that go with its heartbeat."""
        runs, subscribers, unsaved = (
            len(self.hub.active),
            self.hub.subscriber_count(),
            self.saver.unsaved,
        )
        metrics.sample(
            runs=runs,
            subscribers=subscribers,
            unsaved_texts=unsaved,
            silences=list(self.hub.silences()),
            lag=self.watchdog.lag,
            blocked=self.watchdog.blocked,
        )
        self.minutes.sample("streams", runs)
        return {
            "writing": runs,
            "watching": subscribers,
            "unsaved": unsaved,
            "lag_ms": round(self.watchdog.lag * 1000),
            "blocked": self.watchdog.blocked,
        }


def _configured_log(redis: Redis) -> Log:
    """Return the logs on the servers of the settings; ``redis`` is the client of ``REDIS_URL``."""
    urls, also = settings.REDIS_LOG_URLS, settings.REDIS_LOG_URLS_ALSO
    servers = {url: LogServer(url, redis if url == settings.REDIS_URL else None) for url in (*urls, *also)}
    return Log([servers[url] for url in urls], [servers[url] for url in also])


def register(author: Author) -> None:
    """Make ``author`` the one that this process's node asks. Called by the product's ``AppConfig.ready``."""
    _config().author = author


def node() -> StreamNode:
    """Return the node of this process (core/streams/apps.py)."""
    found: StreamNode = _config().node()
    return found


def install(replacement: StreamNode | None) -> StreamNode | None:
    """Make ``replacement`` the node of this process (None: build one at the next use). Returns the one before."""
    before: StreamNode | None = _config().node.replace(replacement)
    return before


def _config() -> Any:
    """Return ``StreamsConfig``, untyped here: it imports this module for the types of what it holds."""
    return apps.get_app_config("streams")
