"""The reading of a day: all of the day on a phone's first screen, the text and the rest folded below it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from fortune.readings.texts import text
from fortune.saju.derive.basics import ten_god
from tests.browser.steps import FINISHED, open_reading
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREEN = 844
TITLES = {
    "ko-KR": ("들어오는 기둥", "해 볼 일", "← 어제", "내일 →"),
    "en-GB": ("The day's pillar", "To try", "← Yesterday", "Tomorrow →"),
}
WORDS = {"모임", "어울림", "통함", "부딪힘", "맞섬", "조율", "가까움"}

WRITE = """(told) => document.querySelectorAll(".gist, .to-do dd").forEach((place, at) => { place.textContent = told[at] })"""


def read_today(page: Page) -> None:
    open_reading(page, name="하늘")
    overview = page.url
    page.click('#more [value="daily"]')
    page.wait_for_url(lambda address: "/readings/" in address and address != overview)


@pytest.mark.parametrize("locale", ["ko-KR", "en-GB"])
@pytest.mark.parametrize("scripts", [True, False])
def test_all_of_today_is_on_the_first_screen_and_the_text_is_folded_below_it(
    locale: str, scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(
        live.url,
        "phone",
        locale=locale,
        java_script_enabled=scripts,
        viewport={"width": 390, "height": SCREEN},
    )
    read_today(page)
    page.wait_for_selector(FINISHED, state="attached", timeout=60_000)
    page.reload()
    incoming, to_try, before, after = TITLES[locale]
    # Nothing of it is behind the bar at the foot of the screen.
    room = page.locator("[data-bar]").bounding_box()["y"]  # type: ignore[index]
    for told in (
        page.locator("h1"), page.locator(".gist"), page.locator(".words"),
        page.locator(".two-days").get_by_text(incoming, exact=True), page.locator(".to-do").get_by_text(to_try, exact=True),
        page.locator(".to-do dd").last, page.locator(".week"),
        page.get_by_role("link", name=before), page.get_by_role("link", name=after),
    ):  # fmt: skip
        box = told.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= room, told
    parts = page.locator(".part")
    assert parts.count() >= 3 and page.locator(".part[open]").count() == 0
    assert page.locator("html").bounding_box()["height"] <= 2.5 * SCREEN  # type: ignore[index]
    parts.first.locator("summary").first.click()
    expect(parts.first.locator("p").first).to_be_visible()


@pytest.mark.parametrize("locale", ["ko-KR", "en-GB"])
def test_every_kind_of_day_has_room_on_the_first_screen(
    locale: str, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, "phone", locale=locale, viewport={"width": 390, "height": SCREEN})
    read_today(page)
    page.wait_for_selector(FINISHED, state="attached", timeout=60_000)
    page.reload()
    gods = {ten_god(0, stem) for stem in range(10)}
    assert len(gods) == 10
    longest = max((text(locale[:2], f"evenings.{god}") for god in gods), key=len)
    for god in gods:
        told = [text(locale[:2], f"gods.{god}.{part}") for part in ("day", "try", "care")]
        page.evaluate(WRITE, [*told, longest])
        ways, bar = page.locator(".other-days").bounding_box(), page.locator("[data-bar]").bounding_box()
        assert ways and bar and ways["y"] + ways["height"] <= bar["y"], god


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_days_around_today_say_plain_words_and_lead_to_their_own(
    size: str, scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=scripts)
    read_today(page)
    # The day is there at once, whether its text is or not.
    days = page.locator(".week li")
    expect(days).to_have_count(7)
    assert days.nth(1).locator("a").get_attribute("aria-current") == "date"
    assert {len(words) for words in page.locator(".week .soft").all_inner_texts()} == {1}
    assert set(page.locator(".week .contact").all_inner_texts()) <= WORDS
    pillar = days.nth(2).locator(".pillar").inner_text()
    page.get_by_role("link", name="내일 →").click()
    page.wait_for_url("**/days/?day=*")
    expect(page.locator("h1")).to_have_text(re.compile("^내일 · "))
    assert page.locator(".two-days .pillar").first.inner_text() == pillar
    page.get_by_role("link", name="오늘의 운세").click()
    expect(page.locator("h1")).to_have_text("하늘님의 오늘의 운세")


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_of_a_days_page_is_lost_in_its_folds(
    scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, "phone", java_script_enabled=scripts)
    read_today(page)
    page.wait_for_selector(FINISHED, state="attached", timeout=60_000)
    page.reload()
    for part, content in (("luck", ".luck-strip"), ("more", ".more-card"), ("ask", "#question")):
        found = page.locator(f"#{part} {content}").first
        expect(found).to_be_hidden()
        page.locator(f"#{part} .fold > summary").first.click()
        expect(found).to_be_visible()
    # The chosen step of the timeline is open and in sight.
    page.locator("#luck [name=luck][value='2']").click()
    chosen = page.locator("#luck [name=luck][value='2']")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_visible()
    page.reload()
    page.locator("[data-bar]").get_by_role("link", name="묻기").click()
    if scripts:
        expect(page.locator("#question")).to_be_visible()
