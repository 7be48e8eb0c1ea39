"""Cookies as production sends them over TLS, and what becomes of those that the release before has sent."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.server.harness import Answer, Live
from tests.server.visitor import BIRTH

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "fortune.example",
    "TRUSTED_PROXY_COUNT": "1",
}
OVER_TLS = {
    "Host": "fortune.example",
    "Origin": "https://fortune.example",
    "X-Forwarded-Proto": "https",
    "Accept": "text/html",
}
TOKEN = "t" * 32


@pytest.fixture(scope="module")
def after(serve: Callable[..., Live]) -> Live:
    return serve(**PRODUCTION)


def begin(live: Live, cookies: str) -> Answer:
    answer = live.request(
        "POST",
        "/fortune/",
        body=urlencode({**BIRTH, "csrfmiddlewaretoken": TOKEN}),
        headers={**OVER_TLS, "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status == 303, answer.text
    return answer


def open_page(live: Live, path: str, cookies: str) -> Answer:
    return live.get(path, headers={**OVER_TLS, "Cookie": cookies})


def cookies_of(answer: Answer) -> dict[str, list[str]]:
    """Return the attributes of each cookie by its name; "name=value" is the first."""
    return {line.partition("=")[0]: line.split("; ") for line in answer.cookies}


def test_a_guest_moves_from_the_release_before_to_this_one_and_back(
    serve: Callable[..., Live], after: Live
) -> None:
    # With the prefix off, names are those of the release before.
    before = serve(beside=after, **PRODUCTION, HOST_COOKIES="false")
    begun = begin(before, f"csrftoken={TOKEN}")
    (plain,) = cookies_of(begun)["guest"][:1]
    page = begun.headers["location"]
    seen = open_page(after, page, plain)
    assert seen.status == 200
    moved = cookies_of(seen)
    assert moved["__Host-guest"][0] == f"__Host-{plain}"
    for name, (_value, *attributes) in moved.items():
        assert name.startswith("__Host-"), seen.cookies
        assert {"Secure", "Path=/"} <= set(attributes) and not any("Domain" in one for one in attributes)
    assert open_page(after, page, f"__Host-{plain}").status == 200
    assert open_page(before, page, f"__Host-{plain}").status == 200
    assert open_page(after, page, "").status == 404


def test_a_guest_of_this_release_has_prefixed_cookies_alone(after: Live) -> None:
    form = open_page(after, "/fortune/", "")
    assert list(cookies_of(form)) == ["__Host-csrftoken"]
    begun = begin(after, f"__Host-csrftoken={TOKEN}")
    assert list(cookies_of(begun)) == ["__Host-guest"]
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=Lax"} <= set(cookies_of(begun)["__Host-guest"])
