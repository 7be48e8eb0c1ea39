"""Years and days as addresses and buttons give them."""

from __future__ import annotations

from datetime import date

from fortune.pages.charts.luck import FIRST, LAST


def year_of(text: str) -> int | None:
    """Return a year that the calendar of solar terms holds; None for anything else."""
    return int(text) if text.isdecimal() and len(text) == 4 and FIRST <= int(text) <= LAST else None


def day_of(text: str) -> date | None:
    """Return a day that the calendar of solar terms holds; None for anything else."""
    day = date_of(text)
    return day if day and FIRST <= day.year <= LAST else None


def date_of(text: str) -> date | None:
    """Return any day; None for something that is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
