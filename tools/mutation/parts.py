"""The parts: modules, and the tests that are to notice their mutants."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Part:
    """Modules, by glob, and the tests that are to catch their mutants."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()  # of the modules
    needs_services: bool = False
    needs_django: bool = (
        True  # without it, and without tests/conftest.py, pytest starts in a third of a second
    )

    def files(self) -> list[str]:
        found = {str(path) for pattern in self.modules for path in Path().glob(pattern)}
        return sorted(found - {str(path) for pattern in self.without for path in Path().glob(pattern)})


PARTS: Final = {
    "engine": Part(
        ("fortune/saju/**/*.py",),
        ("tests/unit/saju", "tests/golden"),
        without=("fortune/saju/data/*.py",),  # tables that a program made, and tests/golden compares
        needs_django=False,
    ),
    "limits": Part(
        (
            "core/limits/*.py",
            "core/llm/budget/*.py",
            "core/streams/hub/admission.py",
            "core/streams/hub/turns.py",
        ),
        (
            *(
                "tests/unit/core/test_limits.py",
                "tests/unit/core/test_addresses.py",
                "tests/unit/core/test_turns.py",
                "tests/unit/core/test_admission.py",
            ),
            *(
                "tests/integration/site/limits/test_quota.py",
                "tests/integration/site/limits/test_counting.py",
            ),
            *(
                "tests/integration/site/requests/test_costs.py",
                "tests/integration/site/limits/test_paying.py",
            ),
            *("tests/integration/llm/test_budget.py", "tests/integration/streams/test_places.py"),
            *("tests/integration/streams/test_arrivals.py", "tests/integration/site/limits/test_windows.py"),
        ),
        needs_services=True,
    ),
    "streams": Part(
        ("core/streams/log/*.py", "core/streams/hub/*.py", "core/streams/production/claims.py"),
        (
            *("tests/unit/core/test_channel.py", "tests/unit/core/test_rendition.py"),
            *("tests/unit/core/test_hub.py", "tests/unit/core/test_active_run.py"),
            *("tests/unit/core/test_outcome.py", "tests/unit/core/test_placement.py"),
            "tests/integration/streams",
        ),
        without=("core/streams/hub/admission.py", "core/streams/hub/turns.py"),
        needs_services=True,
    ),
    "http": Part(
        ("core/llm/http/*.py",),
        (
            *(
                "tests/unit/llm/test_http.py",
                "tests/unit/llm/test_http_bounds.py",
                "tests/unit/llm/test_http_fuzz.py",
                "tests/unit/llm/test_sse.py",
            ),
            *("tests/unit/llm/test_unpacking.py", "tests/unit/llm/test_connections.py"),
            *("tests/integration/llm/test_answers.py", "tests/integration/llm/test_bounds.py"),
            *("tests/integration/llm/test_stopping.py", "tests/integration/llm/test_tls.py"),
        ),
    ),
}
