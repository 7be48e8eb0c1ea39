"""Run pytest in a process made cooperative the way the server is: `python -m tests.patched ARGUMENTS`."""

from __future__ import annotations

import os
import runpy
import sys
import time

if __name__ == "__main__":
    os.environ["WORKER_CLASS"] = "gevent"
    runpy.run_path("gunicorn.conf.py")  # its first statements patch; nothing was imported before them

    from core.runtime import is_patched

    if not is_patched():
        sys.exit("gunicorn.conf.py did not patch this process")

    import pytest

    class LastTurn:
        """A turn of the event loop at the end: it is the loop that closes a socket on which a greenlet still waited."""

        def pytest_unconfigure(self) -> None:
            time.sleep(0.1)

    sys.exit(pytest.main(sys.argv[1:], plugins=[LastTurn()]))
