"""Load on the database pool in a process of its own.

    python -m tests.integration.database.storm gevent|threads

A scene has a name, the size of the pool and the seconds that it waits, and is played in a fork (``tests.forked``), as a
worker is one of what has been imported. ``queries``: 500 jobs at once each run one query. ``killed``: while 60 jobs wait,
every backend of this database is terminated from outside.
"""

# ruff: noqa: E402 - the patch comes before every other import
import sys

if sys.argv[1] == "gevent":
    from gevent import monkey

    monkey.patch_all()
    from psycogreen.gevent import patch_psycopg

    patch_psycopg()

import importlib
import logging
import os
import threading
import time
from collections import Counter
from typing import Any

import django

django.setup()

import psycopg2
from django.conf import settings
from django.db import connection

from config.settings import base
from tests.forked import answer

outcomes: Counter[str] = Counter()


def ask(seconds: float) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [seconds])
        outcomes["served"] += 1
    except Exception as error:
        outcomes[type(error).__name__] += 1
    finally:
        connection.close()


def observer() -> psycopg2.extensions.connection:
    """Open a connection outside the pool."""
    own = settings.DATABASES["default"]
    made = psycopg2.connect(
        host=own["HOST"],
        port=own["PORT"] or None,
        user=own["USER"],
        password=own["PASSWORD"],
        dbname=own["NAME"],
    )
    made.autocommit = True
    return made


OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'storm' AND pid <> pg_backend_pid()"


def play(scene: str, size: str, patience: str) -> dict[str, Any]:
    os.environ |= {"DATABASE_POOL_SIZE": size, "DATABASE_POOL_TIMEOUT": patience}
    # Read again as at a start. Nothing has been connected in this process.
    settings.DATABASES["default"] |= importlib.reload(base).DATABASES["default"]
    watching = observer()
    jobs = 500 if scene == "queries" else 60
    seconds = 0.02 if scene == "queries" else 0.5
    threads = [threading.Thread(target=ask, args=(seconds,)) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    begun = time.monotonic()
    most = killed = 0
    while any(thread.is_alive() for thread in threads) and time.monotonic() - begun < 60:
        with watching.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {OTHERS}")
            most = max(most, cursor.fetchone()[0])
            if scene == "killed" and not killed and outcomes["served"]:
                cursor.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}")
                killed = cursor.rowcount
        time.sleep(0.02)
    hung = sum(thread.is_alive() for thread in threads)
    return {"outcomes": outcomes, "most": most, "hung": hung, "killed": killed}


logging.disable(logging.CRITICAL)
answer(play)
