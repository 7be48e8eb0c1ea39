"""The most that answers of paid models may cost on a Korean day, over all workers: ``AI_DAILY_BUDGET``.

A request reserves the most that it can cost before it is made, and settles what it did cost when it ends. Both are
one script at Redis, so all workers together never go beyond the budget. A request that doesn't fit is not made: the
rules write the reading. A reservation that was never settled, because its worker died, stays counted until midnight.

While Redis is away each process may spend a twentieth of the budget by itself; it tells Redis when that is back. When
Redis has lost the day, it begins anew with what the database knows of the day's runs.

At four fifths of the budget, and when it is used up, the process that sees it first logs an error, once a day.
"""

from __future__ import annotations

from core.llm.budget.budget import Budget, Reservation, Spent, micro

__all__ = ["Budget", "Reservation", "Spent", "micro"]
