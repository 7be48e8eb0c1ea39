"""Write one run: claim it, ask the model, leave the answer to the batcher, save the end.

A writing outlives the request which caused it. It is two short background jobs, one up to the first text and
one after the last, and in between an entry in the batcher's table: thousands of answers that are being read
cost no stack each. It holds no database connection while the model thinks, and ends in exactly one of: saved,
handed over, or fenced off by a newer claim.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from core.db.pool import release
from core.db.retry import patiently
from core.llm.cancel import Cancel, Cancelled
from core.llm.pricing import cost_micro
from core.llm.types import ProviderError, TextStream
from core.runtime import spawn
from core.streams.delivery.tailer import tailer
from core.streams.hub import hub
from core.streams.hub.channel import Channel
from core.streams.hub.hub import ActiveRun
from core.streams.log import client as log
from core.streams.models import Run, Status
from core.streams.production import states
from core.streams.production.author import author
from core.streams.production.batcher import batcher
from core.streams.production.question import Question, open_answer, question_of
from core.streams.production.save import save
from core.streams.production.states import Outcome

logger = logging.getLogger(__name__)


def start(run: Run, question: Question | None = None) -> None:
    """Begin, in the background, to write a run that was created here and is claimed therefore.

    Its channel is there at once, so that who answers the same request need not look for it elsewhere.
    """
    question = question or question_of(run)
    writing = None
    if run.subject not in hub.active_runs:
        writing = _take_place(run, question.cancel)
        writing.token = run.token
    try:
        spawn("writer", write, run, question, writing)
    except BaseException:
        question.cancel.set()
        if writing is not None:
            _leave(writing)
        raise


def take_over(run: Run) -> None:
    """Claim a run that is queued, or whose worker is gone, and go on with it in the background."""
    spawn("writer", write, run)


def write(run: Run, question: Question | None = None, writing: ActiveRun | None = None) -> None:
    """Bring a run to its first text. The batcher reads the rest of it, and then a job of its own concludes.

    ``question`` comes with a run that is claimed already, and of which nobody has seen anything; ``writing``
    when it has its place on the board.
    """
    if writing is None:
        if run.subject in hub.active_runs and not _outlast_earlier(run):
            return
        writing = _take_place(run, question.cancel if question else Cancel())
    _guarded(run, writing, lambda: _open_up(run, writing, question))


def _take_place(run: Run, cancel: Cancel) -> ActiveRun:
    """Put the run's writing on the board, and its channel, on which there may be subscribers already."""
    channel = hub.channel(run.subject) or hub.add(Channel(run.subject, run.epoch, run.text.encode()))
    if channel.end is not None or channel.epoch < run.epoch:
        channel.begin(run.epoch, run.text.encode())  # left from before: a retry, or a new version
    writing = hub.active_runs[run.subject] = ActiveRun(channel, run_id=run.id, token=0, cancel=cancel)
    channel.local = True
    return writing


def _guarded(run: Run, writing: ActiveRun, half: Callable[[], bool]) -> None:
    """Do one half of a writing. It ends here, unless ``half`` says that the other one follows."""
    follows = False
    try:
        follows = half()
    except log.Fenced:
        writing.fenced = True
    except Exception:
        logger.exception("run %s failed for a reason of ours", run.id)
        if writing.token:
            status = Status.INTERRUPTED if writing.channel.data else Status.FAILED
            save(run, writing, Outcome(status, code="internal"))
    finally:
        if not follows:
            _leave(writing)


def _open_up(run: Run, writing: ActiveRun, question: Question | None) -> bool:
    """Claim the run, ask the model, and show the first text. Whether there is more to come."""
    continued = question is None and run.status == Status.WRITING  # its epoch may have been shown
    if question is None and not patiently(lambda: states.claim(run, now=_now())):
        writing.fenced = True
        return False
    writing.token = run.token
    if question is not None and not run.stop_requested:
        opened = _ask_and_open_log(run, writing, question)
    else:
        opened = _ask_to_go_on(run, writing, continued=continued)
    if isinstance(opened, Outcome):
        _close(run, writing, opened)
        return False
    _begin(run, writing, opened)
    return True


def _ask_and_open_log(run: Run, writing: ActiveRun, question: Question) -> TextStream | Outcome:
    """For a new text, which needs nothing from its log: that is opened while the model thinks."""
    question.ask()
    try:
        _open_log(run, writing)
        return question.answer()
    except BaseException:
        question.cancel.set()
        raise


def _ask_to_go_on(run: Run, writing: ActiveRun, *, continued: bool) -> TextStream | Outcome:
    """For a text that may have begun: what its log holds goes along with the question."""
    prompt = patiently(lambda: author().prompt(run))
    own_key = patiently(lambda: author().own_key(run)) if run.own_key else None
    release()
    # With an outcome, the text is whole already and only waits to be saved.
    outcome = _open_log(run, writing, continued=continued)
    if outcome is None and run.stop_requested:
        outcome = Outcome(Status.STOPPED)
    if outcome is not None:
        return outcome
    prompt = replace(prompt, prefix=writing.channel.data.decode())
    return open_answer(prompt, cancel=writing.cancel, own_key=own_key)


