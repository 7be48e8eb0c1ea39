"""The clock of a place by its longitude: local mean time, and true solar time by the equation of time."""

from __future__ import annotations

from math import atan2, cos, pi, radians, sin


def mean_offset(longitude: float) -> int:
    """Seconds by which local mean time is ahead of UTC: four minutes a degree."""
    return round(longitude * 240)


def equation_of_time(instant: int) -> int:
    """Seconds by which true solar time is ahead of mean time at ``instant`` (Unix seconds).

    The Sun's low-precision place (Astronomical Almanac, page C5; good to 0.01 degree from 1950 to 2050), so
    right to about six seconds.
    """
    n = instant / 86400 - 10957.5  # days from 2000-01-01 12:00
    anomaly = radians((357.528 + 0.9856003 * n) % 360)
    mean_longitude = (280.460 + 0.9856474 * n) % 360
    longitude = radians(mean_longitude + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly))
    tilt = radians(23.439 - 0.0000004 * n)
    right_ascension = atan2(cos(tilt) * sin(longitude), cos(longitude)) * 180 / pi
    difference = (mean_longitude - right_ascension + 180) % 360 - 180
    return round(difference * 240)
