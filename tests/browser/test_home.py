"""The home page of who comes back, and a form whose button is in reach and whose letters appear while one types."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import arrive, fill_birth, finished, open_reading
from tests.server.harness import Live
from tests.server.visitor import PASSWORD, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREEN = 844


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_guest_who_comes_back_finds_today_the_last_readings_the_year_and_the_form(
    size: str, scripts: bool, open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, size, java_script_enabled=scripts)
    page.goto("/fortune/")
    assert page.locator("[data-returning]").count() == 0
    open_reading(page, name="지우")
    mine = page.url
    page.goto("/")
    returning = page.locator("[data-returning]")
    expect(returning.get_by_role("heading", level=1)).to_have_text("지우님의 오늘")
    assert page.get_by_role("heading", level=1).count() == 1
    told = returning.locator(".today-line").inner_text()
    day = returning.locator("p.soft").first.inner_text()
    assert told.endswith("요.")
    assert returning.locator(".last a").first.get_attribute("href") == mine.removeprefix(live.url)
    expect(returning.get_by_role("link", name="궁합")).to_be_visible()
    form = page.locator("form.birth-form")
    assert form.is_visible() and page.input_value("[name=birth_date]") == ""
    returning.get_by_role("link", name="운세").first.click()
    page.wait_for_url("**/years/?year=*")
    page.go_back()
    page.get_by_role("button", name="오늘의 운세").click()
    arrive(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("오늘의 운세")
    # The day's reading begins with what was said of the day, and with its date.
    assert page.locator(".identity .gist").inner_text() == told
    assert page.locator(".identity .words").inner_text() == day
    stranger = open_page(live.url, size)
    stranger.goto("/fortune/")
    assert stranger.locator("[data-returning]").count() == 0


def test_the_day_is_written_in_english_as_english_writes_it(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "phone", locale="en-GB")
    open_reading(page)
    page.goto("/")
    day = page.locator("[data-returning] p.soft").first.inner_text()
    # A weekday, a comma, a date, and the pillar without Korean letters: "Monday, November 30 · 戊申".
    assert re.fullmatch(r"[A-Z][a-z]+day, [A-Z][a-z]+ \d+ · [一-龥]{2}", day)


def test_a_member_finds_their_readings_on_another_device(open_page: Callable[..., Page], live: Live):
    Visitor(live).sign_up("back@example.com")
    for is_first in (True, False):
        page = open_page(live.url, "phone")
        page.goto("/accounts/login/")
        page.fill("[name=login]", "back@example.com")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url(lambda address: "/accounts/login/" not in address)
        if is_first:
            open_reading(page, name="민준")
            finished(page)
        else:
            page.goto("/fortune/")
            expect(page.locator("[data-returning]")).to_contain_text("민준님의 오늘")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_form_takes_one_and_a_half_screens_of_a_phone_and_its_button_is_in_reach(
    scripts: bool, open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone", java_script_enabled=scripts)
    page.goto("/fortune/")
    button = page.locator(".submit .button")
    at = button.bounding_box()
    assert at is not None and at["y"] + at["height"] <= SCREEN, "the button is in reach before one scrolls"
    form = page.locator("form.birth-form").bounding_box()
    assert form is not None
    assert form["y"] + form["height"] <= 1.5 * SCREEN
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    if not scripts:
        return  # nothing could be watched there; the styles are the same
    page.locator("summary").last.focus()
    page.wait_for_function(
        """() => {
        const bottom = [...document.querySelectorAll("summary")].at(-1).getBoundingClientRect().bottom;
        return bottom <= document.querySelector(".submit .button").getBoundingClientRect().top;
        }"""
    )  # what has the focus is not covered


def test_the_letters_appear_while_one_types(page: Page):
    page.goto("/fortune/")
    letters = page.locator("[data-letters]")
    expect(letters).to_be_hidden()
    fill_birth(page, date="900515", time="오후 2시 반")
    expect(page.locator(".letter")).to_have_count(8)
    expect(letters).to_be_visible()
    expect(page.locator(".letter")).to_contain_text(list("癸未庚辰辛巳庚午"))
    assert letters.get_attribute("aria-label") == "시주 계미, 일주 경진, 월주 신사, 년주 경오"
    page.check("[name=time_unknown]")
    expect(page.locator(".letter").first).to_contain_text("?")
    page.fill("[name=birth_date]", "")
    expect(letters).to_be_hidden()
