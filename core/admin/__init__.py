"""The platform's part of the stock Django admin. Keys, births and texts of people are never editable here."""

from __future__ import annotations

from core.admin import audit, groups, operations, people, quota, runs, signin, site, visits, words

__all__ = ["audit", "groups", "operations", "people", "quota", "runs", "signin", "site", "visits", "words"]
