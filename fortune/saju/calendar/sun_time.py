"""The clock of a place by its longitude: local mean time, and true solar time by the equation of time."""

from __future__ import annotations

from math import atan2, cos, pi, radians, sin

from fortune.saju.birth import Birth, Options
from fortune.saju.calendar.zones import Civil

DAY = 86400
COHERENT = 3 * 3600
"""Farther than this from its zone's standard time no place keeps its clocks (West China: two hours)."""


def mean_offset(longitude: float, standard: int) -> int:
    """Return the seconds by which local mean time is ahead of UTC: four minutes a degree.

    ``standard`` is the zone's standard offset. Places that keep the date of the other side of the date line
    (Samoa, Tonga, Kiritimati) get their own date's clock, a day on from what the longitude alone says.
    """
    mean = round(longitude * 240)
    for shifted in (mean + DAY, mean - DAY):
        if abs(shifted - standard) <= COHERENT:
            return shifted
    return mean


def equation_of_time(instant: int) -> int:
    """Return the seconds by which true solar time is ahead of mean time at ``instant`` (Unix seconds).

    By the Sun's low-precision place (Astronomical Almanac, page C5; good to 0.01 degree from 1950 to 2050).
    Within four seconds of DE440 from 1900 to 2100.
    """
    n = instant / 86400 - 10957.5  # days from 2000-01-01 12:00
    anomaly = radians((357.528 + 0.9856003 * n) % 360)
    mean_longitude = (280.460 + 0.9856474 * n) % 360
    longitude = radians(mean_longitude + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly))
    tilt = radians(23.439 - 0.0000004 * n)
    right_ascension = atan2(cos(tilt) * sin(longitude), cos(longitude)) * 180 / pi
    difference = (mean_longitude - right_ascension + 180) % 360 - 180
    return round(difference * 240)


def clock_of(civil: Civil, birth: Birth, options: Options) -> tuple[int, int, int]:
    """Return the clock of day and hour, local mean time's offset and the equation of time, in seconds."""
    mean = mean_offset(birth.longitude, civil.standard)
    if options.clock == "standard":
        return civil.instant + civil.standard, mean, 0
    sun = equation_of_time(civil.instant) if options.clock == "apparent" else 0
    return civil.instant + mean + sun, mean, sun
