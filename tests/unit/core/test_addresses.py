"""Whose address it is, with and without proxies in front."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from core.limits.addresses import UNKNOWN, client_address, network
from core.site.browsers import in_kakaotalk, wants_json, wants_page


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "expected"),
    [
        (0, "192.0.2.1", "", "192.0.2.1"),
        (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (1, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "10.0.0.1", "203.0.113.9", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", "10.0.0.1"),
        (1, "10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        (1, "10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        (1, "10.0.0.1", "2001:DB8:0::1", "2001:db8::1"),
        (1, "10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        (0, "", "", UNKNOWN),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    settings: Any, proxies: int, peer: str, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer)
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_address(request) == expected


def test_a_household_shares_its_network() -> None:
    assert network("203.0.113.9") == "203.0.113.9"
    assert network("2001:db8:1:2:aaaa::1") == network("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::"
    assert network("2001:db8:1:3::1") != network("2001:db8:1:2::1")


def test_kakaotalks_browser_is_known_by_its_name() -> None:
    def named(name: str) -> bool:
        return in_kakaotalk(RequestFactory().get("/", headers={"user-agent": name}))

    assert named("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 KAKAOTALK/25.9.1 (INAPP)")
    assert not named("Mozilla/5.0 (iPhone) Safari/604.1")


@pytest.mark.parametrize(
    ("path", "headers", "page", "program"),
    [
        ("/", {"accept": "text/html,application/xhtml+xml"}, True, False),
        ("/", {"accept": "text/html", "sec-fetch-mode": "navigate"}, True, False),
        ("/", {"accept": "text/html", "sec-fetch-mode": "cors"}, False, False),
        ("/", {"accept": "*/*"}, False, False),
        ("/fortune/api/daily/", {"accept": "*/*"}, False, True),
        ("/fortune/api/daily/", {"accept": "application/json"}, False, True),
        ("/x", {"accept": "text/event-stream"}, False, False),
        ("/x.json", {}, False, True),
    ],
)
def test_pages_and_programs_are_told_apart(
    path: str, headers: dict[str, str], page: bool, program: bool
) -> None:
    request = RequestFactory().get(path, headers=headers)
    assert (wants_page(request), wants_json(request)) == (page, program)
