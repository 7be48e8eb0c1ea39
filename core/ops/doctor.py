"""Check the set-up of this process and its services, one function per item; see ``manage.py doctor``.

An item returns what it found, raises ``Wrong`` if the site can't serve like this, or ``Doubtful`` if it can but
an operator should know. Nothing here changes anything but a short-lived cache key.
"""

from __future__ import annotations

import platform
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal

import django
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core import redis
from core.accounts.own_keys import DEADLINES, QUESTION
from core.llm import registry
from core.llm.cancel import Cancel
from core.llm.types import ProviderError
from core.security import crypto, rotation
from core.security.fields import EncryptedTextField, encrypted_columns

Verdict = Literal["ok", "doubtful", "wrong"]


class Wrong(Exception):
    """The site can't serve like this."""


class Doubtful(Exception):
    """The site can serve, but an operator should know."""


@dataclass(frozen=True, slots=True)
class Finding:
    item: str
    verdict: Verdict
    says: str


def examine(*, reach: bool) -> Iterator[Finding]:
    """Check all items, each on its own: one that fails doesn't hide the next.

    ``reach`` also asks every provider a tiny question, which costs a few tokens.
    """
    for item, look in [*ITEMS, *([("providers answer", providers_answer)] if reach else [])]:
        try:
            yield Finding(item, "ok", look())
        except Doubtful as doubt:
            yield Finding(item, "doubtful", str(doubt))
        except Wrong as wrong:
            yield Finding(item, "wrong", str(wrong))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is the finding)
            yield Finding(item, "wrong", f"{type(error).__name__}: {error}".splitlines()[0])


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


def database() -> str:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('statement_timeout')")
        version, limit = cursor.fetchone()
    found = f"PostgreSQL {version}, {(time.perf_counter() - began) * 1000:.0f} ms"
    if limit == "0":
        raise Doubtful(
            f"{found}: no statement_timeout (a pooler refuses ours, or it is set to 0), so a lost query runs on:"
            " ALTER ROLE … SET statement_timeout = '10s' (docs/deploying.md)"
        )
    host = str(connection.settings_dict["HOST"] or "")
    if host and not host.startswith("/") and not _is_address(host):
        raise Doubtful(f"{found}: {host} is a name, and libpq looks names up while nothing else moves")
    return f"{found}, statement_timeout {limit}"


def pool() -> str:
    options = connection.settings_dict.get("POOL_OPTIONS", {})
    if connection.settings_dict["ENGINE"] != "core.db":
        raise Wrong("the database has no bounded pool: every request may open a connection")
    if options.get("MAX_OVERFLOW") != 0 or not options.get("TIMEOUT"):
        raise Wrong("the pool is not bounded, or waits for ever")
    if not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        raise Wrong("DISABLE_SERVER_SIDE_CURSORS is off: a pooler in transaction mode would break")
    return f"{options['POOL_SIZE']} connections a worker, waits {options['TIMEOUT']} s at most"


def redis_server() -> str:
    began = time.perf_counter()
    info = redis.client().info()
    found = f"{info.get('server_name', 'redis')} {info.get('valkey_version', info['redis_version'])}"
    found += f", {(time.perf_counter() - began) * 1000:.0f} ms"
    if info.get("maxmemory") and info.get("maxmemory_policy") != "noeviction":
        raise Doubtful(f"{found}: {info['maxmemory_policy']} may throw away what is being written")
    return found


def cache_answers() -> str:
    token = secrets.token_hex(8)
    cache.set(f"doctor:{token}", token, 5)
    if cache.get(f"doctor:{token}") != token:
        raise Wrong("what is put into the cache does not come out")
    return "sets and gets"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in waiting[:5])
        raise Wrong(f"{len(waiting)} not applied: {names}")
    return "all applied"


def static_files() -> str:
    hashed: dict[str, str] | None = getattr(staticfiles_storage, "hashed_files", None)
    if hashed is None:
        return "served from their folder"
    if not hashed:
        raise Wrong("no manifest: run collectstatic")
    for name in hashed.values():
        if not staticfiles_storage.exists(name):
            raise Wrong(f"{name} stands in the manifest and is not there: run collectstatic again")
    return f"{len(hashed)} files with their hashes"


def languages() -> str:
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).rglob("*.po"):
            if not source.with_suffix(".mo").exists():
                raise Doubtful(f"{source.parent.parent.name} is not compiled: run compilemessages")
    return ", ".join(name for _, name in settings.LANGUAGES)


def secrets_set() -> str:
    if len(settings.SECRET_KEY) < 32 or "development" in settings.SECRET_KEY:
        if not settings.DEVELOPMENT:
            raise Wrong("SECRET_KEY is short or the one for development")
        raise Doubtful("SECRET_KEY is the one for development")
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        raise Doubtful("ALLOWED_HOSTS is empty or lets every name in")
    return "SECRET_KEY and ALLOWED_HOSTS are set"


