"""Accessibility of every page: axe in light and dark, narrow and wide, by keyboard alone, without colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.steps import begin, choose, fill_birth, finished, open_chart
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLAIN = (
    "/fortune/", "/fortune/match/", "/fortune/pillars/", "/fortune/glossary/", "/about/", "/accuracy/", "/privacy/", "/view/",
    "/fortune/history/", "/accounts/login/", "/accounts/signup/",
)  # fmt: skip
OF_A_READING = ("", "days/", "schools/?day_change=00:00&hidden=plain", "ask/", "share/", "text/", "verdicts/")


@pytest.fixture(scope="module")
def visited(live: Live, browser: Any) -> tuple[dict[str, Any], str]:
    """Return the cookies and the reading's address of a visitor with a finished reading of an unknown hour."""
    context = browser.new_context(base_url=live.url, locale="ko-KR")
    page = context.new_page()
    begin(page, time="", name="지우")
    finished(page)
    state, address = context.storage_state(), page.url
    context.close()
    return state, address


def violations(page: Page) -> list[tuple[str, str, str]]:
    found = Axe().run(page).response["violations"]
    return [(rule["id"], page.url, node["html"][:200]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_axe_finds_nothing(
    size: str, scheme: str, visited: tuple[Any, str], open_page: Callable[..., Page], live: Live
):
    state, reading = visited
    page = open_page(live.url, size, color_scheme=scheme, storage_state=state, bypass_csp=True)
    found = []
    for path in (*PLAIN, *(reading + part for part in OF_A_READING)):
        page.goto(path)
        for folded in page.locator("details").all():
            folded.evaluate("e => { e.open = true }")
        found += violations(page)
    assert not found


def test_axe_finds_nothing_while_a_text_is_written_nor_in_a_form_with_errors(
    page: Page, open_page, unhurried: Live
):
    other = open_page(unhurried.url, "phone", bypass_csp=True)
    begin(other)
    other.wait_for_selector(".block")
    assert not violations(other)
    other.goto("/fortune/")
    other.click(".submit button")
    other.wait_for_selector(".error-summary")
    open_page.wrong.clear()  # the browser logs the 422
    assert not violations(other)


@pytest.mark.parametrize("text", ["normal", "large"])
def test_no_page_scrolls_sideways_at_320_pixels(
    text: str, visited: tuple[Any, str], open_page: Callable[..., Page], live: Live
):
    """320 CSS pixels are also a 640-pixel window at 200 % zoom."""
    state, reading = visited
    page = open_page(live.url, "phone", viewport={"width": 320, "height": 640}, storage_state=state)
    page.goto("/view/")
    choose(page, f'[name="text"][value="{text}"]')
    page.click("main button[type=submit]")
    wide = []
    for path in (*PLAIN, *(reading + part for part in OF_A_READING)):
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append((path, width))
    assert not wide


def test_a_reading_is_begun_and_read_by_keyboard_alone(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "desktop")
    page.goto("/fortune/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("[name=name]")
    page.keyboard.type("지우")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # 성별
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("19900515")
    page.keyboard.press("Tab")
    page.keyboard.type("1430")
    page.keyboard.press("Enter")
    page.wait_for_url("**/readings/**")
    finished(page)
    assert page.title().startswith("지우님의 사주")


def test_the_chart_is_a_table_with_headers_by_column_and_row(page: Page):
    begin(page)
    open_chart(page)
    table = page.get_by_role("table", name="원국표")
    columns = [text.strip() for text in table.get_by_role("columnheader").all_text_contents()]
    assert [text.removesuffix("나") for text in columns] == ["시주", "일주", "월주", "년주"]
    rows = [text.strip() for text in table.get_by_role("rowheader").all_text_contents()]
    assert rows == ["십성", "천간", "지지", "십성", "지장간", "12운성", "12신살", "공망"]
    cell = table.get_by_role("row").nth(2).get_by_role("cell").nth(1)
    assert "庚" in cell.inner_text() and "경" in cell.inner_text() and "금" in cell.inner_text()


def test_targets_are_large_enough_to_touch(
    visited: tuple[Any, str], open_page: Callable[..., Page], live: Live
):
    """WCAG 2.2: 24 pixels; links inside sentences and rows of words are exempt."""
    state, reading = visited
    page = open_page(live.url, "phone", storage_state=state)
    small = []
    for path in ("/fortune/", reading):
        page.goto(path)
        small += page.evaluate(
            """() => [...document.querySelectorAll("button, select, .button, nav a, .site-foot a")]
            .filter((e) => e.offsetParent !== null)
            .map((e) => [e.textContent.trim().slice(0, 20), e.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([text, box]) => `${text} ${box.width}×${box.height}`)"""
        )
    assert not small


def test_nothing_moves_for_those_who_ask_for_stillness(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "phone", reduced_motion="reduce")
    begin(page)
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((e) => {
            const s = getComputedStyle(e);
            return parseFloat(s.transitionDuration) > 0 || s.animationName !== "none" || s.scrollBehavior === "smooth";
        }).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert not moving


def test_the_form_works_at_both_prefixes(page: Page):
    page.goto("/fortune/match/")
    page.check("input[name=relation][value=friends]", force=True)
    fill_birth(page, name="지우")
    fill_birth(page, date="1988-06-15", time="", name="민준", prefix="other-")
    page.click(".submit button")
    page.wait_for_url("**/readings/**")
    finished(page)
    assert page.title().startswith("지우님과 민준님의 궁합")
