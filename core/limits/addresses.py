"""The visitor's address behind proxies.

Anyone can write ``X-Forwarded-For``; only its last ``TRUSTED_PROXY_COUNT`` entries come from our own proxies.
The visitor's address is the first of those.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 (not bound to: stands for "no address", as behind a unix socket)


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address in canonical form; ``UNKNOWN`` when there is no readable one."""
    return address_of(request.META)


def address_of(environ: Mapping[str, Any]) -> str:
    """Return the same for a request that is not Django's yet.

    A header with fewer entries than there are proxies did not come through them, and is ignored.
    """
    count = settings.TRUSTED_PROXY_COUNT
    forwarded = [entry.strip() for entry in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if count and len(forwarded) >= count:
        address = _clean(forwarded[-count])
        if address:
            return address
    return _clean(environ.get("REMOTE_ADDR", "")) or UNKNOWN


def neighbourhood(environ: Mapping[str, Any]) -> str:
    """Return the network that a request comes from; "" when it isn't known, as behind a unix socket."""
    address = address_of(environ)
    return "" if address == UNKNOWN else networks(address)[-1]


def networks(address: str) -> tuple[str, ...]:
    """Return what one visitor may move about in, narrowest first: the address, or an IPv6 address's /64, /56 and /48.

    A phone has a /64; a household is given a /56, an office or a rented server a /48, and free to change within it.
    """
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        narrow, *around = (ipaddress.ip_network((parsed, bits), strict=False) for bits in (64, 56, 48))
        return str(narrow.network_address), *map(str, around)
    return (str(parsed),)


def _clean(raw: str) -> str:
    raw = raw.strip()
    if raw.startswith("["):  # [2001:db8::1]:443
        raw = raw[1:].partition("]")[0]
    elif raw.count(":") == 1:  # 192.0.2.1:443
        raw = raw.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(raw)
    except ValueError:
        return ""
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)
