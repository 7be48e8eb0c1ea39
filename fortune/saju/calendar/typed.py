"""Dates as they are typed, for whoever reads them from a line or a terminal."""

from __future__ import annotations

import re

_PARTED = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)


def date_of(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of ``1990-05-15``, ``1990-5-15``, ``1990.5.15``, ``1990/5/15`` or ``19900515``.

    None for anything else. Whether there is such a day is for the calendar to say, lunar ones have a day 30
    in February.
    """
    if parted := _PARTED.fullmatch(text):
        return int(parted[1]), int(parted[3]), int(parted[4])
    if compact := _COMPACT.fullmatch(text):
        return int(compact[1]), int(compact[2]), int(compact[3])
    return None
