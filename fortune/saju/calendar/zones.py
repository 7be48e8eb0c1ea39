"""Civil time to instants, by the zone history of the pinned ``tzdata`` package and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from fortune.saju.birth import SajuError
from fortune.saju.data.summer_time import SAVINGS

_IRELAND = ("Europe/Dublin", "Eire")
_DAY_ZERO = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Civil:
    """A clock time resolved. Offsets in seconds east of Greenwich; ``instant`` in Unix seconds.

    ``kind``: "plain", "gap" (the clocks jumped over this time) or "fold" (it happened twice).
    ``other`` is the offset under the other ``fold``, equal to ``offset`` for a plain time.
    """

    instant: int
    offset: int
    dst: int
    name: str
    kind: str
    other: int

    @property
    def standard(self) -> int:
        """The offset of the era's standard time, daylight saving removed."""
        return self.offset - self.dst


def _read() -> dict[str, ZoneInfo]:
    """Return every zone of the package (600 of them, about 30 ms), so that no chart waits for a disk."""
    package = files("tzdata")
    found = {}
    for key in package.joinpath("zones").read_text(encoding="utf-8").split():
        with package.joinpath("zoneinfo", *key.split("/")).open("rb") as data:
            found[key] = ZoneInfo.from_file(data, key=key)
    return found


_ZONES = _read()


def zone(key: str) -> ZoneInfo:
    """Return the zone ``key``. Raises SajuError("timezone")."""
    found = _ZONES.get(key)
    if found is None:
        told = f"There is no time zone '{key[:40]}'. Write it like Asia/Seoul."
        raise SajuError("timezone", _unknown(key), en=told)
    return found


def _unknown(key: str) -> str:
    return f"'{key[:40]}'라는 시간대가 없어요. Asia/Seoul처럼 적어 주세요."


def resolve(year: int, month: int, day: int, hour: int, minute: int, key: str, fold: int = 0) -> Civil:
    """Return the instant of a civil clock time in the zone ``key``."""
    tz = zone(key)
    local = datetime(year, month, day, hour, minute, tzinfo=tz, fold=fold)
    offset = _seconds(local.utcoffset())
    other = _seconds(local.replace(fold=1 - fold).utcoffset())
    kind = "plain"
    if offset != other:
        # PEP 495: a skipped time takes the offset before the change under fold=0, so it grows there.
        kind = "gap" if (offset < other) == (fold == 0) else "fold"
    seconds = (local.toordinal() - _DAY_ZERO) * 86400 + hour * 3600 + minute * 60
    instant = seconds - offset
    return Civil(instant, offset, _saving(local, instant, key, offset), local.tzname() or "", kind, other)


def _saving(local: datetime, instant: int, key: str, offset: int) -> int:
    """Return the seconds by which the clock was put forward.

    tz files Ireland since 1971 (and Morocco) as a standard summer with a winter put back; people there
    call the summer clock summer time, so Ireland's summer counts as put forward and no winter does.
    """
    if key in _IRELAND and local.year > 1971:
        return offset
    guessed = _seconds(local.dst())
    for since, until, at_offset, at_guessed, saving in SAVINGS.get(key, ()):
        if since <= instant < until and (offset, guessed) == (at_offset, at_guessed):
            return saving
    return max(guessed, 0)


def _seconds(delta: timedelta | None) -> int:
    return delta.days * 86400 + delta.seconds if delta is not None else 0
