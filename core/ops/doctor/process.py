"""This process: versions, the patch of a worker, open files."""

from __future__ import annotations

import platform
import resource
import subprocess
import sys

import django
from django.conf import settings

from core.ops.doctor.verdicts import Doubtful, Wrong


def versions() -> str:
    return f"Python {platform.python_version()}, Django {django.get_version()}"


def patch() -> str:
    """Check the patch in a process of its own, set up the way gunicorn sets up a worker."""
    if settings.WORKER_CLASS != "gevent":
        return f"{settings.WORKER_CLASS}: nothing is patched, as it must be"
    script = (
        # Not among the running site's metrics.
        "import os, runpy; runpy.run_path('gunicorn.conf.py');"
        "os.environ.pop('PROMETHEUS_MULTIPROC_DIR', None); import django; django.setup();"
        "from core.runtime import patch; print('\\n'.join(patch.problems()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    problems = [line for line in done.stdout.splitlines() if line.strip()]
    if done.returncode:
        raise Wrong(done.stderr.strip().splitlines()[-1])
    if problems:
        raise Wrong("; ".join(problems))
    return "gevent: everything is cooperative, psycopg2 included"


def descriptors() -> str:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = settings.MAX_STREAMS * 7 // 2 + 512
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise Doubtful(f"{hard} files may be open; {settings.MAX_STREAMS} streams need {needed} (ulimit -n)")
    return f"up to {hard} open files for {settings.MAX_STREAMS} streams"
