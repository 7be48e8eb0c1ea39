"""A passkey is added and asked for by the next sign-in and the admin, with the browser's own (virtual) authenticator."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.server.harness import Live
from tests.server.visitor import PASSWORD, Visitor

ADDRESS, STAFF_ADDRESS = "passkey@example.com", "root@example.com"
STAFF = f"""
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.utils import timezone
from core.models import Profile
user = User.objects.create_superuser("{STAFF_ADDRESS}", "{STAFF_ADDRESS}", "{PASSWORD}")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
Profile.objects.create(user=user, nickname="root", welcomed_at=timezone.now())
"""


def open_with_authenticator(live: Live, open_page: Callable[..., Page]) -> Page:
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
    return page


def sign_in(page: Page, address: str) -> None:
    page.goto("/accounts/login/")
    page.fill('[name="login"]', address)
    page.fill('[name="password"]', PASSWORD)
    page.locator('main form button[type="submit"]').first.click()


def add_passkey(page: Page) -> None:
    page.get_by_role("link", name="패스키 추가").click()
    page.fill('[name="password"]', PASSWORD)  # once more, before anything of it is changed
    page.get_by_role("button", name="확인").click()
    page.fill('[name="name"]', "내 휴대폰")
    page.get_by_role("button", name="추가하기").click()
    expect(page.get_by_text("패스키를 추가했어요.")).to_be_visible()


def test_a_passkey_is_added_and_asked_for_at_the_next_sign_in(
    serve: Callable[..., Live], open_page: Callable[..., Page]
) -> None:
    live = serve()
    Visitor(live).sign_up(ADDRESS)
    page = open_with_authenticator(live, open_page)
    sign_in(page, ADDRESS)
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.goto("/accounts/profile/")
    page.locator(".account-menu").get_by_role("link", name="2단계 인증").click()
    page.wait_for_url("**/accounts/2fa/")
    add_passkey(page)
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("패스키가 1개 있어요.")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, ADDRESS)
    page.get_by_role("button", name="패스키로 확인").click()
    page.wait_for_url(lambda url: "/2fa/" not in url)
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("패스키가 1개 있어요.")).to_be_visible()


def test_the_admin_is_opened_by_a_passkey_and_not_before(
    serve: Callable[..., Live], open_page: Callable[..., Page]
) -> None:
    live = serve(ADMIN_SECOND_FACTOR="True")
    live.manage("shell", "-c", STAFF)
    page = open_with_authenticator(live, open_page)
    sign_in(page, STAFF_ADDRESS)
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.goto("/admin/")
    page.wait_for_url("**/accounts/2fa/")  # there is none yet
    add_passkey(page)
    page.goto("/admin/")
    # The next page is the passkey's, and not one that asks for the code of an app.
    page.get_by_role("button", name="패스키로 확인").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("button", name="로그아웃")).to_be_visible()
