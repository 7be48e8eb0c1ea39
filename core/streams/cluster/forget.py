"""Forget subjects that were deleted: their logs, what any worker writes of them, and what it has in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from redis.exceptions import RedisError

from core.streams.cluster.membership import Membership
from core.streams.cluster.stops import Stops
from core.streams.log.client import Log

FORGET_AT_ONCE: Final = 500


def forget(log: Log, membership: Membership, stops: Stops, subjects: Sequence[UUID]) -> None:
    """Remove what Redis and the workers' memory hold of subjects that were deleted.

    Without Redis this process forgets at once; logs expire by themselves.
    """
    for start in range(0, len(subjects), FORGET_AT_ONCE):
        some = subjects[start : start + FORGET_AT_ONCE]
        stops.forget_here(some)
        log.forget(some)
        with contextlib.suppress(RedisError):
            stops.send_forget(some, membership.others())
