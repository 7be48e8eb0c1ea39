"""Days in Korea. The site's "today" changes at midnight in Seoul, wherever the server is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

KOREA: Final = ZoneInfo("Asia/Seoul")


def korean_day(now: datetime) -> date:
    return now.astimezone(KOREA).date()


def next_midnight(now: datetime) -> datetime:
    """Return the instant at which the next Korean day begins."""
    return datetime.combine(korean_day(now) + timedelta(days=1), time.min, tzinfo=KOREA)
