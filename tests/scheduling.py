"""How the tests are shared out among pytest's processes: the longest first, and apart where they share nothing."""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadScopeScheduling

# Each test of these brings up what it needs itself, or shares what every process has sooner or later.
APART: Final = (
    "tests/browser/test_every_page.py",
    "tests/browser/test_reading.py",
    "tests/integration/test_under_the_patch.py",
    "tests/server/faults/test_crashes.py",
    "tests/server/faults/test_failover.py",
    "tests/server/faults/test_machines.py",
    "tests/server/faults/test_outages.py",
    "tests/server/faults/test_vanishing.py",
    "tests/server/faults/test_workers.py",
    "tests/server/test_services.py",
)
# Measured with four processes. A file in none of these takes a few seconds.
LONGEST_FIRST: Final = (
    "tests/integration/test_under_the_patch.py",
    "tests/server/faults/test_vanishing.py",
    "tests/server/faults/test_failover.py",
    "tests/server/faults/test_replica.py",
    "tests/browser/test_every_page.py",
    "tests/browser/test_reading.py",
    "tests/browser/test_steady.py",
    "tests/server/test_checklist.py",
    "tests/browser/",
    "tests/server/faults/",
    "tests/integration/database/",
    "tests/server/",
    "tests/integration/",
    "tests/unit/readings/test_classic.py",
    "tests/unit/readings/",
    "tests/golden/test_oracle_charts.py",
)


def place(nodeid: str) -> int:
    """Return where a test stands in the queue: small numbers go first."""
    return next(
        (place for place, begin in enumerate(LONGEST_FIRST) if nodeid.startswith(begin)), len(LONGEST_FIRST)
    )


class LongestFirst(LoadScopeScheduling):
    """Give each process whole files, whose tests share a server and a browser, in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if file in APART else file
