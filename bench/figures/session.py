"""The state that all figures share: the checkouts that are served, and the records made so far."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.figures import signin
from bench.harness import meter
from bench.harness.measure import Plan, Plateau, running
from bench.harness.variants import FORTUNE_ENVIRON, ROOT, VARIANTS, Variant

SIGN_INS = 30
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
