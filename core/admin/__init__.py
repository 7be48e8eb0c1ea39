"""The platform's part of the stock Django admin. Keys, births and texts of people are never editable here."""

from __future__ import annotations

from core.admin import audit, operations, people, quota, runs, signin, site, visits

__all__ = ["audit", "operations", "people", "quota", "runs", "signin", "site", "visits"]
