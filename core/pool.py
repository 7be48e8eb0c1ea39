"""The database pool seen from above: what it raises when no connection comes free in time."""

from __future__ import annotations

from sqlalchemy.exc import TimeoutError as Exhausted

__all__ = ["Exhausted"]
