"""Nothing is cut off or lost: links within a page, a friend's copied address, the home page in its order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import FINISHED, open_reading
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOTH_SIZES = pytest.mark.parametrize("size", ["phone", "desktop"])
WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False])
# Links that stand outside the window, or whose words are wider than their box.
CUT_OFF = """(links) => links.filter((one) => {
    const {left, right} = one.getBoundingClientRect();
    return left < 0 || right > innerWidth || one.scrollWidth > one.clientWidth + 1;
}).map((one) => one.textContent)"""


@BOTH_SIZES
@WITH_AND_WITHOUT
def test_the_links_within_a_page_are_whole_and_lead_to_their_sections(
    size: str, scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=scripts)
    open_reading(page, time="")
    page.wait_for_selector(FINISHED, timeout=60_000)
    links = page.locator("#contents a")
    assert links.count() > 9
    assert links.evaluate_all(CUT_OFF) == []
    for name in ("시각에 따라 달라지는 것", "대운과 세운"):
        page.locator("#contents").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name, level=2)).to_be_in_viewport()


@BOTH_SIZES
@WITH_AND_WITHOUT
def test_a_friend_with_a_copied_address_is_told_how_sharing_works(
    size: str, scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    address = open_reading(open_page(live.url, size), name="지우비밀")
    page = open_page(live.url, size, java_script_enabled=scripts)
    answer = page.goto(address)
    assert answer is not None and answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("이 주소로는 풀이를 열 수 없어요")
    expect(page.locator("main")).to_contain_text("공유하기")
    assert "지우비밀" not in page.content()
    page.get_by_role("link", name="나도 사주 보기").click()
    expect(page.locator("form.birth-form")).to_be_visible()
    open_page.wrong.clear()  # type: ignore[attr-defined]  # the browser logs the 404


@BOTH_SIZES
@WITH_AND_WITHOUT
def test_the_home_of_a_guest_who_comes_back_stands_in_its_order(
    size: str, scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=scripts)
    open_reading(page, name="지우")
    page.goto("/fortune/")
    returning = page.locator("[data-returning]")
    parts = [
        returning.locator(".today-line"),
        returning.get_by_role("button", name="오늘의 운세"),
        returning.locator(".last li").first,
        page.locator("form.birth-form"),
    ]
    tops = [part.bounding_box()["y"] for part in parts]  # type: ignore[index]
    assert tops == sorted(tops)
    assert tops[2] < page.viewport_size["height"]  # type: ignore[index]
    for name in ("운세", "궁합"):
        expect(returning.get_by_role("link", name=name).first).to_be_in_viewport()
    # In the middle of the form its button is still in reach.
    page.locator("[name=birth_place]").focus()
    expect(page.locator(".submit .button")).to_be_in_viewport(ratio=1)
