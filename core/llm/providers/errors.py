"""Kinds of failure for HTTP statuses and for errors of the connection."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from core.llm.http import ConnectTimeout, HTTPError, PoolTimeout, RemoteProtocolError
from core.llm.types import Kind, ProviderError

# The request to continue an answer, where a provider can only be asked in words.
GO_ON = (
    "Your answer above was cut off. Go on from exactly where it stops, beginning with the very next "
    "character. Repeat nothing of it, add no introduction, and keep its language and format."
)


def provider_error(error: HTTPError, provider: str) -> ProviderError:
    """Return the failure of the provider that an error of its connection is."""
    match error:
        case PoolTimeout():
            return ProviderError("pool", provider)
        case ConnectTimeout():
            return ProviderError("timeout_connect", provider)
        case RemoteProtocolError():
            return ProviderError("malformed", provider)
    return ProviderError("connect", provider)


def failure_of_response(status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> ProviderError:
    """Return the failure that a response of any other status than 2xx is, whatever its body holds."""
    details = _details(body)
    wait = retry_after({name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers})
    if wait is None:  # google.rpc.RetryInfo: "7.5s"
        waits = [seconds(str(detail.get("retryDelay", "")).removesuffix("s")) for detail in details]
        wait = next((found for found in waits if found is not None), None)
    # Gemini answers 400 to a key that it does not know.
    is_bad_key = status == 400 and any(detail.get("reason") == "API_KEY_INVALID" for detail in details)
    return ProviderError("auth" if is_bad_key else kind_of_status(status), status=status, retry_after=wait)


def _details(body: bytes) -> list[dict[str, Any]]:
    """Return the details of Google's errors; none of any other body."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return []
    found = found[0] if isinstance(found, list) and found else found
    error = found.get("error") if isinstance(found, dict) else None
    details = error.get("details") if isinstance(error, dict) else None
    return [detail for detail in details if isinstance(detail, dict)] if isinstance(details, list) else []


def kind_of_status(status: int) -> Kind:
    """Return the kind of failure of an HTTP status. 402 (no credit left) is the key's, as 401 and 403 are."""
    if status in {401, 402, 403}:
        return "auth"
    if status == 429:
        return "rate_limited"
    if status in {503, 529}:
        return "overloaded"
    return "server" if status >= 500 or status in {408, 409, 425} else "bad_request"


def kind_of_words(*words: object) -> Kind:
    """Return the kind of failure that an error in a stream names, by a status or by a word for one."""
    for word in map(str, words):
        if word.isdecimal() and len(word) == 3 and word >= "400":
            return kind_of_status(int(word))
        if re.search("rate_?limit|resource_?exhausted", word, re.IGNORECASE):
            return "rate_limited"
        if re.search("overloaded|unavailable", word, re.IGNORECASE):
            return "overloaded"
    return "server"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of a Retry-After header, given as a number or a date; None without a readable one."""
    value = headers.get("retry-after", "")
    found = seconds(value)
    if found is not None:
        return found
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def seconds(written: str) -> float | None:
    """Return a number of seconds to wait, however large; none at all for a past instant, None for nonsense."""
    try:
        found = float(written)
    except ValueError:
        return None
    return max(0.0, found) if math.isfinite(found) else None
