"""The births: drawn by a fixed seed from all places, calendars and schools, and those where software goes wrong."""

from __future__ import annotations

import random
from functools import cache

from fortune.saju import CHOICES, Birth, Chart, Options, SajuError, cast, lunar, places
from fortune.saju.birth import CLOCKS, DAY_CHANGES, GENDERS

DRAWN = 150

# date and time; longitude and zone where not Seoul; "+" at the end for the second of two same clock times
EDGES = """
1900-01-01 00:00 | 1900-01-01 | 2100-12-31 23:59 | 2100-12-31 | 1908-03-31 23:55 | 1908-04-01 00:20 | 1911-12-31 23:50
1912-01-01 00:10 | 1948-06-01 00:10 | 1948-06-01 | 1954-03-20 23:40 | 1954-03-21 00:10 | 1955-05-05 00:20 | 1955-09-09 00:20
1955-09-08 23:20 | 1955-09-08 23:20+ | 1955-09-08 | 1955-09-09 | 1961-08-09 23:59 | 1961-08-10 00:15 | 1961-08-10 00:45 | 1960-09-13 | 1987-05-10 02:30
1987-05-10 03:05 | 1987-10-11 02:10 | 1987-10-11 02:10+ | 1987-10-11 | 1988-05-08 02:59 | 1988-10-09 02:20 | 1988-10-09 02:20+
1988-07-15 00:20 | 1988-07-15 01:20 | 1988-07-15 23:59 | 1988-07-15 | 2024-02-04 17:27 | 2024-02-04 17:28 | 2024-02-04 17:38
2024-02-04 17:17 | 2024-02-04 17:16 | 2024-02-04 | 2023-02-04 | 1984-02-04 | 1995-08-20 22:59 | 1995-08-20 23:20
1995-08-20 23:31 | 1995-08-20 23:33 | 1995-08-20 23:42 | 1995-08-20 23:43 | 1995-08-20 00:31 | 1995-08-20 00:32 | 1995-08-20 00:42
1996-02-29 12:00 | 1996-02-29 | 2000-02-29 23:45 | 1999-12-31 23:59 | 2000-01-01 00:00 | 2051-01-01 09:00 | 2050-12-31 09:00
1990-05-15 12:00 -74.006 America/New_York | 1990-10-28 01:30 -74.006 America/New_York | 1990-10-28 01:30+ -74.006 America/New_York
1990-04-01 02:30 -74.006 America/New_York | 1990-10-28 -74.006 America/New_York | 1990-04-01 -74.006 America/New_York
1990-10-28 03:10 151.209 Australia/Sydney | 1990-03-04 02:15+ 151.209 Australia/Sydney | 1985-07-07 07:07 -58.38 America/Argentina/Buenos_Aires
1975-12-22 13:00 76 Asia/Urumqi | 1975-12-22 75.99 Asia/Shanghai | 2012-01-01 08:00 -171.76 Pacific/Apia | 2011-12-29 -171.76 Pacific/Apia
1993-06-30 22:30 -180 Pacific/Auckland | 1993-06-30 22:30 180 Pacific/Auckland | 1972-07-01 11:00 -6.26 Europe/Dublin
1972-01-01 11:00 -6.26 Europe/Dublin | 1944-06-06 06:30 -0.13 Europe/London | 1945-05-25 12:00 13.4 Europe/Berlin
1986-01-01 00:05 85.32 Asia/Kathmandu | 1950-06-25 04:00 125.75 Asia/Pyongyang | 2015-08-15 00:10 125.75 Asia/Pyongyang
2018-05-04 23:45 125.75 Asia/Pyongyang | 1980-03-01 05:00 10.0 Asia/Seoul | 1980-03-01 10.0 Asia/Seoul
"""


def edges() -> list[tuple[Birth, Options]]:
    """Return the births of ``EDGES``, each with the next of the clocks and rules for the day's change."""
    found = []
    entries = [entry.split() for line in EDGES.split("\n") for entry in line.split("|") if entry.strip()]
    for n, (day, *rest) in enumerate(entries):
        time = rest.pop(0) if rest and ":" in rest[0] else ""
        longitude, zone = (float(rest[0]), rest[1]) if rest else (126.978, "Asia/Seoul")
        hour, minute = (int(part) for part in time.rstrip("+").split(":")) if time else (None, None)
        year, month, date = map(int, day.split("-"))
        birth = Birth(
            "solar", year, month, date, hour, minute, GENDERS[n % 2], longitude, zone, int(time.endswith("+"))
        )
        found.append((birth, Options(clock=CLOCKS[n % 4 % 3], day_change=DAY_CHANGES[n // 4 % 2])))
    return found


def drawn() -> list[tuple[Birth, Options]]:
    """Return births of any year, calendar, place, clock and schools; one in five without its hour."""
    draw, found = random.Random(17), []
    seoul = places.find("seoul")
    assert seoul is not None
    while len(found) < DRAWN:
        calendar = draw.choice(("solar", "solar", "solar", "lunar", "lunar_leap"))
        year, month, day = draw.randint(1900, 2100), draw.randint(1, 12), draw.randint(1, 30)
        if calendar != "solar":
            year = draw.randint(1900, 2050)
            month = lunar.leap_month(year) or 13 if calendar == "lunar_leap" else month
        time = (draw.randrange(24), draw.randrange(60)) if draw.randrange(5) else (None, None)
        place = draw.choice(places.ALL) if draw.randrange(2) else seoul
        gender, fold = draw.choice(GENDERS), draw.randrange(2)
        chosen = {name: draw.choice(values) for name, values in CHOICES.items() if not draw.randrange(2)}
        options = Options(clock=draw.choice(CLOCKS), day_change=draw.choice(DAY_CHANGES), **chosen)
        birth = Birth(calendar, year, month, day, *time, gender, place.longitude, place.timezone, fold)
        try:
            cast(birth, options)
        except SajuError:
            continue  # no such day: the refusals are recorded by themselves
        found.append((birth, options))
    return found


@cache
def charts() -> tuple[Chart, ...]:
    return tuple(cast(birth, options) for birth, options in (*edges(), *drawn()))
