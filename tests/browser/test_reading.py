"""The main job in a browser: a form, a chart at once, a text that grows and stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import begin, blocks, choose, finished, open_reading, stop
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def live(unhurried: Live) -> Live:
    return unhurried


def test_the_chart_is_there_at_once_and_the_text_grows_until_it_is_done_and_is_the_same_after_a_refresh(
    page: Page,
):
    begin(page)
    assert page.locator(".wonguk .tile .hanja").all_text_contents() == list("癸庚辛庚未辰巳午")
    page.locator(".block").nth(1).wait_for()
    early = len(page.locator("[data-blocks]").inner_text())
    assert page.locator("[data-stop-form]").is_visible()
    finished(page)
    assert len(page.locator("[data-blocks]").inner_text()) > max(early, 1200)
    assert page.locator("[data-stop-form]").count() == 0
    streamed = blocks(page)
    page.reload()
    assert blocks(page) == streamed


def test_a_refresh_in_the_middle_goes_on(page: Page):
    open_reading(page)
    page.wait_for_selector(".block")
    page.reload()
    finished(page)
    whole = blocks(page)
    page.reload()
    assert blocks(page) == whole


def test_two_tabs_show_the_same_and_both_follow_a_new_version(page: Page):
    open_reading(page)
    other = page.context.new_page()
    other.goto(page.url)
    finished(page)
    finished(other)
    assert blocks(other) == blocks(page)
    page.click("[data-regenerate] button")
    for tab in (page, other):
        tab.locator('.versions [aria-current="page"]').get_by_text("2").wait_for()
        finished(tab)
    assert blocks(other) == blocks(page)


def test_readers_hear_the_start_and_the_finish_only(page: Page):
    page.add_init_script(
        """window.heard = [];
        new MutationObserver((changes) => {
            for (const {target} of changes) {
                const line = (target.closest ?? target.parentElement?.closest)?.call(
                    target.closest ? target : target.parentElement, "[data-announce]");
                if (line?.textContent) heard.push(line.textContent);
            }
        }).observe(document, {childList: true, characterData: true, subtree: true});"""
    )
    open_reading(page)
    finished(page)
    expect(page.locator("[data-announce]")).to_contain_text("답변 완료")
    heard = page.evaluate("heard")
    assert len(heard) == 2
    assert heard[0] == "답변 작성 중"
    assert heard[1].startswith("답변 완료")
    assert page.locator("[data-text]").get_attribute("aria-live") == "off"


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_stop_keeps_what_is_written_and_says_so(
    shared: Callable[..., Live], open_page: Callable[..., Page], size: str
) -> None:
    # Slow enough that a busy machine presses the button before the text is whole.
    page = open_page(shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="3").url, size)
    open_reading(page)
    page.wait_for_selector(".block")
    stop(page)
    finished(page)
    expect(page.locator("[data-status-text]")).to_contain_text("멈췄어요")
    kept = blocks(page)
    page.reload()
    assert blocks(page) == kept
    assert "중간에 멈췄어요" in page.locator("[data-status-line]").inner_text()


def test_progress_counts_sections_honestly(page: Page):
    open_reading(page)
    expect(page.locator("[data-progress-text]")).to_have_text(re.compile("[1-7]/7 .+"))


def test_a_visitor_who_prefers_sees_the_text_when_it_is_finished(page: Page):
    page.goto("/view/")
    choose(page, '[name="wait"][value="finished"]')
    page.click("main button[type=submit]")
    open_reading(page)
    expect(page.locator("[data-progress-text]")).to_contain_text("/7")
    assert page.locator(".block").count() == 0
    finished(page)
    assert page.locator(".block").count() > 5


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_without_javascript_chart_and_text_are_there(size: str, open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, size, java_script_enabled=False)
    begin(page, time="")
    assert page.locator(".wonguk .tile .hanja").all_text_contents() == list("?庚辛庚?辰巳午")
    page.wait_for_selector(".text.finished .block", timeout=60_000)  # the page refreshes itself
    assert len(page.locator("[data-blocks]").inner_text()) > 1000


def test_where_no_stream_holds_the_page_asks_now_and_then_until_the_text_is_there(
    open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone")
    page.route("**/events*", lambda route: route.abort())
    open_reading(page)
    expect(page.locator("[data-status-text]")).to_contain_text("다시 연결하고 있어요")
    expect(page.locator("[data-status-text]")).to_contain_text("5초마다")
    finished(page)
    open_page.wrong.clear()  # the browser logs what was cut off
    assert page.locator(".block").count() > 5


@pytest.mark.parametrize("refusal", [502, 503])
def test_a_refused_connection_is_tried_again_and_the_text_goes_on_where_it_was(
    open_page: Callable[..., Page], live: Live, refusal: int
):
    page = open_page(live.url)
    asked: list[str] = []

    def answer(route) -> None:
        asked.append(route.request.url)
        # As from a proxy while instances are replaced. By its rules EventSource gives up for good.
        if len(asked) == 1:
            frame = 'id: 1-3\nevent: text\ndata: {"text": "가"}\n\n'
            route.fulfill(status=200, content_type="text/event-stream", body="retry: 10\n\n" + frame)
        elif len(asked) == 2:
            route.fulfill(status=refusal, body="")
        else:
            route.continue_()

    page.route("**/events*", answer)
    # However much the server has written by then, the page has to connect again.
    writing = '{"status": "writing"}'
    page.route(
        "**/readings/*.json", lambda route: route.fulfill(content_type="application/json", body=writing)
    )
    open_reading(page)
    page.evaluate("window.same = true")
    finished(page)
    open_page.wrong.clear()  # the browser logs what was refused
    assert page.evaluate("window.same"), "the page had to be loaded again to show the text"
    expect(page.locator("[data-status-text]")).to_have_text("다 썼어요")
    assert asked[2].endswith("&after=1-3")


def test_a_page_that_can_not_ask_goes_on_asking(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url)
    refused: list[int] = []
    well: list[bool] = []

    def answer(route) -> None:
        if well:
            return route.continue_()
        refused.append(503)
        return route.fulfill(status=503, content_type="application/json", body='{"error": {"code": "busy"}}')

    page.route("**/events*", lambda route: route.abort())
    page.route("**/readings/*.json", answer)
    open_reading(page)
    page.evaluate("window.same = true")
    while len(refused) < 2:  # the test's own time limit ends this
        page.wait_for_timeout(100)
    assert page.evaluate("window.same"), "a busy server is not the end of a text"
    well.append(True)
    finished(page)
    open_page.wrong.clear()  # the browser logs what was refused
