"""The one Redis client of this process, Lua scripts, and Django's cache on the same terms."""

from __future__ import annotations

from core.redis.blocking import BlockingReader
from core.redis.connections import client, connect, follow_primary, primary_of
from core.redis.minutes import Minutes
from core.redis.scripts import Call, Script

__all__ = ["BlockingReader", "Call", "Minutes", "Script", "client", "connect", "follow_primary", "primary_of"]
