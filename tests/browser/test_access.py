"""A reading for everybody: by keyboard alone, without colour, in stillness, and to axe while it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import SCHEMES, violations
from tests.browser.steps import (
    arrive,
    fill_birth,
    finished,
    open_chart,
    open_reading,
    send,
    stop,
)
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_while_a_text_is_written_when_it_is_stopped_nor_in_a_form_with_errors(
    scheme: str, open_page: Callable[..., Page], shared: Callable[..., Live]
):
    slow = shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="3")  # it is still written when axe has looked
    page = open_page(slow.url, "phone", bypass_csp=True, **SCHEMES[scheme])
    open_reading(page)
    page.wait_for_selector(".block")
    assert not violations(page)
    stop(page)
    finished(page)
    assert not violations(page)
    page.goto("/fortune/?new=1")
    page.fill("[name=birth_date]", "")
    page.click(".submit button")
    page.wait_for_selector(".error-summary")
    open_page.wrong.clear()  # the browser logs the 422
    assert not violations(page)


def test_what_is_chosen_is_seen_in_forced_colours(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "phone", forced_colors="active")
    page.goto("/view/")
    style = "e => getComputedStyle(e.closest('label')).outlineStyle"
    for radio in page.locator(".segments input").all():
        assert radio.evaluate(style) == ("solid" if radio.is_checked() else "none")


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
    arrive(page)
    finished(page)
    assert page.title().startswith("지우님의 사주")


def test_the_chart_is_a_table_with_headers_by_column_and_row(page: Page):
    open_reading(page)
    open_chart(page)
    table = page.get_by_role("table", name="원국표")
    columns = [text.strip() for text in table.get_by_role("columnheader").all_text_contents()]
    assert [text.removesuffix("나") for text in columns] == ["시주", "일주", "월주", "년주"]
    rows = [text.strip() for text in table.get_by_role("rowheader").all_text_contents()]
    assert rows == ["십성", "천간", "지지", "십성", "지장간", "12운성", "12신살", "공망"]
    cell = table.get_by_role("row").nth(2).get_by_role("cell").nth(1)
    assert "庚" in cell.inner_text() and "경" in cell.inner_text() and "금" in cell.inner_text()


def test_nothing_moves_for_those_who_ask_for_stillness(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "phone", reduced_motion="reduce")
    open_reading(page)
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
    send(page)
    arrive(page)
    finished(page)
    assert page.title().startswith("지우님과 민준님의 궁합")
