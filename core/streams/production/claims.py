"""The state machine of a run, in PostgreSQL: every step is one compare-and-set.

PostgreSQL says who may write (``fence``) and how a run ended; Redis only carries the text meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from core.streams import reports
from core.streams.hub.outcome import Outcome
from core.streams.models import LIVE, Run, Status
from core.streams.production.author import Author


class NotRetryable(Exception):
    """The run has ended in a way from which it can't go on (``Run.can_continue``, ``Run.can_be_retried``)."""


def draft(
    *,
    subject: UUID,
    worker: str,
    now: datetime,
    is_new: bool = False,
    edition: str = "",
    own_key: bool = False,
) -> Run:
    """Make a new epoch of ``subject``, claimed by ``worker``, to be saved in the transaction that wants it.

    To queue it first and claim it afterwards would cost every reading one more commit before its first
    word. ``is_new`` says that the subject has no run yet, which saves a query. The constraint of one live
    run per subject refuses a second one when it is saved (IntegrityError).
    """
    last = 0 if is_new else Run.objects.filter(subject=subject).aggregate(last=Max("epoch"))["last"] or 0
    return Run(
        subject=subject,
        epoch=last + 1,
        status=Status.WRITING,
        fence=1,
        worker=worker,
        edition=edition,
        own_key=own_key,
        created_at=now,
        started_at=now,
    )


def claim(run: Run, *, worker: str, now: datetime) -> bool:
    """Take the run for ``worker``, if nobody has since ``run`` was read. Updates ``run``."""
    again = run.status == Status.WRITING
    claimed = Run.objects.filter(id=run.id, fence=run.fence, status__in=LIVE).update(
        status=Status.WRITING, fence=F("fence") + 1, worker=worker, started_at=run.started_at or now
    )
    if claimed:
        run.fence += 1
        run.status, run.worker, run.started_at = Status.WRITING, worker, run.started_at or now
        if again:  # a stop that was asked for meanwhile was sent to the worker that died
            run.refresh_from_db(fields=("stop_requested",))
    return bool(claimed)


def start_over(run: Run, *, text: str = "") -> bool:
    """Give the run the next epoch, because what was shown can't be continued. Updates ``run``.

    The new epoch begins with ``text``. False when the claim is no longer ours: then nothing has changed,
    and the token must not grow, or it would beat the newer claim's.
    """
    with transaction.atomic():
        last = Run.objects.filter(subject=run.subject).aggregate(last=Max("epoch"))["last"]
        mine = Run.objects.filter(id=run.id, fence=run.fence, status=Status.WRITING)
        changed = mine.update(epoch=last + 1, **run.stored(text))
    if changed:
        run.epoch, run.text = last + 1, text
    return bool(changed)


def checkpoint(run: Run, *, text: str) -> None:
    """Keep the text so far, for the worker that continues it: the log may not have all of it."""
    Run.objects.filter(id=run.id, fence=run.fence, status=Status.WRITING).update(**run.stored(text))


def finish(run: Run, *, outcome: Outcome, text: str, now: datetime, author: Author) -> bool:
    """Save the text and the terminal state, and tell the author, all or nothing.

    False when the claim is no longer ours: then nothing is saved, and the author is not told.
    """
    fields = {
        "status": outcome.status,
        "error_code": outcome.code[:40],
        "provider": outcome.provider[:40],
        "model": outcome.model[:80],
        "input_tokens": _bounded(run.input_tokens + outcome.input_tokens),
        "output_tokens": _bounded(run.output_tokens + outcome.output_tokens),
        "cost_micro": _bounded(run.cost_micro + outcome.cost_micro, 2**63 - 1),
        "finished_at": max(now, run.created_at),
    }
    with transaction.atomic():
        mine = Run.objects.filter(id=run.id, fence=run.fence, status=Status.WRITING)
        saved = mine.update(**run.stored(text), **fields)
        if saved:
            for name, value in {"text": text, **fields}.items():
                setattr(run, name, value)
            author.finished(run)
    return bool(saved)


def _bounded(told: int, most: int = 2**31 - 1) -> int:
    """Fit what a provider says of itself into its column: nonsense must not keep a text from being saved."""
    return min(max(told, 0), most)


def request_stop(subject: UUID, *, now: datetime, author: Author) -> Run | None:
    """Ask for the live run of ``subject`` to be stopped; one that nobody writes yet is stopped here.

    Returns the run that a producer has to stop, or None.
    """
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(subject=subject, status__in=LIVE).first()
        if run is None:
            return None
        if run.status == Status.QUEUED:
            run.status, run.fence, run.finished_at = Status.STOPPED, run.fence + 1, max(now, run.created_at)
            run.save(update_fields=("status", "fence", "finished_at"))
            author.finished(run)
            transaction.on_commit(lambda: reports.ended(run))
            return None
        run.stop_requested = True
        run.save(update_fields=("stop_requested",))
        return run


def requeue(subject: UUID, *, worker: str) -> Run:
    """Put an interrupted or stopped run back in the queue, for ``worker``; its text will be continued."""
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(subject=subject).order_by("-epoch").first()
        if run is None or not run.can_continue:
            raise NotRetryable
        run.status, run.worker, run.finished_at = Status.QUEUED, worker, None
        run.error_code, run.stop_requested = "", False
        run.retries += 1
        run.started_at = None  # the visitor waits anew
        run.save(
            update_fields=(
                "status",
                "worker",
                "finished_at",
                "error_code",
                "stop_requested",
                "retries",
                "started_at",
            )
        )
    return run


def held(tokens: Mapping[UUID, int]) -> set[UUID]:
    """Return the runs whose claim with this token (by run) still stands."""
    rows = Run.objects.filter(id__in=tokens, status=Status.WRITING).only("epoch", "fence")
    return {run.id for run in rows if run.token == tokens[run.id]}
