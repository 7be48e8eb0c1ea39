"""Warnings for a birth near an edge, where minutes would change a pillar: a 절, a turn of the hour or of the day."""

from __future__ import annotations

from fortune.saju.calendar.pillars import DAY_SECONDS, HOUR_EDGE, four_pillars, year_and_month
from fortune.saju.calendar.solar_terms import JEOL, Jeol
from fortune.saju.calendar.zones import Civil
from fortune.saju.cycle import Pillars
from fortune.saju.notes.notices import Notice, clock_text

NEAR = 600
"""Seconds within which a 절 or an edge of the clock is worth a warning."""


def near_edges(civil: Civil, jeol: int, clock: int, day_change: str, pillars: Pillars) -> list[Notice]:
    """Return a warning for each edge near the birth, with the chart on its other side.

    ``jeol`` is the 절 that rules at the instant, ``clock`` the clock of day and hour, ``pillars`` the chart.
    """
    found = []
    if civil.instant - JEOL[jeol] <= NEAR:
        found.append(_near_term(civil, jeol, jeol - 1, pillars))
    elif JEOL[jeol + 1] - civil.instant <= NEAR:
        found.append(_near_term(civil, jeol + 1, jeol + 1, pillars))
    since_edge = (clock + HOUR_EDGE) % 7200
    if since_edge <= NEAR or 7200 - since_edge <= NEAR:
        step = -since_edge - 1 if since_edge <= NEAR else 7200 - since_edge
        found.append(_near_edge(jeol, clock, step, day_change, pillars))
    since_midnight = clock % DAY_SECONDS
    if day_change == "00:00" and (since_midnight <= NEAR or DAY_SECONDS - since_midnight <= NEAR):
        step = -since_midnight - 1 if since_midnight <= NEAR else DAY_SECONDS - since_midnight
        found.append(_near_edge(jeol, clock, step, day_change, pillars))
    return found


def _near_term(civil: Civil, edge: int, side: int, pillars: Pillars) -> Notice:
    """``edge``: the 절 that is near; ``side``: the 절 that rules on its other side."""
    term = Jeol(edge)
    at = clock_text(term.at + civil.offset)
    message = f"{term.name}({at})에서 10분 안에 태어났어요. 시각이 조금만 달라도 월주가 바뀌어요."
    if term.name == "입춘":
        message = f"입춘({at})에서 10분 안에 태어났어요. 시각이 조금만 달라도 년주와 월주가 바뀌어요."
    other = Pillars(*year_and_month(side), pillars.day, pillars.hour)
    return Notice("near_term", message, other)


def _near_edge(jeol: int, clock: int, step: int, day_change: str, pillars: Pillars) -> Notice:
    """``step``: seconds from ``clock`` to the nearest moment on the other side of the edge."""
    other = four_pillars(jeol, clock + step, day_change)
    if other.day != pillars.day:
        message = "일주가 바뀌는 시각에서 10분 안에 태어났어요. 시각이 조금만 달라도 일주가 달라져요."
        return Notice("near_day_edge", message, other)
    message = "시가 바뀌는 때에서 10분 안에 태어났어요. 시각이 조금만 달라도 시주가 달라져요."
    return Notice("near_hour_edge", message, other)
