"""Pages beyond the first reading: more topics, questions, sharing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import finished, open_reading
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("what", "title"), [("daily", "오늘의 운세"), ("year", "올해의 운세"), ("topic.wealth", "재물운")]
)
def test_one_press_reads_on_from_the_same_chart(what: str, title: str, page: Page):
    open_reading(page, name="지우")
    letters = page.locator(".wonguk .tile .hanja").all_text_contents()
    page.click(f'[name="what"][value="{what}"]')
    expect(page.locator("h1")).to_contain_text(title)
    assert page.locator(".wonguk .tile .hanja").all_text_contents() == letters
    finished(page)


def test_the_same_day_is_read_once(page: Page):
    open_reading(page)
    first = page.url
    page.click('[name="what"][value="daily"]')
    expect(page.locator("h1")).to_contain_text("오늘의 운세")
    daily = page.url
    finished(page)
    page.goto(first)
    page.click('[name="what"][value="daily"]')
    expect(page.locator("h1")).to_contain_text("오늘의 운세")
    assert page.url == daily


def test_a_month_shows_contacts_and_no_grades(page: Page):
    open_reading(page)
    page.goto(page.url + "days/?day=2026-11-23")
    assert page.locator(".calendar td a").count() == 30
    expect(page.locator("#day")).to_contain_text("신축")
    words = page.locator("main").inner_text()
    assert not [word for word in ("대길", "흉일", "길일", "점수", "★") if word in words]


def test_questions_make_a_conversation(page: Page):
    open_reading(page)
    page.goto(page.url + "ask/")
    page.locator("[data-suggest]").first.click()
    asked = page.input_value("#question")
    assert asked and page.url.endswith("/ask/")  # a suggestion fills the field and sends nothing
    page.click("[data-ask] button[type=submit]")
    expect(page.locator(".asked")).to_have_text(asked)
    finished(page)
    page.fill("#question", "어떤 공부가 잘 맞을까요?")
    page.click("[data-ask] button[type=submit]")
    expect(page.locator(".asked")).to_have_text("어떤 공부가 잘 맞을까요?")
    expect(page.locator(".turn .question")).to_have_text(asked)
    finished(page)


def test_words_of_crisis_bring_the_line_first_and_no_reading(page: Page):
    open_reading(page)
    page.goto(page.url + "ask/")
    page.fill("#question", "요즘 너무 힘들어서 죽고 싶어요")
    page.click("[data-ask] button[type=submit]")
    expect(page.locator('main [role=alert] a[href="tel:109"]')).to_be_visible()
    assert page.locator(".turn").count() == 0
    assert page.url.endswith("/ask/")


def test_an_unknown_hour_is_compared_over_the_day(page: Page):
    open_reading(page, time="")
    page.locator("#hours summary").first.click()
    page.locator("#hours tbody tr").nth(11).wait_for()


def test_two_schools_stand_side_by_side_with_what_differs_marked(page: Page):
    open_reading(page, date="1990-05-15", time="23:50")
    page.goto(page.url + "schools/")
    assert not page.locator("select").first.is_visible()
    page.locator("summary", has_text="여러 방식을 함께 고르기").click()
    page.select_option('[name="day_change"]', "00:00")
    page.click(".choices-grid button")
    expect(page.locator(".wonguk")).to_have_count(2)
    assert page.locator(".differs-here").count() > 0
    assert page.locator(".pairs tbody tr").count() > 0


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("script", [True, False])
def test_what_a_school_changes_is_counted_and_one_press_away(
    size: str, script: bool, open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, size, java_script_enabled=script)
    open_reading(page)
    page.goto(page.url + "schools/")
    ways = page.locator(".school-ways li")
    counts = [int(row.split()[-2].removesuffix("가지가")) for row in ways.all_inner_texts()]
    assert counts == sorted(counts, reverse=True) and counts[-1] > 0
    ways.first.get_by_role("link").click()
    rows = page.locator(".pairs tbody tr")
    expect(rows).to_have_count(counts[0])
    expect(rows.first).to_be_in_viewport()


def test_a_shared_link_shows_what_was_chosen_to_anybody_and_no_birth(
    page: Page, open_page: Callable[..., Page], live: Live
):
    open_reading(page, name="지우비밀")
    finished(page)
    page.goto(page.url + "share/")
    page.check('[name="shown"][value="reading"]')
    page.click("text=링크 만들기")
    address = page.locator(".links input[readonly]").input_value()
    stranger = open_page(live.url, "phone")
    answer = stranger.goto(address)
    assert answer is not None and answer.headers["x-robots-tag"] == "noindex"
    assert stranger.locator(".block").count() > 5
    html = stranger.content()
    assert not [told for told in ("지우비밀", "1990", "14:30", "05-15", "5월 15일") if told in html]
    picture = stranger.request.get(
        stranger.locator('meta[property="og:image"]').get_attribute("content") or ""
    )
    assert picture.headers["content-type"] == "image/png"
    page.locator("text=공유 끄기").first.click()
    expect(page.locator(".links")).to_have_count(0)
    assert stranger.request.get(address).status == 404


def test_the_day_pillar_alone_shows_nothing_else(page: Page, open_page: Callable[..., Page], live: Live):
    open_reading(page)
    finished(page)
    page.goto(page.url + "share/")
    page.click("text=링크 만들기")
    stranger = open_page(live.url, "phone")
    stranger.goto(page.locator(".links input[readonly]").input_value())
    assert stranger.locator(".tile .hanja").all_inner_texts() == ["庚", "辰"]
    assert stranger.locator(".wonguk, .block").count() == 0


def test_on_paper_there_are_chart_and_text_and_nothing_to_press(page: Page):
    open_reading(page)
    finished(page)
    page.emulate_media(media="print")
    assert page.locator(".wonguk").is_visible()
    assert page.locator(".block").first.is_visible()
    assert page.locator(".made-by").is_visible()
    assert not [e for e in page.locator(".toolbar, .site-nav, .skip").all() if e.is_visible()]


def test_past_the_limit_a_button_says_so_on_its_page(
    serve: Callable[..., Live], open_page: Callable[..., Page]
):
    page = open_page(serve(CLASSIC_PACE="0").url, "phone")
    open_reading(page)
    finished(page)
    reading = page.url
    for _ in range(12):
        page.click("[data-regenerate] button")
        if page.locator(".messages").count():
            break
        finished(page)
    expect(page.locator(".messages")).to_contain_text("모두 봤어요")
    assert page.url == reading
    assert page.locator(".block").count() > 5
