"""The server that holds a subject's log, by rendezvous hashing: the one with the highest hash of both names.

Adding a server moves to it only the subjects that it is to hold, and removing one moves only those that it held
(Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from core.streams.log.server import LogServer


class Placement:
    """Where the log of each subject lies among ``servers``, also while some of them are away, so that all workers agree."""

    def __init__(self, servers: Sequence[LogServer]) -> None:
        self.servers = tuple(servers)
        self._seeds = [hashlib.blake2b(server.name.encode(), digest_size=8) for server in self.servers]
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, subject: UUID) -> LogServer:
        """Return the server of ``subject``."""
        if len(self.servers) == 1:
            return self.servers[0]
        weights = []
        for seed in self._seeds:
            weight = seed.copy()
            weight.update(subject.bytes)
            weights.append(weight.digest())
        return self.servers[weights.index(max(weights))]
