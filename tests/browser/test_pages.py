"""The form and a finished reading, by pointer and by keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.steps import begin, choose, fill_birth, finished, open_chart

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_writing_again_keeps_the_earlier_version(page: Page):
    begin(page)
    finished(page)
    page.click("[data-regenerate] button")
    finished(page)
    page.reload()
    assert page.locator(".versions a").all_text_contents() == ["판 1", "판 2"]
    page.locator(".versions a").first.click()
    assert page.locator('.versions [aria-current="page"]').text_content() == "판 1"
    assert page.locator("[data-blocks]").inner_text()


def test_bad_input_comes_back_with_errors_beside_fields_and_nothing_lost(page: Page, open_page):
    page.goto("/fortune/")
    page.fill("[name=name]", "지우")
    page.fill("[name=birth_date]", "1990-13-40")
    page.fill("[name=birth_time]", "25:00")
    page.click(".submit button")
    page.wait_for_selector(".error-summary")
    open_page.wrong.clear()  # the browser logs the 422
    assert page.input_value("[name=name]") == "지우"
    assert page.input_value("[name=birth_date]") == "1990-13-40"
    assert page.locator("#id_gender-error").is_visible()
    assert page.locator("#id_birth_date-error").is_visible()
    assert page.locator("#id_birth_time-error").is_visible()
    assert page.evaluate("document.activeElement.name") == "gender"


def test_the_form_echoes_the_other_calendar_and_offers_a_leap_month_where_there_is_one(page: Page):
    page.goto("/fortune/")
    assert page.locator("[data-leap]").is_hidden()
    fill_birth(page, date="2023-02-10", time="")
    choose(page, '[name="calendar"][value="lunar"]')
    page.wait_for_selector("[data-leap]:not([hidden])")
    choose(page, '[name="calendar"][value="lunar_leap"]')
    expect(page.locator("[data-birth-check]")).to_contain_text("2023년 3월 31일")


def test_a_place_is_found_by_its_first_consonants_with_the_keyboard_alone(page: Page):
    page.goto("/fortune/")
    place = page.locator("[name=birth_place]")
    place.fill("ㅅㅇ")
    page.wait_for_selector('[role="listbox"] [role="option"]')
    place.press("ArrowDown")
    place.press("ArrowUp")
    assert place.get_attribute("aria-activedescendant")
    place.press("Enter")
    assert place.input_value()
    assert page.locator('[role="listbox"]').is_hidden()


def test_a_chip_lights_its_letters_and_a_letter_its_paragraphs(page: Page):
    begin(page)
    finished(page)
    evidence = page.locator(".evidence", has=page.locator('[data-cells*="day.stem"]')).first
    evidence.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator('.mini[data-mini="day.stem"]').first).to_have_class(re.compile("lit"))
    chip = evidence.locator('.chip[data-cells*="day.stem"]').first
    chip.focus()
    page.keyboard.press("Enter")
    assert chip.get_attribute("aria-pressed") == "true"
    assert page.locator('.tile[data-cell="day.stem"]').evaluate("e => e.classList.contains('lit')")
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0
    open_chart(page)
    tile = page.locator('.tile[data-cell="day.stem"]')
    tile.focus()
    page.keyboard.press("Enter")
    assert page.locator(".block.lit").count() > 0


def test_a_word_explains_itself_and_gives_the_focus_back(page: Page):
    begin(page)
    open_chart(page)
    word = page.locator(".wonguk .term").first
    word.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[role="dialog"]')
    assert (
        "천간" in page.locator('[role="dialog"]').inner_text()
        or page.locator('[role="dialog"] p').inner_text()
    )
    page.keyboard.press("Escape")
    assert page.locator('[role="dialog"]').count() == 0
    assert word.evaluate("e => e === document.activeElement")


def test_the_timeline_opens_another_decade_with_the_keyboard(page: Page):
    begin(page)
    finished(page)
    decade = page.locator('[name="luck"][value="2"]')
    decade.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[name="luck"][value="2"][aria-pressed="true"]')
    assert page.evaluate("document.activeElement.value") == "2"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.value") == "3"
