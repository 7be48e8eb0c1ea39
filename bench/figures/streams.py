"""The figures of running streams: `cost`, `capacity`, `slow`, `sign_in`, `whole`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable

from bench.figures.session import SIGN_INS, Session
from bench.harness import decode, provider
from bench.harness.measure import DELAY, Bench, Plan, Plateau, Step, running
from bench.harness.variants import ROOT

SLOW_INTERVAL = 5.0


def cost(session: Session, round_: int) -> None:
    """Measure CPU per token at 500 streams, and the first texts of forty browsers that come while 200 read."""
    hold = 2.0 if session.quick else 5.0
    whole = Plan((Step(200, 50, hold), Step(240, 10, 0.5), Step(500, 60, hold)))
    plain = Plan((Step(500, 60, hold),))
    for name in session.names("plan", "tuned"):
        session.climb("cost", name, round_, whole)
    if round_ == 1 and not session.quick:
        for name in ("relay", "relay250", *(("nginx",) if shutil.which("nginx") else ())):
            session.climb("cost", name, round_, plain)
        session.climb(
            "cost",
            "gthread",
            round_,
            Plan((Step(12, 12, hold), Step(16, 12, 1)), until_broken=True),
        )


def capacity(session: Session, round_: int) -> None:
    """Open more and more streams until they are not served as required."""
    hold = 2.0 if session.quick else 4.0
    many = (600,) if session.quick else (1000, 1500, 2000, 2250, 2500, 2750, 3000, 3500)
    few = (100, 200) if session.quick else (100, 150, 200, 250, 300, 350, 400, 500)
    climbs = {"fortune": (many, 40), "before": (many, 40), "plan": (few, 25), "tuned": (many, 100)}
    for name in session.names("plan", "tuned"):
        counts, opening = climbs[name]
        # Beginning a reading costs more than a second of it: near the end only a few begin at once.
        steps = tuple(Step(count, opening if count <= 2000 else opening / 2, hold) for count in counts)
        # One worker may be given more than half of the streams.
        plan = Plan(steps, until_broken=True, environ={"MAX_STREAMS": "4000"})
        session.climb("capacity", name, round_, plan)


def slow(session: Session, round_: int) -> None:
    """Open as many streams as allowed, each with a token every five seconds."""
    count = 500 if session.quick else 10_000
    steps = (Step(count, 60, 11.0),)
    environ = {"MAX_STREAMS": "10000"}
    for name in session.names():
        session.climb("slow", name, round_, Plan(steps, interval=SLOW_INTERVAL, environ=environ))


def sign_in(session: Session, round_: int) -> None:
    """Measure the gaps of 300 streams while thirty people sign in at once."""
    plan = Plan((Step(300, 40, 2.0),), environ={"TRUSTED_PROXY_COUNT": "1"})
    with running(*session.find("fortune"), plan, session.home) as bench:
        bench.climb()
        people = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bench.figures.signin",
                str(bench.server.port),
                str(SIGN_INS),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert people.stdin and people.stdout
        with people:
            os.set_blocking(people.stdout.fileno(), False)
            _reading_until(bench, lambda: "ready" in (people.stdout.readline() or ""))  # type: ignore[union-attr]
            people.stdin.write("go\n")
            people.stdin.flush()
            bench.load.mark()
            plateau = bench.watch(6.0)
            _reading_until(bench, lambda: people.poll() is not None)
            took = json.loads(people.stdout.readline() or "[]")
        bench.load.close()
    bench.check([plateau])
    seconds = sorted(value for value in took if isinstance(value, float))
    refused = [value for value in took if not isinstance(value, float)]
    session.record("sign_in", "fortune", round_, plateau, sign_in_seconds=seconds, refused=refused)
    session.say(
        f"            {len(seconds)} signed in, the last after {max(seconds, default=0):.1f} s; refused: {refused}"
    )


def _reading_until(bench: Bench, condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        bench.load.hold(0.1)


def whole(session: Session, round_: int) -> None:
    """Measure readings of fifteen seconds from the request to the saved end."""
    readings, count = (60, 150) if session.quick else (300, 450)
    for name in session.names("plan", "tuned"):
        plan = Plan((Step(readings, 30, 0.0),))
        with running(*session.find(name), plan, session.home, count=count) as bench:
            before, began = bench.cpu(), time.monotonic()
            bench.load.grow(readings, rate=30)
            bench.load.finish(count * plan.interval + DELAY + 15)
            after, ended = bench.cpu(), time.monotonic()
            plateau = Plateau(readings, plan.interval, seconds=ended - began, window=(began, ended))
            plateau.cpu = {part: after[part] - before[part] for part in after}
            plateau.errors = bench.load.errors() + ["cut short"] * bench.load.live
            bench.load.close()
        answers = bench.check([plateau])
        tokens = readings * count
        session.record(
            "whole",
            name,
            round_,
            plateau,
            complete=_complete(answers, count),
            expected=tokens,
        )


def _complete(answers: list[decode.Answer], count: int) -> int:
    rest = len(provider.rest_of_text(count))
    return sum(sum(len(text) for _, text in answer.pieces) >= rest for answer in answers)