def _begin(run: Run, writing: ActiveRun, stream: TextStream) -> None:
    """Show the first text of an answer, which is there already, and leave the rest to the batcher."""
    try:
        if writing.channel.data and not stream.continues:
            _begin_anew(run, writing)
        batcher.put(writing, stream.read() or "")
    except BaseException:
        stream.close()
        raise
    batcher.read_for(writing, stream, lambda: _guarded(run, writing, lambda: _conclude(run, writing, stream)))


def _conclude(run: Run, writing: ActiveRun, stream: TextStream) -> bool:
    """Nothing more can be taken from the answer: hear how it ended, and save."""
    _close(run, writing, _outcome(run, writing, stream))
    return False


def _close(run: Run, writing: ActiveRun, outcome: Outcome) -> None:
    if writing.why == "handover" and outcome.status != Status.DONE:
        _hand_over(run, writing)
    elif not writing.fenced:
        save(run, writing, outcome)


def _outlast_earlier(run: Run) -> bool:
    if not hub.wait_for_earlier(run.subject, run.token):
        logger.error("run %s waits for the next sweep: an earlier writing does not end", run.id)
        return False
    # A stop meanwhile has found no writing of this run.
    patiently(lambda: run.refresh_from_db(fields=("stop_requested",)))
    return True


def _leave(writing: ActiveRun) -> None:
    channel = writing.channel
    channel.local = False
    if writing.fenced and not writing.synced:
        # Readers here saw text that the log has not: they must start over with the newer claim's.
        channel.filled = False
        channel.begin(0)
    if hub.active_runs.get(channel.subject) is writing:
        del hub.active_runs[channel.subject]
    hub.forget_if_unused(channel)
    tailer.notice()  # whoever still watches is fed from the log now


def _hand_over(run: Run, writing: ActiveRun) -> None:
    if not writing.synced:
        text = writing.channel.data.decode()
        patiently(lambda: states.checkpoint(run, text=text))


def _open_log(run: Run, writing: ActiveRun, *, continued: bool = False) -> Outcome | None:
    """Bring the channel up to what is already logged; the outcome, when the log has ended already."""
    channel = writing.channel
    try:
        opened = _opened(run, writing, again=not continued)
    except log.LogUnavailable:
        opened = None
    if continued and (opened is None or not opened.existed):
        # Somebody may have been shown a text that is gone: what follows must not be taken for its rest.
        _take_next_epoch(run, writing, text=run.text)
        try:
            opened = _opened(run, writing, again=True)
        except log.LogUnavailable:
            opened = None
    if opened is None:
        batcher.available = writing.synced = False
        opened = log.Opened(run.text.encode(), b"", existed=False)
    channel.fill(run.epoch, opened.data)
    channel.filled = True
    channel.wake()
    return msgspec.json.decode(opened.end, type=Outcome) if opened.end else None


def _opened(run: Run, writing: ActiveRun, *, again: bool) -> log.Opened:
    seed = run.text.encode()
    return log.open_log(run.subject, token=writing.token, epoch=run.epoch, seed=seed, again=again)


def _take_next_epoch(run: Run, writing: ActiveRun, *, text: str) -> None:
    if not patiently(lambda: states.start_over(run, text=text)):
        raise log.Fenced
    release()
    writing.token = run.token
    writing.channel.begin(run.epoch, text.encode())


def _outcome(run: Run, writing: ActiveRun, stream: TextStream) -> Outcome:
    """How the answer ended, with what was left of it; never raises for what a provider does."""
    with closing(stream):
        code = ""
        try:
            _finish_reading(stream, writing)
            status = Status.DONE
        except Cancelled:
            status = Status.STOPPED
        except ProviderError as error:
            logger.warning("run %s broke off: %s", run.id, error.kind)
            status, code = Status.INTERRUPTED, error.kind
        batcher.settle(writing)
        if status in (Status.DONE, Status.INTERRUPTED) and not writing.channel.data:
            status, code = Status.FAILED, code or "empty"
        return Outcome(
            status,
            provider=stream.provider,
            model=stream.model,
            code=code,
            input_tokens=stream.usage.input_tokens,
            output_tokens=stream.usage.output_tokens,
            cost_micro=cost_micro(stream.model, stream.usage),
        )


def _finish_reading(stream: TextStream, writing: ActiveRun) -> None:
    """Read until the answer ends, waiting for it if need be; a text that has grown too long ends here."""
    while len(writing.channel.data) <= states.MAX_BYTES:
        text = stream.read()
        if text is None:
            return
        batcher.put(writing, text)
        batcher.settle(writing)
    logger.error("run %s was cut at %d bytes", writing.run_id, len(writing.channel.data))


def _begin_anew(run: Run, writing: ActiveRun) -> None:
    batcher.settle(writing)
    _take_next_epoch(run, writing, text="")
    try:
        _opened(run, writing, again=True)
    except log.LogUnavailable:
        batcher.available = writing.synced = False


def _now() -> datetime:
    return datetime.now(UTC)
