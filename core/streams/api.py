"""Start, show, stop and retry a run: what the site asks of the streams, wherever the run is written."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from redis.exceptions import RedisError

from core.llm.types import Prompt
from core.streams.cluster import lifecycle
from core.streams.delivery.admission import admit
from core.streams.hub import hub
from core.streams.log import client as log
from core.streams.models import Run
from core.streams.production import produce as producer
from core.streams.production import states
from core.streams.production.batcher import batcher
from core.streams.production.question import Question


def ask(prompt: Callable[[], Prompt]) -> Question:
    """Ask the model now for a run that is about to be stored: the rest can be done while it thinks.

    Give the question to ``start`` after the commit; when there is none, take it back (``cancel.set()``).
    """
    lifecycle.start_worker()
    question = Question(prompt)
    question.ask()
    time.sleep(0)  # its job runs as far as the model
    return question


def start(run: Run, question: Question | None = None) -> None:
    """Begin to write a run that was just created; call it after the commit.

    Without a question, the author is asked what to ask.
    """
    lifecycle.start_worker()
    producer.start(run, question)


def so_far(run: Run) -> tuple[str, str]:
    """What can be shown of a live run at once, and the event id from which its stream goes on ("" when nothing is known).

    A page that holds it is not empty until its stream has come.
    """
    writing = hub.active_runs.get(run.subject)
    if writing is not None and writing.token == run.token:
        return _shown(run.epoch, bytes(writing.channel.data))
    if batcher.available:
        with contextlib.suppress(log.LogUnavailable):
            (tail,) = log.tail([(run.subject, run.epoch, 0)])
            if tail.epoch >= run.epoch:  # or it is still the earlier version's
                return _shown(tail.epoch, tail.data)
    return "", ""


def _shown(epoch: int, data: bytes) -> tuple[str, str]:
    return (data.decode(), f"{epoch}-{len(data)}") if data else ("", "")


def stop(*, subject: UUID, now: datetime) -> None:
    """Stop the live run of ``subject``, wherever it is written; nothing happens when there is none.

    Its writer ends within a second and closes the provider's socket; the text so far is kept.
    """
    run = states.request_stop(subject, now=now)
    if run is None:
        return
    writing = hub.active_runs.get(subject)
    if writing is not None and writing.token == run.token:  # or it has lost its claim, and another one writes
        writing.interrupt("stop")
        return
    with contextlib.suppress(RedisError):  # its worker sees the same, and asks the database meanwhile
        lifecycle.send_stop(run)


def retry(*, subject: UUID) -> Run:
    """Continue an interrupted run from the text it has. Raises ``NotRetryable`` or ``Full``."""
    admit()
    run = states.requeue(subject)
    with contextlib.suppress(log.LogUnavailable):  # then nobody follows it, and the writer does the same
        log.reopen(subject)
    with contextlib.suppress(RedisError):  # a stop that came too late for what has ended
        lifecycle.withdraw_stop(run)
    lifecycle.start_worker()
    producer.take_over(run)
    return run
