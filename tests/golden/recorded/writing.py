"""How a value is written on a line: short, and the same on every machine."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

from fortune.saju.cycle import Pillar, Pillars

_SIGNS = {None: "-", True: "yes", False: "no"}


def plain(value: object) -> str:
    """Return a value in few signs: pillars in Hanja, what holds others in parentheses, numbers to six figures."""
    if value is None or isinstance(value, bool):
        return _SIGNS[value]
    if isinstance(value, Pillar):
        return value.hanja
    if isinstance(value, Pillars):
        return " ".join(plain(pillar) for pillar in (value.year, value.month, value.day, value.hour))
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        return f"({' '.join(f'{key}={plain(each)}' for key, each in value.items())})"
    if is_dataclass(value):
        return f"({' '.join(f'{field.name}={plain(getattr(value, field.name))}' for field in fields(value))})"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return f"({' '.join(map(plain, value))})"
    return str(value)


def checksum(value: object) -> str:
    return f"{zlib.crc32(plain(value).encode()):08x}"
