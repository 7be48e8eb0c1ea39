"""A shared link travels: from the sender to a recipient, with and without JavaScript; and a day in one screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.steps import fill_birth, finished, open_reading
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

SECRETS = ("지우비밀", "1990", "14:30", "05-15", "5월 15일")


@pytest.fixture(scope="module")
def shared(live: Live, browser: Any) -> tuple[dict[str, Any], str, str]:
    """Return the sender's cookies, the reading's address, and the address of a link to its 일주."""
    context = browser.new_context(base_url=live.url, locale="ko-KR")
    page = context.new_page()
    reading = open_reading(page, name="지우비밀")
    finished(page)
    page.goto(reading + "share/")
    page.click("text=링크 만들기")
    link = page.locator(".links input[readonly]").input_value()
    state = context.storage_state()
    context.close()
    return state, reading, link


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_recipient_sees_the_scene_and_meets_it_with_an_own_chart(
    size: str, scripts: bool, shared: tuple[Any, str, str], open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, size, java_script_enabled=scripts)
    page.goto(shared[2])
    assert page.locator("h1").inner_text() == "경진일주"
    assert page.locator("svg.scene").get_attribute("aria-label") == "봄비를 머금은 기름진 들을 만난 무쇠"
    page.click("text=나와 궁합 보기")
    fill_birth(page, date="1988-03-02", time="07:10")
    page.click("text=동의하고 궁합 보기")
    page.wait_for_selector("text=나에게 그 사람은")
    html = page.locator("main").inner_html()
    assert not [told for told in (*SECRETS, "1988", "07:10") if told in html]
    assert page.locator("svg.scene").count() == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_a_recipient_with_a_reading_need_not_write_the_birth_again(
    scripts: bool, shared: tuple[Any, str, str], open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone", java_script_enabled=scripts)
    page.goto(shared[2] + "meet/")
    assert page.get_by_text("내 명식으로 바로 보기").count() == 0
    open_reading(page, date="1988-03-02", time="07:10")
    page.goto(shared[2] + "meet/")
    page.click("text=내 명식으로 바로 보기")
    expect(page.locator("h1")).to_have_text("병진일주와 경진일주의 만남")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_new_link_is_in_sight_on_a_phone(
    scripts: bool, shared: tuple[Any, str, str], open_page: Callable[..., Page], live: Live
):
    state, reading, _ = shared
    page = open_page(live.url, "phone", storage_state=state, java_script_enabled=scripts)
    page.goto(reading + "share/")
    page.click("text=링크 만들기")
    page.wait_for_url("**/share/#links")
    expect(page.locator(".links input[readonly]").first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_axe_finds_nothing_on_what_a_recipient_sees(
    size: str, scheme: str, shared: tuple[Any, str, str], open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, size, color_scheme=scheme, bypass_csp=True)
    for path in ("", "meet/"):
        page.goto(shared[2] + path)
        assert not violations(page)
    fill_birth(page, date="1988-03-02", time="07:10")
    page.click("text=동의하고 궁합 보기")
    page.wait_for_selector("text=나에게 그 사람은")
    assert not violations(page)


def test_the_picture_that_is_saved_is_the_tall_one(
    shared: tuple[Any, str, str], open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone")
    page.goto(shared[2])
    with page.expect_download() as waiting:
        page.click("text=이미지 저장")
    assert waiting.value.suggested_filename == "fortune.png"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_day_is_one_screen_between_the_days_around_it(
    size: str, scripts: bool, shared: tuple[Any, str, str], open_page: Callable[..., Page], live: Live
):
    state, reading, _ = shared
    page = open_page(live.url, size, storage_state=state, java_script_enabled=scripts)
    page.goto(reading + "days/")
    today = page.locator("#day")
    assert re.fullmatch(r"오늘 · \d+월 \d+일 .요일", page.locator("h1").inner_text())
    pillars = today.locator(".two-days dd").all_inner_texts()
    assert re.fullmatch("[가-힣]{2}", pillars[0].split()[1]) and pillars[1].split() == ["庚辰", "경진"]
    assert today.locator(".lead").inner_text().endswith("요.")
    assert today.locator(".to-do dt").all_inner_texts() == ["해 볼 일", "살필 일", "저녁"]
    assert all(len(words) > 5 for words in today.locator(".to-do dd").all_inner_texts())
    box = page.locator("#day").bounding_box()
    viewport = page.viewport_size
    assert box and viewport and box["y"] + box["height"] <= viewport["height"]
    page.click("#day >> text=다음 날")
    assert page.locator("h1").inner_text().startswith("내일 · ")
    page.click("#day >> text=전날")
    page.click("#day >> text=전날")
    assert page.locator("h1").inner_text().startswith("어제 · ")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_cells_of_the_calendar_say_plain_words_and_the_terms_stand_below(
    size: str, scripts: bool, shared: tuple[Any, str, str], open_page: Callable[..., Page], live: Live
):
    state, reading, _ = shared
    page = open_page(live.url, size, storage_state=state, java_script_enabled=scripts)
    page.goto(reading + "days/?day=2026-11-23")
    words = set(page.locator(".calendar .contact").all_inner_texts())
    assert words <= {"모임", "어울림", "통함", "부딪힘", "맞섬", "조율", "가까움"} and len(words) > 3
    below = page.locator("details", has_text="달력의 말")
    below.locator("summary").click()
    for word in words:
        assert below.locator("dt", has_text=word).first.is_visible()


def test_a_scene_has_the_colours_of_the_theme_that_was_chosen(
    shared: tuple[Any, str, str], open_page: Callable[..., Page], live: Live
):
    def sky(scheme: str) -> str:
        page = open_page(live.url, "phone", color_scheme=scheme)
        page.goto(shared[2])
        return str(page.locator("svg.scene .sa").evaluate("e => getComputedStyle(e).stopColor"))

    assert sky("light") != sky("dark")
