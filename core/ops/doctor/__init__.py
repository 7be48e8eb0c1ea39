"""Check the set-up of this process and its services, one function per item; see ``manage.py doctor``.

An item returns what it found, raises ``Wrong`` if the site can't serve like this, or ``Doubtful`` if it can but
an operator should know. Nothing here changes anything but a short-lived cache key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from core.ops.doctor import files, process, providers, safety, services
from core.ops.doctor.verdicts import Doubtful, Wrong

Verdict = Literal["ok", "doubtful", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    item: str
    verdict: Verdict
    says: str


ITEMS: Final[list[tuple[str, Callable[[], str]]]] = [
    ("versions", process.versions),
    ("patch", process.patch),
    ("open files", process.descriptors),
    ("secrets", safety.secrets_set),
    ("proxies", safety.proxies),
    ("database", services.database),
    ("write-ahead log", services.write_ahead_log),
    ("pool", services.pool),
    ("replica", services.replica),
    ("migrations", services.migrations),
    ("encryption", safety.encryption),
    ("pictures", files.pictures),
    ("redis", services.redis_server),
    ("cache", services.cache_answers),
    ("static files", files.static_files),
    ("languages", files.languages),
    ("providers", providers.providers),
    ("budget", providers.budget),
    ("sign-in", safety.sign_in),
    ("security contact", safety.contact),
]


def examine(*, reach: bool) -> Iterator[Finding]:
    """Check all items, each on its own: one that fails doesn't hide the next.

    ``reach`` also asks every provider a tiny question, which costs a few tokens.
    """
    for item, look in [*ITEMS, *([("providers answer", providers.providers_answer)] if reach else [])]:
        try:
            yield Finding(item, "ok", look())
        except Doubtful as doubt:
            yield Finding(item, "doubtful", str(doubt))
        except Wrong as wrong:
            yield Finding(item, "wrong", str(wrong))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is the finding)
            yield Finding(item, "wrong", f"{type(error).__name__}: {error}".splitlines()[0])
