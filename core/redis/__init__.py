"""The one Redis client of this process, and Django's cache on the same terms."""

from __future__ import annotations

from core.redis.connections import client, connect

__all__ = ["client", "connect"]
