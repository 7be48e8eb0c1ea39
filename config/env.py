"""Settings are read from the environment here, and what can't be read is refused.

Each reader takes a variable's name and gives its value in the right type. An unset variable gives
``default``; one that is set but empty counts as unset, because that is how platforms spell "not set".
Without a default the variable is required. Nonsense raises ``EnvError`` with one sentence: the name, what
was expected, and what was found (not for secrets: ``text`` never repeats the value).

A ``.env`` file beside ``manage.py`` fills in what the environment doesn't have. It never overrides it.

Only the standard library is imported: ``gunicorn.conf.py`` reads ``WORKER_CLASS`` before it patches.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, MutableMapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

TRUE: Final = frozenset({"1", "true", "yes", "on"})
FALSE: Final = frozenset({"0", "false", "no", "off"})
ENV_FILE: Final = Path(__file__).resolve().parent.parent / ".env"


class EnvError(SystemExit):
    """A variable is missing, or holds something that can't be read.

    Any process (gunicorn, manage.py, a tool) ends with this one line and no traceback.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.code = f"fortune: {sentence}"


class _Required:
    """The type of ``REQUIRED``, so that None stays a usable default."""


REQUIRED: Final = _Required()


def text(name: str, *, default: T | _Required = REQUIRED) -> str | T:
    """Return the variable as it stands, without surrounding space."""
    return _read(name, str, default)


def boolean(name: str, *, default: T | _Required = REQUIRED) -> bool | T:
    """Read true/false, yes/no, on/off or 1/0, in any case."""

    def parse(raw: str) -> bool:
        word = raw.lower()
        if word not in TRUE | FALSE:
            raise _refused(name, "true or false", raw)
        return word in TRUE

    return _read(name, parse, default)


def integer(
    name: str, *, default: T | _Required = REQUIRED, minimum: int | None = None, maximum: int | None = None
) -> int | T:
    """Read a whole number between ``minimum`` and ``maximum``, both included."""
    wanted = "a whole number" + _bounds(minimum, maximum)

    def parse(raw: str) -> int:
        # int() alone would also take "1_000" and digits of other scripts.
        if not raw.lstrip("+-").isdecimal() or not raw.isascii():
            raise _refused(name, wanted, raw)
        try:
            value = int(raw)
        except ValueError:
            raise _refused(name, wanted, raw) from None
        return _within(name, value, minimum, maximum, wanted, raw)

    return _read(name, parse, default)


def number(
    name: str,
    *,
    default: T | _Required = REQUIRED,
    minimum: float | None = None,
    maximum: float | None = None,
) -> float | T:
    """Read a finite number between ``minimum`` and ``maximum``, both included."""
    return _read(name, _number(name, "a number" + _bounds(minimum, maximum), minimum, maximum), default)


def seconds(
    name: str, *, default: T | _Required = REQUIRED, minimum: float = 0.001, maximum: float = 86_400
) -> float | T:
    """Read a length of time in seconds; zero is refused, since no wait here may be endless."""
    wanted = "a number of seconds" + _bounds(minimum, maximum)
    return _read(name, _number(name, wanted, minimum, maximum), default)


def listing(
    name: str, *, default: Sequence[str] | _Required = REQUIRED, allowed: Sequence[str] | None = None
) -> list[str]:
    """Read a comma-separated list, of the words in ``allowed`` if it is given; empty items are dropped."""

    def parse(raw: str) -> list[str]:
        found = [item.strip() for item in raw.split(",") if item.strip()]
        if allowed is not None and not set(found) <= set(allowed):
            raise _refused(name, "a list of " + ", ".join(allowed), raw)
        return found

    return list(_read(name, parse, default))


def keys(name: str, *, default: Sequence[str] | _Required = REQUIRED) -> list[str]:
    """Read a comma-separated list of Fernet keys. They are secrets: a bad one is not repeated."""
    wanted = "Fernet keys (32 bytes in url-safe base64) separated by commas"

    def parse(raw: str) -> list[str]:
        found = [item.strip() for item in raw.split(",") if item.strip()]
        try:
            lengths = {len(base64.b64decode(item, altchars=b"-_", validate=True)) for item in found}
        except ValueError:
            raise _refused(name, wanted) from None
        if lengths - {32}:
            raise _refused(name, wanted)
        return found

    return list(_read(name, parse, default))


def choice(name: str, allowed: Sequence[str], *, default: T | _Required = REQUIRED) -> str | T:
    """Read one word out of ``allowed``, in any case."""

    def parse(raw: str) -> str:
        if raw.lower() not in allowed:
            raise _refused(name, "one of " + ", ".join(allowed), raw)
        return raw.lower()

    return _read(name, parse, default)


