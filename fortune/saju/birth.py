"""The engine's input: a birth and its options, and the error for an impossible one."""

from __future__ import annotations

from dataclasses import dataclass

from fortune.saju.schools import Schools

CALENDARS = ("solar", "lunar", "lunar_leap")
GENDERS = ("male", "female")
CLOCKS = ("mean", "standard", "apparent")
DAY_CHANGES = ("23:00", "00:00")

SEOUL_LONGITUDE = 126.978
SEOUL_ZONE = "Asia/Seoul"


class SajuError(Exception):
    """A birth that can't be charted: a code, a sentence saying what to do, valid alternatives.

    ``message`` is Korean. ``message_en`` is the same in English, where pages show it.
    """

    def __init__(self, code: str, message: str, alternatives: tuple[str, ...] = (), *, en: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.message_en = en or message
        self.alternatives = alternatives


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth as stated: the civil date (or Korean lunar date) and clock of the birthplace.

    ``hour`` and ``minute`` are None together when the time is unknown. ``longitude`` is in degrees, east
    positive. ``fold`` chooses between the two instants of a clock time that happened twice (0: the first).
    """

    calendar: str
    year: int
    month: int
    day: int
    hour: int | None = None
    minute: int | None = None
    gender: str = "male"
    longitude: float = SEOUL_LONGITUDE
    timezone: str = SEOUL_ZONE
    fold: int = 0


@dataclass(frozen=True, slots=True)
class Options(Schools):
    """Options of a chart. ``clock`` and ``day_change`` decide day and hour; the rest are the schools'.

    ``clock``: local mean time (``mean``), the civil clock without daylight saving (``standard``), or true
    solar time (``apparent``). ``day_change``: the hour of that clock at which the day pillar turns.
    """

    clock: str = "mean"
    day_change: str = "23:00"

    def __post_init__(self) -> None:
        Schools.__post_init__(self)
        if self.clock not in CLOCKS:
            raise ValueError(f"clock is one of {', '.join(CLOCKS)}, not {self.clock!r}")
        if self.day_change not in DAY_CHANGES:
            raise ValueError(f"day_change is one of {', '.join(DAY_CHANGES)}, not {self.day_change!r}")