def encryption() -> str:
    """Decrypt the newest value of each encrypted column."""
    tried = sum(_opens(field) for _, fields in encrypted_columns() for field in fields)
    keys = len(settings.FIELD_ENCRYPTION_KEYS)
    if not keys:
        raise Doubtful(
            "FIELD_ENCRYPTION_KEYS is not set: the key comes from SECRET_KEY, which must then stay"
        )
    if not crypto.keyring().is_rotated_away():
        raise Doubtful(f"{keys} keys, and the key from SECRET_KEY opens earlier values: run rotate_keys")
    if rotation.is_due():
        raise Doubtful(f"{keys} keys, earlier values are under another key or format: run rotate_keys")
    if not crypto.binds_rows():
        raise Doubtful("FIELD_ENCRYPTION_FORMAT=fernet: a ciphertext opens in any row it is copied to")
    if not crypto.seals_texts():
        raise Doubtful("FIELD_ENCRYPTION_FORMAT=bound: texts and the names of dates are stored plain")
    return f"{keys} keys, {tried} stored values opened"


def _opens(field: EncryptedTextField) -> int:
    """Return how many values were tried. Raises ``Wrong`` if the newest does not open."""
    rows = field.model._base_manager.exclude(**{f"{field.name}__isnull": True}).exclude(**{field.name: ""})
    try:
        return len(rows.order_by("-pk").values_list(field.name)[:1])
    except crypto.Undecryptable as error:
        raise Wrong(f"{field.model._meta.db_table}.{field.column}: {error}") from None


def pictures() -> str:
    left = Path(settings.MEDIA_ROOT) / "pictures"
    if left.is_dir() and any(left.iterdir()):
        raise Doubtful(
            f"{left} holds pictures of an earlier release, now in the database: delete it (operations.md)"
        )
    return "in the database"


def providers() -> str:
    unknown = registry.unknown_providers()
    if unknown:
        raise Wrong(f"AI_PROVIDERS: {', '.join(unknown)} unknown")
    states = registry.providers().router.states()
    said = [f"{label} ({state})" for label, state in states.items()]
    if registry.LAST in settings.AI_PROVIDERS:
        said.append(registry.LAST)
    if not said:
        raise Wrong("none of AI_PROVIDERS has a key, and classic is not among them: nothing can be written")
    if not states:
        raise Doubtful("no provider has a key: every reading is written by rules")
    return ", ".join(said)


def budget() -> str:
    if settings.AI_DAILY_BUDGET:
        return f"{settings.AI_DAILY_BUDGET:g} US dollars a day"
    if registry.providers().router.states():
        raise Doubtful("AI_DAILY_BUDGET is 0: nothing bounds what a day of readings may cost")
    return "no provider costs anything"


def providers_answer() -> str:
    said, failed = [], []
    for provider in registry.providers().router.providers:
        began = time.perf_counter()
        try:
            stream = provider.open(QUESTION, deadlines=DEADLINES, cancel=Cancel())
            try:
                stream.read()
            finally:
                stream.close()
            said.append(f"{provider.name} {(time.perf_counter() - began) * 1000:.0f} ms")
        except ProviderError as error:
            failed.append(str(error))
    if failed:
        raise Wrong("; ".join(failed + said))
    return ", ".join(said) or "there is none to ask"


def sign_in() -> str:
    ready = []
    for name in ("kakao", "naver", "google"):
        number, secret = (getattr(settings, f"{name.upper()}_CLIENT_{part}") for part in ("ID", "SECRET"))
        # Kakao's secret is optional at Kakao; the other two can't work without.
        if number and not secret and name != "kakao":
            raise Wrong(f"{name.upper()}_CLIENT_SECRET is missing")
        if number:
            ready.append(name)
    if not settings.EMAIL_HOST and not settings.DEVELOPMENT:
        raise Doubtful("EMAIL_HOST is not set: mails are printed, so nobody can sign up by e-mail")
    return ", ".join(["e-mail", *ready])


def proxies() -> str:
    if not settings.TRUSTED_PROXY_COUNT and not settings.DEVELOPMENT:
        raise Doubtful("TRUSTED_PROXY_COUNT is 0: behind a proxy all guests would share one limit")
    return f"{settings.TRUSTED_PROXY_COUNT} believed"


def contact() -> str:
    if not settings.SECURITY_CONTACT and not settings.DEVELOPMENT:
        raise Doubtful("SECURITY_CONTACT is not set: nobody is told where to report a weakness")
    return settings.SECURITY_CONTACT or "none, as in development"


def descriptors() -> str:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = settings.MAX_STREAMS * 7 // 2 + 512
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise Doubtful(f"{hard} files may be open; {settings.MAX_STREAMS} streams need {needed} (ulimit -n)")
    return f"up to {hard} open files for {settings.MAX_STREAMS} streams"


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


ITEMS: Final[list[tuple[str, Callable[[], str]]]] = [
    ("versions", versions),
    ("patch", patch),
    ("open files", descriptors),
    ("secrets", secrets_set),
    ("proxies", proxies),
    ("database", database),
    ("pool", pool),
    ("migrations", migrations),
    ("encryption", encryption),
    ("pictures", pictures),
    ("redis", redis_server),
    ("cache", cache_answers),
    ("static files", static_files),
    ("languages", languages),
    ("providers", providers),
    ("budget", budget),
    ("sign-in", sign_in),
    ("security contact", contact),
]
