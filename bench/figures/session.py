"""The figures: which runs they need, in which order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.figures import page_token, signin
from bench.figures import pages as page_costs
from bench.figures import visit as visits
from bench.figures import wave as waves
from bench.harness import decode, meter, provider
from bench.harness.measure import DELAY, Bench, Plan, Plateau, Step, running
from bench.harness.variants import FORTUNE_ENVIRON, ROOT, VARIANTS, Variant

SIGN_INS = 30
SLOW_INTERVAL = 5.0
Records = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another checkout of Fortune, with databases of its own: its tables may differ."""

    variant: Variant
    services: meter.Services


@dataclass(slots=True)
class Session:
    """The state that all runs share: a folder for logs, the services, and the records made so far."""

    home: Path
    services: meter.Services
    earlier: Earlier | None = None  # another checkout, measured beside this one
    quick: bool = False
    records: Records = field(default_factory=list)
    say: Callable[[str], None] = print

    def prepare(self) -> None:
        """Make the checkouts ready to be served."""
        self._prepare(ROOT, self.services)
        if self.earlier:
            self._prepare(self.earlier.variant.root, self.earlier.services)

    def names(self, *others: str) -> tuple[str, ...]:
        """Return the variants to compare, in the order of a round: Fortune, the earlier checkout, ``others``."""
        return ("fortune", *(("before",) if self.earlier else ()), *others)

    def find(self, name: str) -> tuple[Variant, meter.Services]:
        """Return a variant and the databases that it uses."""
        if self.earlier and name == self.earlier.variant.name:
            return self.earlier.variant, self.earlier.services
        return VARIANTS[name], self.services

    def _prepare(self, root: Path, services: meter.Services) -> None:
        """Migrate the database, collect the static files, and add people who can sign in."""
        # It runs in the checkout that is served, so it imports nothing of this benchmark.
        people = (
            "from allauth.account.models import EmailAddress\n"
            "from django.contrib.auth import get_user_model, hashers\n"
            f"password = hashers.make_password({signin.PASSWORD!r})\n"
            f"for email in {[signin.email(n) for n in range(SIGN_INS)]}:\n"
            "    user = get_user_model().objects.create(username=email.split('@')[0], password=password)\n"
            "    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)\n"
        )
        for command in (
            ["migrate", "--noinput"],
            ["collectstatic", "--noinput"],
            ["shell", "-c", people],
        ):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=root,
                env={**os.environ, **FORTUNE_ENVIRON, **services.environ()},
                stdout=subprocess.DEVNULL,
                check=True,
            )

    def climb(self, figure: str, name: str, round_: int, plan: Plan) -> None:
        """Run one climb and record its plateaus."""
        with running(*self.find(name), plan, self.home) as bench:
            plateaus = bench.climb()
            bench.load.close()
        bench.check(plateaus)
        for plateau in plateaus:
            self.record(figure, name, round_, plateau)

    def record(self, figure: str, name: str, round_: int, plateau: Plateau, **more: Any) -> None:
        """Record a plateau and print a line about it."""
        values = {**asdict(plateau), "held": plateau.held, **more}
        values["errors"] = len(plateau.errors)
        values["error"] = plateau.errors[0] if plateau.errors else ""
        del values["window"]
        self.records.append({"figure": figure, "variant": name, "round": round_, **values})
        cpu = ", ".join(f"{part} {cost:.1f}" for part, cost in plateau.cpu.items())
        self.say(
            f"  {figure:9} {name:9} #{round_} {plateau.streams:6} streams  µs/token: {cpu or '-'}"
            f"  first +{plateau.first_p50:.0f}/{plateau.first_p99:.0f} ms  gap p99 {plateau.gap_p99:.0f} ms"
            f"  silence p99 {plateau.silence_p99:.0f} ms  {plateau.kb_per_stream:.0f} KB"
            f"  late {plateau.provider_late_p99:.0f} ms  {'held' if plateau.held else 'NOT held'}"
            f"{' ' + values['error'] if plateau.errors else ''}"
        )


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


def pages(session: Session, round_: int) -> None:
    """Measure the CPU of one request for each page and API, for a member with ten thousand readings."""
    readings, requests = (500, 8) if session.quick else (page_costs.READINGS, 25)
    for row in page_costs.measure(session.services, session.home, readings=readings, requests=requests):
        session.records.append(
            {"figure": "pages", "variant": "fortune", "round": round_, "readings": readings, **row}
        )
        session.say(
            f"  pages     {row['page']:30} #{round_} {row['cpu_ms']:8.2f} ms of CPU (p90 {row['cpu_ms_p90']:.2f})"
            f"  PostgreSQL {row['postgresql_ms']:.2f} ms  {row['wall_ms']:.1f} ms in all  {row['error']}"
        )


def visit(session: Session, round_: int) -> None:
    """Measure the CPU of every step of a visit, on the way that a browser takes."""
    visitors, tokens = (4, 100) if session.quick else (20, visits.TOKENS)
    for name in session.names("site"):
        for row in visits.measure(*session.find(name), session.home, visitors=visitors, tokens=tokens):
            session.records.append(
                {"figure": "visit", "variant": name, "round": round_, "errors": 0, "connections": 0, **row}
            )
            session.say(
                f"  visit     {name:9} #{round_} {row['step']:12} {row['cpu_ms']:7.2f} ms of CPU"
                f"  PostgreSQL {row['postgresql_ms']:.2f}  Valkey {row['valkey_ms']:.2f}  {row['bytes']} bytes"
            )


def rows(session: Session, round_: int) -> None:
    """Measure a visit, of a short text, beside few and many readings of other people."""
    visitors, counts = (4, (10, 10_000)) if session.quick else (8, (10, 10_000, 1_000_000))
    for count in counts:
        served = session.find("fortune")
        found = visits.measure(*served, session.home, visitors=visitors, tokens=60, stored=count)
        for row in found:
            session.records.append(
                {"figure": "rows", "variant": "fortune", "round": round_, "errors": 0, "connections": 0}
                | {"stored": count, **row}
            )
        whole = found[-1]
        session.say(
            f"  rows      {count:9} readings #{round_} {whole['cpu_ms']:7.2f} ms of CPU"
            f"  PostgreSQL {whole['postgresql_ms']:.2f}"
        )


def wave(session: Session, round_: int) -> None:
    """Let visitors arrive faster than they can be served, beside 500 running streams."""
    sea = waves.SMALL if session.quick else waves.Wave()
    for name in session.names():
        row = waves.measure(*session.find(name), session.home, sea)
        shared = {
            "figure": "wave",
            "variant": name,
            "round": round_,
            "connections": 0,
            "errors": row["wrong"],
        }
        session.records.append({**shared, **row})
        session.say(
            f"  wave      {name:9} #{round_} {row['arrivals']} in {sea.seconds:.0f} s: {row['served']} served, first text"
            f" {row['first_p50']:.0f}/{row['first_p99']:.0f} ms; {row['refused']} refused after"
            f" {row['refused_p50']:.0f}/{row['refused_p99']:.0f} ms; beside {row['beside']}: gap p99"
            f" {row['gap_p99']:.0f}, most {row['gap_max']:.0f} ms; workers {row['workers']}  {row['error']}"
        )


FIGURES = {
    "visit": visit,
    "page_token": page_token.measure,
    "rows": rows,
    "wave": wave,
    "cost": cost,
    "capacity": capacity,
    "slow": slow,
    "sign_in": sign_in,
    "whole": whole,
    "pages": pages,
}
