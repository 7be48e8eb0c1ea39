"""Random schedules over a reading's whole life: texts that break off, retries, new versions, stops, deaths.

As in ``test_schedules``, each is drawn from its number. Here the product's own services are pressed, with the
quota they keep, by several tabs that stay open over all versions: whatever an earlier version left in them, each
sees only one version's text at a time, and in the end the newest one's as it is stored. Every version has a text
of its own, so that nothing of one can pass for another's.
"""

from __future__ import annotations

import contextlib
import json
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from core import streams
from core.access import Who
from core.llm.cancel import Cancel
from core.llm.events import Hook
from core.llm.types import Prompt, ProviderError
from core.models import Charge, ChargeState, DayCount
from core.runtime import spawn
from core.streams import Run, Status
from core.streams.node import StreamNode, node
from core.streams.production import claims
from fortune.author import ReadingAuthor
from fortune.models import Reading
from fortune.saju import Birth
from fortune.services import readings
from tests.integration.streams.conftest import Script, ScriptedStream, wait_until
from tests.integration.streams.test_schedules import (
    WORDS,
    Browser,
    hand_over,
    kill,
    lose_log,
    pause,
    stop,
    two_nodes,
)


class Tab(Browser):
    """A browser's tab that stays open over every version, until all have ended and been shown."""

    def __init__(self, subject: uuid.UUID, chance: random.Random, server: StreamNode) -> None:
        super().__init__(subject, chance, server)
        self.over = threading.Event()
        self.seen: dict[int, bytes] = {}  # by epoch, the most that was ever shown
        # The whole text that was shown when it was said to be done or stopped.
        self.told: list[tuple[int, str, str]] = []

    def run(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            last = self.over.is_set()
            self.ended = ""
            self._connect(10**9 if last else self.chance.choice([0, 3, 40, 150, 400, 10**9]))
            if last and self.ended:
                return
            time.sleep(self.chance.random() * (0.2 if self.ended else 0.02))
            if self.ended and self.chance.random() < 0.3:  # loaded anew: it knows nothing any more
                self.position, self.text, self.epoch, self.offset = None, b"", 0, 0
        self.faults.append("never ended")

    def _take(self, event: dict[bytes, bytes]) -> None:
        super()._take(event)
        most = self.seen.get(self.epoch, b"")
        if not most.startswith(self.text) and not self.text.startswith(most):
            self.faults.append(f"epoch {self.epoch} was two texts: {most.decode()!r}, {self.text.decode()!r}")
        self.seen[self.epoch] = max(most, self.text, key=len)
        if event.get(b"event") == b"done":
            status = json.loads(event[b"data"])["status"]
            self.told.append((int(event[b"id"].split(b"-")[0]), self.text.decode(), status))


class Voice:
    """The model's answer for one version. It breaks off once after each number of pieces in ``breaks``."""

    def __init__(self, chance: random.Random, number: int) -> None:
        words = [chance.choice(WORDS) for _ in range(chance.randint(4, 20))]
        self.pieces = [f"{number}판. ", *words, "끝."]
        self.breaks = set(chance.sample(range(len(self.pieces)), chance.choice([0, 1, 1, 2, 3])))
        self.continues = chance.random() < 0.8
        self.refusals = chance.choice([0, 0, 0, 1])

    @property
    def whole(self) -> str:
        return "".join(self.pieces)

    def answer(self, prompt: Prompt, cancel: Cancel) -> ScriptedStream:
        """Return the rest of the text, or all of it again, up to the next break."""
        if self.refusals:
            self.refusals -= 1
            raise ProviderError("connect", "scripted")
        said = len(prompt.prefix) if self.continues and self.whole.startswith(prompt.prefix) else 0
        ahead: list[str | ProviderError] = []
        at = 0
        for number, piece in enumerate(self.pieces):
            at += len(piece)
            if at > said:
                ahead.append(piece[max(0, len(piece) - (at - said)) :])
            if at >= said and number in self.breaks:
                self.breaks.discard(number)
                ahead.append(ProviderError("connect", "scripted"))
                break
        if not ahead:
            raise ProviderError("empty", "scripted")
        if isinstance(ahead[0], ProviderError):
            raise ahead[0]
        script = Script(pieces=ahead, continues=self.continues)
        return ScriptedStream(script, Prompt(system="", messages=()), cancel)


class Model:
    """A model with a text for every run of every reading; a run that is taken over keeps its text."""

    def __init__(self) -> None:
        self.voices: dict[str, dict[uuid.UUID, Voice]] = {}
        self._lock = threading.Lock()

    def voice(self, run: Run) -> Voice:
        seed = Reading.objects.get(pk=run.subject).token
        with self._lock:
            voices = self.voices.setdefault(seed, {})
            if run.id not in voices:
                number = len(voices) + 1
                voices[run.id] = Voice(random.Random(f"{seed}-{number}"), number)
            return voices[run.id]

    def open(
        self,
        prompt: Prompt,
        *,
        cancel: Cancel,
        own_key: str | None = None,
        on_event: Hook | None = None,
    ) -> ScriptedStream:
        assert isinstance(prompt.inputs, Voice)
        return prompt.inputs.answer(prompt, cancel)


class Author(ReadingAuthor):
    """The product's author, except for the prompt; it records the ends it is told of."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.ends: list[tuple[uuid.UUID, str]] = []

    def prompt(self, run: Run) -> Prompt:
        return Prompt(system="s", messages=(), inputs=self.model.voice(run))

    def forget(self, subjects: Collection[uuid.UUID]) -> None:
        pass

    def finished(self, run: Run) -> None:
        super().finished(run)
        self.ends.append((run.id, run.status))


class Life:
    """One reading from its first press to its last end, with its tabs and faults."""

    def __init__(self, seed: str, servers: Sequence[StreamNode]) -> None:
        self.chance = random.Random(seed)
        guest = f"guest-{seed}"
        self.who = Who(None, guest, f"guest:{guest}", False, f"net:{guest}")
        birth = Birth(
            calendar="solar", year=1990, month=5, day=15, hour=14, minute=30,
            gender="female", longitude=126.98, timezone="Asia/Seoul",
        )  # fmt: skip
        ask = readings.ReadingRequest(birth=birth)
        self.subject = readings.begin(who=self.who, wanted=ask, token=seed, now=datetime.now(UTC)).id
        self.continued: Counter[uuid.UUID] = Counter()
        self.kept: dict[uuid.UUID, tuple[int, str, str]] = {}  # versions that a newer one has tailed
        self.pressed = 1
        self.faults: list[str] = []
        self.tabs = [Tab(self.subject, random.Random(f"{seed}-{i}"), servers[i % 2]) for i in range(3)]
        self.jobs = [spawn("tab", tab.run) for tab in self.tabs]
        self.jobs.append(spawn("trouble", self.trouble))

    def trouble(self) -> None:
        acts = [
            self.retry, self.retry, self.retry, self.retry_twice, self.retry_and_die, self.retry_and_stop,
            self.regenerate, self.regenerate, self.regenerate_twice, self.stop_and_regenerate,
            self.press(kill), self.press(kill), self.press(pause), self.press(stop), self.press(hand_over),
            self.press(lose_log),
        ]  # fmt: skip
        for act in self.chance.choices(acts, k=self.chance.randint(3, 8)):
            time.sleep(self.chance.random() * 0.4)
            act()
            connections.close_all()  # eight may be held at a time
        if self.chance.random() < 0.7:  # people do not leave a text that broke off
            self.settle()
            self.retry()
        self.settle()
        for tab in self.tabs:
            tab.over.set()

    def settle(self) -> None:
        """Wait until the newest run has ended. A run whose worker died between two steps is taken over, as the heartbeat does."""
        until = time.monotonic() + 30
        while (run := streams.current(self.subject)).is_live:
            if time.monotonic() > until:
                self.faults.append(f"it never ends: {run.status} {run.text!r}")
                return
            if self.subject not in node().hub.active:
                node().producer.resume(run)
            connections.close_all()
            time.sleep(0.1)

    def press(self, trouble: Callable[[uuid.UUID], None]) -> Callable[[], None]:
        return lambda: trouble(self.subject)

    def retry(self) -> None:
        reading = Reading.objects.get(pk=self.subject)
        before = reading.run
        with contextlib.suppress(streams.NotRetryable):  # another press came first
            readings.retry(reading=reading, who=self.who, now=datetime.now(UTC))
            if before.status in (Status.INTERRUPTED, Status.STOPPED):
                self.continued[before.id] += 1
            self._note(before, reading)

    def retry_twice(self) -> None:
        self._at_once(self.retry, self.retry)

    def retry_and_die(self) -> None:
        """Let the worker die before it has begun."""
        with contextlib.suppress(streams.NotRetryable):
            self.continued[claims.requeue(self.subject, worker=node().worker).id] += 1
            node().log.reopen(self.subject)

    def retry_and_stop(self) -> None:
        self.retry()
        stop(self.subject)

    def regenerate(self) -> None:
        reading = Reading.objects.get(pk=self.subject)
        before = reading.run
        readings.regenerate(reading=reading, who=self.who, now=datetime.now(UTC))
        self._note(before, reading)

    def regenerate_twice(self) -> None:
        self._at_once(self.regenerate, self.regenerate)

    def stop_and_regenerate(self) -> None:
        stop(self.subject)
        self.settle()
        self.regenerate()

    def _note(self, before: Run, reading: Reading) -> None:
        """Remember the earlier version, which a press that began a new one must not change."""
        if reading.run.epoch > before.epoch and reading.run.id != before.id:
            earlier = Run.objects.get(id=before.id)
            self.kept[before.id] = (earlier.epoch, earlier.status, earlier.text)

    def _at_once(self, *acts: Callable[[], None]) -> None:
        jobs = [spawn("press", _closing(act)) for act in acts]
        for job in jobs:
            job.join(30)
            if job.error is not None:
                self.faults.append(repr(job.error))

    def check(self, model: Model, author: Author) -> None:
        for job in self.jobs:
            assert job.join(90), (job.name, [vars(tab) for tab in self.tabs], streams.versions(self.subject))
            assert job.error is None, job.error
        wait_until(lambda: self.subject not in node().hub.active)
        versions = streams.versions(self.subject)
        newest = versions[0]
        assert self.faults == []
        self._check_tabs(versions)
        for run in versions:
            assert run.status in Status and not run.is_live
            if run.id in self.kept:
                assert self.kept[run.id] == (run.epoch, run.status, run.text)
            voice = model.voice(run)
            assert run.text == voice.whole if run.status == Status.DONE else voice.whole.startswith(run.text)
            # The author is told once for each time a run was queued; a run that was continued was interrupted or stopped.
            *before, last = [status for ended, status in author.ends if ended == run.id]
            assert (len(before), last) == (self.continued[run.id], run.status)
            assert set(before) <= {Status.INTERRUPTED, Status.STOPPED}
        assert set(self.kept) <= {run.id for run in versions[1:]}
        self._check_quota(versions)
        tail = node().log.tail([(newest.subject, newest.epoch, 0)])[0]
        assert not tail.epoch or tail.data.decode() == newest.text

    def _check_tabs(self, versions: list[Run]) -> None:
        stored = {run.epoch: run for run in versions}
        newest = versions[0]
        for tab in self.tabs:
            assert tab.faults == []
            assert (tab.epoch or newest.epoch, tab.text.decode()) == (newest.epoch, newest.text)
            for epoch, text in tab.seen.items():
                # An epoch that could not be continued was followed by the next one of its run.
                assert epoch not in stored or stored[epoch].text.startswith(text.decode())
            for epoch, text, status in tab.told:
                run = stored.get(epoch)
                if status == Status.STOPPED and (run is None or self.continued[run.id]):
                    # It was gone on with, or begun over under the next epoch by a model that can't go on.
                    assert run is None or run.text.startswith(text)
                else:
                    assert run is not None
                    assert (text, status) == (run.text, run.status)

    def _check_quota(self, versions: list[Run]) -> None:
        """Check that every version was charged once, and refunded when nothing of it was written."""
        charges = {c.subject: c.state for c in Charge.objects.filter(key=self.who.key)}
        assert charges == {
            run.id: ChargeState.CHARGED if run.text else ChargeState.REFUNDED for run in versions
        }
        paid = sum(bool(run.text) for run in versions)
        used = DayCount.objects.filter(key__in=(self.who.key, self.who.address)).values_list(
            "used", flat=True
        )
        assert list(used) == [paid, paid]


def _closing(act: Callable[[], None]) -> Callable[[], None]:
    def acted() -> None:
        try:
            act()
        finally:
            connections.close_all()

    return acted


@pytest.mark.parametrize("seed", range(8))
def test_versions_are_never_mixed_nor_paid_for_twice(
    seed: int, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.RATELIMIT_ENABLE = True
    settings.RATE_HOUR = settings.RATE_DAY = 1000
    model = Model()
    author = Author(model)
    # A new reading's question is asked before it has a run; here the author is asked, as for a new version.
    monkeypatch.setattr(streams, "request_model", lambda prompt: None)
    with two_nodes(author, model) as servers:
        lives = [Life(f"{seed}-{number}", servers) for number in range(10)]
        for life in lives:
            life.check(model, author)
