"""A passkey is added and asked for at the next sign-in, with the browser's own (virtual) authenticator."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.server.harness import Live
from tests.server.visitor import PASSWORD, Visitor

ADDRESS = "passkey@example.com"


def test_a_passkey_is_added_and_asked_for_at_the_next_sign_in(
    serve: Callable[..., Live], open_page: Callable[..., Page]
) -> None:
    live = serve()
    Visitor(live).sign_up(ADDRESS)
    # A passkey belongs to a name; an address of numbers has none.
    page = open_page(live.url.replace("127.0.0.1", "localhost"), "phone")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def sign_in() -> None:
        page.goto("/accounts/login/")
        page.fill('[name="login"]', ADDRESS)
        page.fill('[name="password"]', PASSWORD)
        page.locator('main form button[type="submit"]').first.click()

    sign_in()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="패스키 추가").click()
    page.fill('[name="password"]', PASSWORD)  # once more, before anything of it is changed
    page.get_by_role("button", name="확인").click()
    page.fill('[name="name"]', "내 휴대폰")
    page.get_by_role("button", name="추가하기").click()
    expect(page.get_by_text("패스키를 추가했어요.")).to_be_visible()
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("패스키가 1개 있어요.")).to_be_visible()
    page.context.clear_cookies()
    sign_in()
    page.get_by_role("button", name="패스키로 확인").click()
    page.wait_for_url(lambda url: "/2fa/" not in url)
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("패스키가 1개 있어요.")).to_be_visible()
