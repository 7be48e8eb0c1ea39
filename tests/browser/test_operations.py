"""The operators' page: drawn by the server, refreshed by its script while it is seen, and clear about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

ADDRESS = "/admin/streams/run/operations/"
PASSWORD = "a long enough passphrase"
SIGN_UP = f"""
from django.contrib.auth.models import User
from django.utils import timezone
from core.models import Profile
user = User.objects.create_superuser("root@example.com", "root@example.com", "{PASSWORD}")
Profile.objects.create(user=user, nickname="root", welcomed_at=timezone.now())
"""
HIDE = """(hidden) => {
    Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(scope="module")
def site(serve: Callable[..., Live]) -> Live:
    live = serve(RATELIMIT_ENABLE="False", ADMIN_SECOND_FACTOR="False")
    live.manage("shell", "-c", SIGN_UP)
    return live


@pytest.fixture(scope="module")
def signed_in(site: Live, browser: Any) -> Any:
    """Return the cookies of an operator."""
    context = browser.new_context(base_url=site.url, locale="ko-KR")
    page = context.new_page()
    page.goto(ADDRESS)
    page.fill("[name=username]", "root@example.com")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector(".operations svg")
    state = context.storage_state()
    context.close()
    return state


def test_it_is_drawn_without_scripts(open_page: Callable[..., Page], site: Live, signed_in: Any):
    page = open_page(site.url, "phone", java_script_enabled=False, storage_state=signed_in)
    page.goto(ADDRESS)
    assert page.locator(".operations svg").count() >= 3
    drawn = {part.get_attribute("aria-labelledby") for part in page.locator(".drawing").all()}
    assert drawn == {f"title-{name}" for name in ("streams", "first", "cost", "failures")}
    expect(page.locator("[data-say=paused]")).to_be_visible()


def test_it_refreshes_itself_while_it_is_seen_and_says_when_it_cannot(
    open_page: Callable[..., Page], site: Live, signed_in: Any
):
    page = open_page(site.url, "desktop", storage_state=signed_in)
    page.goto(ADDRESS)
    expect(page.locator("[data-say=running]")).to_be_visible()
    page.click(".drawing:has(#title-failures) summary")
    minute = int(site.redis().time()[0]) // 60
    for number in (minute, minute + 1):
        site.redis().hset(f"ops:minute:{number}", "failed:gemini", 7)
    failures = page.locator("[data-part=failures]")
    expect(failures).to_contain_text(re.compile(r"gemini: 요청 0번 중 실패 (7|14)번"))
    assert page.locator(".drawing:has(#title-failures) details").get_attribute("open") is not None

    page.evaluate(HIDE, True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/operations/live/", lambda route: route.abort())
    page.evaluate(HIDE, False)
    expect(page.locator("[data-say=failed]")).to_be_visible()
    page.unroute("**/operations/live/")
    expect(page.locator("[data-say=running]")).to_be_visible()
    assert asked
    page.context.clear_cookies()
    expect(page.locator("[data-say=signed-out]")).to_be_visible()
    open_page.wrong.clear()  # type: ignore[attr-defined]  # the browser logs what was aborted


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    size: str, scheme: str, open_page: Callable[..., Page], site: Live, signed_in: Any
):
    page = open_page(site.url, size, color_scheme=scheme, bypass_csp=True, storage_state=signed_in)
    page.goto(ADDRESS)
    for folded in page.locator("details").all():
        folded.evaluate("e => { e.open = true }")
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
