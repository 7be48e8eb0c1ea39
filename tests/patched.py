"""Run pytest in a process made cooperative the way the server is: `python -m tests.patched ARGUMENTS`."""

from __future__ import annotations

import os
import runpy
import sys

if __name__ == "__main__":
    os.environ["WORKER_CLASS"] = "gevent"
    runpy.run_path("gunicorn.conf.py")  # its first statements patch; nothing was imported before them

    from core.runtime import is_patched

    if not is_patched():
        sys.exit("gunicorn.conf.py did not patch this process")

    import pytest

    sys.exit(pytest.main(sys.argv[1:]))
