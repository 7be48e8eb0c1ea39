"""HTTP statuses of providers as kinds of failure."""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from core.llm.types import Kind

# What goes on after the text of a continued answer where a provider can only be asked in words.
GO_ON = (
    "Your answer above was cut off. Go on from exactly where it stops, beginning with the very next "
    "character. Repeat nothing of it, add no introduction, and keep its language and format."
)


def kind_of_status(status: int) -> Kind:
    """402 (no credit left) is the key's failure as much as 401 and 403."""
    if status in {401, 402, 403}:
        return "auth"
    if status == 429:
        return "rate_limited"
    if status in {503, 529}:
        return "overloaded"
    return "server" if status >= 500 or status in {408, 409} else "bad_request"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of a Retry-After header, given as a number or a date; None if there is none to be read."""
    value = headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except ValueError:
            return None
    return seconds if 0 <= seconds < 86400 else 0.0 if seconds < 0 else None
