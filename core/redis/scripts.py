"""Lua scripts, each in a file of its own beside the module that runs it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import NoScriptError


class Script:
    """A script that Redis runs by its digest. Redis learns it again after a restart or a takeover."""

    def __init__(self, file: Path) -> None:
        self._source = file.read_text(encoding="utf-8")
        self._digest = hashlib.sha1(self._source.encode()).hexdigest()  # noqa: S324 (Redis's own choice)

    def run(self, client: Redis, keys: Sequence[str], args: Sequence[str | int | bytes]) -> Any:
        """Run it and return its answer. Raises RedisError."""
        try:
            return client.evalsha(self._digest, len(keys), *keys, *args)
        except NoScriptError:
            return client.eval(self._source, len(keys), *keys, *args)
