"""The conditions of a result: the machine, the versions, the settings."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.harness import measure, meter, variants

PACKAGES = [
    "django",
    "gunicorn",
    "gevent",
    "greenlet",
    "psycopg2-binary",
    "redis",
    "hiredis",
    "httptools",
    "msgspec",
    "openai",
    "uvicorn",
    "uvloop",
    "asgiref",
]


def describe(services: meter.Services, *, quick: bool, seconds: float) -> dict[str, Any]:
    """Return everything that is needed to judge the figures or to repeat them."""
    nginx = "not installed"
    if shutil.which("nginx"):
        nginx = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=False).stderr
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=variants.ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "seconds": round(seconds),
        "commit": commit.strip(),
        "machine": {
            "cores": os.cpu_count(),
            "processor": _processor(),
            "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
            "kernel": platform.release(),
            "load_average": os.getloadavg(),
        },
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
            **services.versions(),
            "nginx": nginx.strip().rpartition("/")[2],
        },
        "provider": {
            "tokens_per_second": measure.RATE,
            "first_token_after": measure.DELAY,
        },
        "fortune": {name: value for name, value in variants.FORTUNE_ENVIRON.items() if "KEY" not in name},
    }


def _processor() -> str:
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return found.group(1) if found else platform.machine()
