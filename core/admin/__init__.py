"""The platform's part of the stock Django admin. Keys, births and texts of people are never editable here.

- Who gets in: ``signin``, ``second_factor``.
- The operators' page: ``operations``, ``hour`` (its drawings).
- Rows: ``people``, ``groups``, ``quota``, ``runs``, ``site``, ``visits``, and ``audit`` (who of the staff did what).
- For all of them: ``base`` (read-only rows), ``words`` (Korean names of other packages' models).
"""

from __future__ import annotations

from core.admin import audit, groups, operations, people, quota, runs, signin, site, visits, words

__all__ = ["audit", "groups", "operations", "people", "quota", "runs", "signin", "site", "visits", "words"]
