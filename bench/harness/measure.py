"""One run: a provider, a server, and browsers, whose number climbs from plateau to plateau."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.harness import decode, meter, provider, variants
from bench.harness.load import Load, Stream
from bench.harness.variants import ROOT, Server, Variant

RATE = 30.0  # tokens a second of each stream
DELAY = 0.2  # seconds that the provider takes to its first token
LATE = 1.0  # seconds at p99: a first text's delay beyond DELAY, and the longest silence


@dataclass(frozen=True, slots=True)
class Step:
    """Open streams until there are `streams`, `opening` a second, and watch them for `hold` seconds."""

    streams: int
    opening: float = 50.0
    hold: float = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A climb from step to step."""

    steps: tuple[Step, ...]
    settle: float = 1.5
    interval: float = 1 / RATE
    until_broken: bool = False
    environ: dict[str, str] = field(default_factory=dict)
    text: str = "ko"  # the kind of text that the provider sends

    @property
    def seconds(self) -> float:
        """The longest time that the climb may take."""
        opening = sum(step.streams / step.opening for step in self.steps)
        return opening + sum(step.hold + self.settle + 5 for step in self.steps) + 20


@dataclass(slots=True)
class Plateau:
    """Measurements while ``streams`` were open. Times in ms, memory in KB, CPU in µs per token received."""

    streams: int
    interval: float  # seconds between tokens
    step: int = 0  # the streams asked for; fewer run when some have failed
    seconds: float = 0.0
    tokens: float = 0.0  # received by the browsers
    cpu: dict[str, float] = field(default_factory=dict)
    first_p50: float = 0.0
    first_p99: float = 0.0
    gap_p50: float = 0.0
    gap_p99: float = 0.0
    gap_max: float = 0.0
    silence_p99: float = 0.0  # of each stream's longest gap
    kb_per_stream: float = 0.0
    rss_mb: float = 0.0
    provider_late_p99: float = 0.0
    connections: int = 0
    busy: float = 0.0  # cores in use by everything measured
    errors: list[str] = field(default_factory=list)
    window: tuple[float, float] = (0.0, 0.0)

    @property
    def held(self) -> bool:
        """Return whether this many streams were served as required."""
        return not self.errors and self.first_p99 <= LATE * 1000 and self.silence_p99 <= LATE * 1000


class Paced:
    """The provider's process."""

    def __init__(self, *, interval: float, count: int, delay: float = DELAY, text: str = "ko") -> None:
        self.count = count
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "bench.harness.provider"),
                *("--interval", str(interval), "--count", str(count), "--delay", str(delay)),
                *("--text", text),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    def stats(self) -> dict[str, float]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stats", timeout=10) as answer:
            return dict(json.load(answer))

    def stop(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Bench:
    """One server under load."""

    def __init__(
        self,
        variant: Variant,
        plan: Plan,
        paced: Paced,
        server: Server,
        services: meter.Services,
    ) -> None:
        self.variant, self.plan, self.paced, self.server = variant, plan, paced, server
        self.services = services if variant.uses_services else None
        self.load = Load(server.port, variant.request(server.port), beat=self._beat)
        self.idle_kb = meter.pss_kb(server.pids)
        self.begun = time.monotonic()

    def _beat(self, now: float) -> None:
        if self.services:
            self.services.count_connections()

    def climb(self) -> list[Plateau]:
        """Open streams step by step; end early once a step is not held, if the plan says so."""
        plateaus = []
        for step in self.plan.steps:
            plateau = self._step(step)
            plateaus.append(plateau)
            if self.plan.until_broken and not plateau.held:
                break
        return plateaus

    def _step(self, step: Step) -> Plateau:
        load, already = self.load, len(self.load.streams)
        load.grow(step.streams, rate=step.opening)
        load.await_first_texts(DELAY + 3 * LATE)
        load.hold(self.plan.settle)
        plateau = self.watch(step.hold)
        plateau.step = step.streams
        _firsts(plateau, load.streams[already:])
        return plateau

    def watch(self, seconds: float) -> Plateau:
        """Measure what is running for a while."""
        load = self.load
        load.mark()
        self.paced.stats()
        before = self.cpu()
        begun, ended = load.hold(seconds)
        after = self.cpu()
        plateau = Plateau(load.live, self.plan.interval, seconds=ended - begun, window=(begun, ended))
        plateau.cpu = {name: after[name] - before[name] for name in after}
        plateau.busy = sum(plateau.cpu.values()) / (plateau.seconds or 1)
        plateau.provider_late_p99 = self.paced.stats()["late_p99"] * 1000
        plateau.silence_p99 = _percentile(load.gaps(), 99) * 1000
        plateau.errors = load.errors()
        plateau.kb_per_stream = (meter.pss_kb(self.server.pids) - self.idle_kb) / max(1, load.live)
        plateau.rss_mb = meter.rss_kb(self.server.pids) / 1024
        plateau.connections = self.services.most_connections if self.services else 0
        return plateau

    def cpu(self) -> dict[str, float]:
        cpu = {
            "server": meter.cpu_seconds(self.server.pids),
            "provider": meter.cpu_seconds([self.paced.process.pid]),
            "browsers": time.process_time(),
        }
        return {**cpu, **(self.services.cpu() if self.services else {})}

    def check(self, plateaus: list[Plateau]) -> list[decode.Answer]:
        """Compare every byte with the provider's, and fill in the figures that follow from the texts."""
        rest = provider.rest_of_text(self.paced.count)
        answers = decode.answers(self.load.streams, self.variant.form, rest)
        per_token = len(rest) / (self.paced.count - 1)
        for plateau in plateaus:
            begun, ended = plateau.window
            characters, gaps = 0, []
            for answer in answers:
                last = 0.0
                for at, text in answer.pieces:
                    if begun <= at < ended:
                        characters += len(text)
                        if last:
                            gaps.append((at - last) * 1000)
                    last = at
            plateau.tokens = characters / per_token
            if plateau.tokens:
                plateau.cpu = {name: cpu / plateau.tokens * 1e6 for name, cpu in plateau.cpu.items()}
            plateau.gap_p50, plateau.gap_p99 = (
                _percentile(gaps, 50),
                _percentile(gaps, 99),
            )
            plateau.gap_max = max(gaps, default=0.0)
        return answers


def _firsts(plateau: Plateau, streams: list[Stream]) -> None:
    """Return the times to the first text beyond the provider's own; a stream without text has waited until now."""
    now = time.monotonic()
    waits = [
        (s.first - s.asked - decode.own_seconds(s) if s.first else now - s.asked - DELAY) * 1000
        for s in streams
        if not s.error
    ]
    plateau.first_p50, plateau.first_p99 = (
        _percentile(waits, 50),
        _percentile(waits, 99),
    )


def _percentile(values: Sequence[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else 0.0


@contextmanager
def running(
    variant: Variant,
    services: meter.Services,
    plan: Plan,
    home: Path,
    *,
    count: int = 0,
) -> Iterator[Bench]:
    """Start everything that one run needs, and end it afterwards."""
    count = count or int(plan.seconds / plan.interval) + 2
    paced = Paced(interval=plan.interval, count=count, text=plan.text)
    try:
        environ = services.environ() if variant.uses_services else {}
        server = variants.start(variant, paced.port, home, **environ, **plan.environ)
        try:
            bench = Bench(variant, plan, paced, server, services)
            try:
                yield bench
            finally:
                bench.load.close()
        finally:
            server.stop()
            if variant.uses_services:
                services.forget_runs()
    finally:
        paced.stop()
