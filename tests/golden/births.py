"""A reader of the golden tables' short notation: "1990-05-15 12:00", "庚午 辛巳 庚辰 壬午"."""

from __future__ import annotations

from fortune.saju import Birth, Options, Pillars, pillars_of
from fortune.saju.birth import SEOUL_LONGITUDE, SEOUL_ZONE

PLACES = {
    "서울": (SEOUL_LONGITUDE, SEOUL_ZONE),
    "부산": (129.075, SEOUL_ZONE),
    "뉴욕": (-74.006, "America/New_York"),
    "시드니": (151.209, "Australia/Sydney"),
}


def birth(text: str, *, place: str = "서울", gender: str = "male", fold: int = 0) -> Birth:
    """Return a solar birth; the time may be missing."""
    day, _, time = text.partition(" ")
    year, month, date = (int(part) for part in day.split("-"))
    hour, minute = (int(part) for part in time.split(":")) if time else (None, None)
    longitude, zone = PLACES[place]
    return Birth("solar", year, month, date, hour, minute, gender, longitude, zone, fold)


def written(pillars: Pillars) -> str:
    """Return the pillars in Hanja, year to hour."""
    return " ".join(pillar.hanja for _, pillar in pillars.named())


def charted(
    text: str, *, place: str = "서울", fold: int = 0, clock: str = "mean", change: str = "23:00"
) -> str:
    return written(pillars_of(birth(text, place=place, fold=fold), Options(clock=clock, day_change=change)))
