"""Whose address it is, with and without proxies in front."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from core.limits.addresses import UNKNOWN, client_address, networks
from core.site.browsers import in_app, wants_json, wants_page


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


def test_a_household_shares_its_networks() -> None:
    assert networks("203.0.113.9") == ("203.0.113.9",)
    phone = ("2001:db8:1:2::", "2001:db8:1::/56", "2001:db8:1::/48")
    assert networks("2001:db8:1:2:aaaa::1") == networks("2001:db8:1:2:bbbb::2") == phone
    assert networks("2001:db8:1:3::1") == ("2001:db8:1:3::", *phone[1:])
    assert networks("2001:db8:1:103::1") == ("2001:db8:1:103::", "2001:db8:1:100::/56", phone[2])


ANDROID = "Mozilla/5.0 (Linux; Android 16; SM-S928N{wv}) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/150 Mobile Safari/537.36 {app}"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 {app}"


@pytest.mark.parametrize(
    ("agent", "name", "way_out"),
    [
        (IPHONE.format(app="KAKAOTALK/25.9.1 (INAPP)"), "KakaoTalk", "kakaotalk://web/openExternal?url=http%3A%2F%2Ftestserver%2Fx"),
        (IPHONE.format(app="NAVER(inapp; search; 1100; 12.8.1)"), "NAVER", ""),
        (ANDROID.format(wv="; wv", app="NAVER(inapp; search; 2000)"), "NAVER", "intent://testserver/x#Intent;scheme=http;"),
        (ANDROID.format(wv="; wv", app="Instagram 390.0.0"), "Instagram", "intent://"),
        (IPHONE.format(app="[FBAN/FBIOS;FBAV/500.0]"), "Facebook", ""),
        (IPHONE.format(app="Safari Line/15.1.0"), "LINE", "http://testserver/x?openExternalBrowser=1"),
        (IPHONE.format(app="Safari DaumApps/8.1"), "Daum", ""),
        (ANDROID.format(wv="; wv", app="everytimeApp/7"), "에브리타임", "intent://"),
        (ANDROID.format(wv="; wv", app=""), "", "intent://"),
        (IPHONE.format(app=""), "", ""),
    ],
)  # fmt: skip
def test_the_browsers_of_other_apps_are_known(agent: str, name: str, way_out: str) -> None:
    found = in_app(RequestFactory().get("/x", headers={"user-agent": agent}))
    assert found is not None
    assert found.name == name
    assert found.way_out.startswith(way_out) and bool(found.way_out) == bool(way_out)


@pytest.mark.parametrize(
    "agent",
    [
        IPHONE.format(app="Version/19.0 Safari/604.1").replace("Mobile", "Version/19.0 Mobile"),
        IPHONE.format(app="CriOS/150 Safari/604.1"),
        ANDROID.format(wv="", app="").replace("Version/4.0 ", ""),
        ANDROID.format(wv="", app="SamsungBrowser/28"),
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150 Safari/537.36",
        "",
    ],
)
def test_a_phones_own_browser_is_none_of_them(agent: str) -> None:
    assert in_app(RequestFactory().get("/", headers={"user-agent": agent})) is None


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
