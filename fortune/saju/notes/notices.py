"""Notes on how a chart was cast: the corrections applied, and warnings for the visitor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fortune.saju.calendar.sun_time import COHERENT, mean_offset
from fortune.saju.calendar.zones import Civil
from fortune.saju.cycle import Pillars


@dataclass(frozen=True, slots=True)
class Correction:
    """One step from the civil clock to the clock of day and hour, in minutes (negative: earlier)."""

    code: str
    minutes: float
    message: str

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "minutes": self.minutes, "message": self.message}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before trusting the chart; ``pillars`` is the chart on the other side, if any."""

    code: str
    message: str
    pillars: Pillars | None = None

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.pillars is not None:
            found["pillars"] = pillars_json(self.pillars)
        return found


def pillars_json(pillars: Pillars) -> dict[str, str | None]:
    """Return the four pillars in Hanja; ``hour`` is None when it is unknown."""
    return {
        "year": pillars.year.hanja,
        "month": pillars.month.hanja,
        "day": pillars.day.hanja,
        "hour": pillars.hour.hanja if pillars.hour else None,
    }


def corrections(civil: Civil, mean: int, sun: int, clock: str, longitude: float) -> tuple[Correction, ...]:
    """Return the steps from the civil clock to ``clock``: summer time, longitude, equation of time.

    ``mean`` is local mean time's offset in seconds, ``sun`` the equation of time (0 unless ``apparent``).
    """
    found = []
    if civil.dst:
        minutes = _minutes(-civil.dst)
        found.append(Correction("dst", minutes, f"서머타임을 걷어 냈어요 ({_signed(minutes)}분)."))
    if clock != "standard" and mean != civil.standard:
        minutes = _minutes(mean - civil.standard)
        message = f"태어난 곳의 경도 {longitude:g}도에 맞췄어요 ({_signed(minutes)}분)."
        found.append(Correction("longitude", minutes, message))
    if sun:
        minutes = _minutes(sun)
        message = f"해가 실제로 남중하는 때에 맞췄어요 (균시차 {_signed(minutes)}분)."
        found.append(Correction("equation_of_time", minutes, message))
    return tuple(found)


def _minutes(seconds: int) -> float:
    return round(seconds / 60, 2)


def _signed(minutes: float) -> str:
    return f"{minutes:+g}".replace("-", "−")


def clock_text(seconds: int) -> str:
    """Return a clock reading (Unix seconds of UTC plus an offset) as ``2024-02-04 17:27:08``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def is_far(longitude: float, civil: Civil) -> bool:
    """Return whether the longitude is impossible for the zone, so that one of the two must be wrong."""
    return abs(mean_offset(longitude, civil.standard) - civil.standard) > COHERENT


def far_from_zone(longitude: float, zone: str) -> Notice:
    message = f"경도 {longitude:g}도는 {zone} 시간대와 멀리 떨어져 있어요. 태어난 곳을 다시 확인해 주세요."
    return Notice("far_from_zone", message)


def of_civil(civil: Civil, other: Pillars | None) -> list[Notice]:
    """Warnings about the civil time itself; ``other`` is the chart under the other ``fold``."""
    found = []
    if civil.kind == "gap":
        message = (
            "이날 시계를 앞으로 돌리면서 건너뛴 시각이라 실제로는 없던 시각이에요. 기록을 다시 확인해 주세요."
        )
        found.append(Notice("nonexistent_time", message, other))
    elif civil.kind == "fold":
        message = "이날 시계를 뒤로 돌려서 두 번 있던 시각이에요. 둘 가운데 어느 쪽인지 골라 주세요."
        found.append(Notice("ambiguous_time", message, other))
    if civil.name == "LMT":
        message = "표준시가 생기기 전이라, 기록이 어떤 시계를 따랐는지 알 수 없어요."
        found.append(Notice("before_standard_time", message))
    return found
