"""Start gunicorn as it is deployed: ``python -m config.serve``.

gunicorn reads ``WEB_CONCURRENCY`` while it is imported, before any configuration of ours, and ends with a traceback over
what is no number. So this process refuses it in one line, and then becomes gunicorn.
"""

from __future__ import annotations

import os
import sys

from config import env


def main() -> None:
    env.load()
    if env.integer("WEB_CONCURRENCY", default=None, minimum=1) is None:
        os.environ.pop("WEB_CONCURRENCY", None)  # set, but empty
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", *sys.argv[1:]]
    os.execv(sys.executable, command)  # noqa: S606 (no shell: our own interpreter)


if __name__ == "__main__":
    main()
