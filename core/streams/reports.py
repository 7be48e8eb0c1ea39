"""Reports of a run: one line in the log when it ends, and the waits as its visitor had them.

They count from when it was asked for or retried (``started_at``), on whichever worker that was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from django.db import Error as DatabaseError
from django.db.models import Sum
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.db.pool import release
from core.limits.days import KOREA
from core.ops import logs
from core.redis import Minutes
from core.streams import metrics
from core.streams.models import Run

log = logs.get(__name__)


def first_text(run: Run, provider: str, minutes: Minutes) -> float:
    """Tell that the first text has just been shown. Return the seconds for which the visitor has waited."""
    seconds = _since_start(run, datetime.now(UTC))
    _count(lambda: metrics.run_first_text.labels(provider).observe(seconds))
    _count(lambda: minutes.observe("first", seconds))
    return seconds


def ended(run: Run, first_text: float | None = None) -> None:
    """Report the end of a run; ``first_text`` is as above, None when another worker showed it or nobody did."""
    seconds = _since_start(run, run.finished_at or datetime.now(UTC))
    labels = (run.provider or "none", run.status)
    _count(lambda: metrics.ended.labels(*labels).inc())
    _count(lambda: metrics.run_seconds.labels(*labels).observe(seconds))
    log.info(
        "run ended",
        run=str(run.id),
        provider=run.provider,
        model=run.model,
        status=str(run.status),
        code=run.error_code,
        input_tokens=run.input_tokens,
        output_tokens=run.output_tokens,
        first_text_seconds=first_text,
        seconds=seconds,
    )


def spent_on(day: date) -> int:
    """Return what the runs of a Korean day have cost so far, in millionths of a dollar; 0 while nobody can say."""
    begin = datetime.combine(day, time.min, tzinfo=KOREA)
    try:
        found = Run.objects.filter(created_at__gte=begin).aggregate(spent=Sum("cost_micro"))
        return int(found["spent"] or 0)
    except (DatabaseError, PoolTimeout):
        return 0
    finally:
        release()


def _count(step: Callable[[], None]) -> None:
    """Do what only a figure needs: one that can't be written costs no text."""
    try:
        step()
    except Exception:
        log.exception("metrics failed")


def _since_start(run: Run, now: datetime) -> float:
    """Clocks of two machines may differ a little: never less than nothing."""
    return round(max(0.0, (now - (run.started_at or now)).total_seconds()), 3)