def url(name: str, *, schemes: Sequence[str], default: T | _Required = REQUIRED) -> str | T:
    """Read an address with one of ``schemes``. Addresses hold passwords: they are not repeated.

    A service may be on this machine, named by a path alone; a web address needs its host.
    """
    return _read(name, _address(name, schemes), default)


def urls(name: str, *, schemes: Sequence[str], default: Sequence[str] | _Required = REQUIRED) -> list[str]:
    """Read a comma-separated list of addresses with one of ``schemes``; one that is named twice is refused."""
    parse_one = _address(name, schemes)

    def parse(raw: str) -> list[str]:
        found = [parse_one(item.strip()) for item in raw.split(",") if item.strip()]
        if len(set(found)) < len(found):
            raise _refused(name, "a list of different addresses")
        return found

    return list(_read(name, parse, default))


def _address(name: str, schemes: Sequence[str]) -> Callable[[str], str]:
    beginnings = tuple(f"{scheme}://" for scheme in schemes)
    of_the_web = set(schemes) <= {"http", "https"}
    wanted = f"an address that begins with {' or '.join(beginnings)}" + " and names a host" * of_the_web

    def parse(raw: str) -> str:
        try:
            parts = urlsplit(raw)
            parts.port  # noqa: B018 (a bad port raises only when it is looked at)
        except ValueError:
            raise _refused(name, wanted) from None
        somewhere = parts.hostname if of_the_web else parts.netloc or parts.path.strip("/")
        if not raw.startswith(beginnings) or not somewhere or any(map(str.isspace, raw)):
            raise _refused(name, wanted)
        return raw

    return parse


def addresses(
    name: str, *, port: int, default: Sequence[tuple[str, int]] | _Required = REQUIRED
) -> list[tuple[str, int]]:
    """Read a comma-separated list of ``host`` or ``host:port``; ``port`` is for those without."""
    wanted = f"hosts with their ports, as in one:{port},two:{port}"

    def parse(raw: str) -> list[tuple[str, int]]:
        found = []
        for item in filter(None, (item.strip() for item in raw.split(","))):
            try:
                parts = urlsplit(f"//{item}")
                host, given = parts.hostname, parts.port or port
            except ValueError:
                raise _refused(name, wanted, raw) from None
            if not host or parts.netloc != item or "@" in item:
                raise _refused(name, wanted, raw)
            found.append((host, given))
        return found

    return list(_read(name, parse, default))


def load(environ: MutableMapping[str, str] = os.environ) -> None:
    """Put the variables of the ``.env`` file into ``environ``, save those it has already.

    The file is the one beside ``manage.py``, or the one that ``ENV_FILE`` names. One ``NAME=value`` a line,
    ``#`` begins a comment line, ``export`` before the name and one pair of quotes round the value are taken
    off. No file is fine; a line that isn't one of these is refused.
    """
    path = Path(environ.get("ENV_FILE") or ENV_FILE)
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise EnvError(f"{path} can't be read: {error}") from None
    for index, line in enumerate(content.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.removeprefix("export ").partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name.isidentifier():
            raise EnvError(f"{path.name}, line {index}: NAME=value is expected")
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        environ.setdefault(name, value)


def _read(name: str, parse: Callable[[str], T], default: object) -> T:
    raw = os.environ.get(name, "").strip()
    if raw:
        return parse(raw)
    if isinstance(default, _Required):
        raise EnvError(f"{name} is not set, and there is no default for it")
    return default  # type: ignore[return-value]  # each reader declares its default in its own type


def _number(name: str, wanted: str, minimum: float | None, maximum: float | None) -> Callable[[str], float]:
    def parse(raw: str) -> float:
        try:
            value = float(raw)
        except ValueError:
            raise _refused(name, wanted, raw) from None
        if not isfinite(value):
            raise _refused(name, wanted, raw)
        return _within(name, value, minimum, maximum, wanted, raw)

    return parse


N = TypeVar("N", int, float)


def _within(name: str, value: N, minimum: float | None, maximum: float | None, wanted: str, raw: str) -> N:
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        raise _refused(name, wanted, raw)
    return value


def _bounds(minimum: float | None, maximum: float | None) -> str:
    if minimum is not None and maximum is not None:
        return f" from {minimum:g} to {maximum:g}"
    if minimum is not None:
        return f" of at least {minimum:g}"
    if maximum is not None:
        return f" of at most {maximum:g}"
    return ""


def _refused(name: str, wanted: str, found: str | None = None) -> EnvError:
    # A value of unexpected length is cut, so that a pasted file doesn't fill the screen.
    but = "something else" if found is None else f"{found[:60]!r}"
    return EnvError(f"{name} must be {wanted}, but is {but}")
