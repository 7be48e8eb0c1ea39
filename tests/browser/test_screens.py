"""A reading on a phone's screen: it moves only when asked, and what is written stays in reach of the thumb."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import FINISHED, finished, lettered, open_chart, open_reading, stop
from tests.server.harness import Live
from tests.server.visitor import PASSWORD, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

IN_SIGHT = """(one) => {
    const {top, bottom} = one.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
}"""
BOTH_SIZES = pytest.mark.parametrize("size", ["phone", "desktop"])


@pytest.fixture
def writing(open_page: Callable[..., Page], shared: Callable[..., Live]) -> Callable[..., Page]:
    """Open a reading that is written slowly."""

    def writing(size: str = "phone", **options: object) -> Page:
        page = open_page(shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="20").url, size, **options)
        open_reading(page)
        return page

    return writing


@BOTH_SIZES
def test_the_page_stands_still_while_a_text_grows_and_moves_as_far_as_the_wheel(
    size: str, writing: Callable[..., Page]
) -> None:
    page = writing(size)
    page.locator(".block").nth(1).wait_for()
    lettered(page)
    # So that the end of the text is in sight, where the page used to follow it.
    page.locator("[data-tail]").evaluate("e => e.scrollIntoView({block: 'center', behavior: 'instant'})")
    before = page.evaluate("scrollY")
    page.evaluate("window.dispatchEvent(new WheelEvent('wheel', {deltaY: 120}))")
    page.evaluate("window.scrollBy({top: 120, behavior: 'instant'})")
    finished(page)
    assert page.evaluate("scrollY") == before + 120


@BOTH_SIZES
def test_the_page_follows_the_text_on_request_until_the_reader_scrolls(
    size: str, writing: Callable[..., Page]
) -> None:
    page = writing(size)
    page.locator(".block").nth(1).wait_for()
    page.click("[data-follow]")
    expect(page.locator("[data-follow]")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => scrollY > 200 && document.querySelectorAll('.block').length > 6")
    page.mouse.move(200, 300)
    page.mouse.wheel(0, -300)
    expect(page.locator("[data-follow]")).to_have_attribute("aria-pressed", "false")


@BOTH_SIZES
@pytest.mark.parametrize("script", [True, False])
def test_what_is_written_and_how_to_stop_it_is_in_sight_at_the_top_and_far_below(
    size: str, script: bool, writing: Callable[..., Page]
) -> None:
    page = writing(size, java_script_enabled=script)
    for place in ("top", "bottom"):
        page.keyboard.press("Home" if place == "top" else "End")
        bar = page.locator("[data-bar]")
        expect(bar.get_by_role("button", name="멈추기")).to_be_in_viewport(ratio=1)
        expect(bar.get_by_role("link", name="읽기")).to_be_in_viewport(ratio=1)
    if script:
        expect(page.locator("[data-progress-text]")).to_have_text(re.compile("[1-7]/7 .+"))


def test_the_bar_leads_on_once_the_text_is_whole(open_page: Callable[..., Page], live: Live) -> None:
    page = open_page(live.url, "phone")
    open_reading(page)
    finished(page)
    bar = page.locator("[data-bar]")
    assert bar.get_by_role("link").all_inner_texts() == ["목차", "묻기", "공유"]
    bar.get_by_role("link", name="묻기").click()
    expect(page.locator("#ask h2")).to_be_in_viewport()


@BOTH_SIZES
@pytest.mark.parametrize("script", [True, False])
def test_writing_again_shows_the_new_text(
    size: str, script: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=script)
    open_reading(page)
    page.wait_for_selector(".text.finished .block", timeout=60_000)
    page.click("[data-regenerate] button")
    page.locator('.versions [aria-current="page"]').get_by_text("2").wait_for()
    expect(page.locator("#text-title")).to_be_in_viewport()


@BOTH_SIZES
def test_the_newest_question_comes_first(size: str, open_page: Callable[..., Page], live: Live) -> None:
    page = open_page(live.url, size)
    open_reading(page)
    for question in ("올해는 무엇을 배울까요?", "누구와 함께 일할까요?"):
        page.goto(re.sub(r"#.*", "", page.url) + ("" if page.url.endswith("ask/") else "ask/"))
        page.fill("#question", question)
        page.click("[data-ask] button[type=submit]")
        finished(page)
        expect(page.locator(".asked")).to_have_text(question)
        expect(page.locator(".asked")).to_be_in_viewport()
        expect(page.locator("#text-title")).to_be_in_viewport()
    earlier = page.locator(".earlier")
    expect(earlier.locator(".question")).to_have_text("올해는 무엇을 배울까요?")
    # Both at once: a page that finishes by being loaded anew is another one between two questions.
    assert page.evaluate(
        """() => {
            const box = (selector) => document.querySelector(selector).getBoundingClientRect();
            return box(".earlier").top >= box("#text").bottom;
        }"""
    )


@pytest.mark.parametrize("script", [True, False])
def test_the_same_birth_under_another_name_is_another_page(
    script: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, "phone", java_script_enabled=script)
    first = open_reading(page, name="하늘")
    second = open_reading(page, name="바다")
    expect(page.locator("h1")).to_contain_text("바다님의 사주")
    open_reading(page)
    expect(page.locator("h1")).to_contain_text("나의 사주")
    assert open_reading(page, name="바다") == second
    page.goto(first)
    expect(page.locator("h1")).to_contain_text("하늘님의 사주")


@BOTH_SIZES
@pytest.mark.parametrize("script", [True, False])
def test_a_reading_is_deleted_after_a_question_only(
    size: str, script: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=script)
    open_reading(page)
    page.goto("/fortune/history/")
    page.get_by_role("link", name=re.compile("^지우기")).click()
    expect(page.locator("h1")).to_have_text("이 풀이를 지울까요?")
    page.get_by_role("link", name="그대로 두기").click()
    expect(page.locator("main li.card")).to_have_count(1)
    page.get_by_role("link", name=re.compile("^지우기")).click()
    page.get_by_role("button", name="지우기").click()
    expect(page.locator(".messages")).to_contain_text("풀이를 지웠어요")
    expect(page.locator("main li.card")).to_have_count(0)


@BOTH_SIZES
def test_a_stopped_text_is_gone_on_with(size: str, writing: Callable[..., Page]) -> None:
    page = writing(size)
    page.locator(".block").nth(1).wait_for()
    stop(page)
    page.locator(".text.finished").wait_for()
    kept = page.locator("[data-blocks] div.block").all_text_contents()
    page.get_by_role("button", name="이어서 쓰기").click()
    page.locator("[data-stop-form]").wait_for()
    finished(page)
    # Of all parts: those further down are folded once the text is whole, and those of a stopped text are not.
    whole = page.locator("[data-blocks] div.block").all_text_contents()
    assert len("".join(whole)) > len("".join(kept)) and whole[0] == kept[0]
    assert page.locator("[data-retry]").is_hidden()


@BOTH_SIZES
@pytest.mark.parametrize("script", [True, False])
def test_every_reading_of_a_chart_leads_back_to_its_overview(
    script: bool, size: str, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=script)
    overview = open_reading(page, name="하늘")
    for what in ("오늘의 운세", "올해의 운세", "재물"):
        # Without scripts a page whose text is not whole loads itself again, and a press may be lost.
        page.wait_for_selector(FINISHED, state="attached", timeout=60_000)
        page.locator("#more").get_by_role("button", name=re.compile(f"^{what}")).click()
        page.wait_for_url(lambda address: "/readings/" in address and address != overview)
        page.wait_for_selector(FINISHED, state="attached", timeout=60_000)
        page.get_by_role("link", name="총평으로 돌아가기").click()
        page.wait_for_url(lambda address: address == overview)


@pytest.mark.parametrize("script", [True, False])
def test_a_reading_begins_with_a_sentence_and_its_text_and_is_nine_screens_long(
    script: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, "phone", java_script_enabled=script)
    open_reading(page, name="하늘")
    page.wait_for_selector(".text.finished .block", timeout=60_000)
    expect(page.locator(".gist")).to_have_text(re.compile("(예|이에)요.$"))
    assert page.locator(".words").inner_text().count(" · ") == 2
    assert page.locator(".chart-fold .minis").inner_text().split() == list("癸未庚辰辛巳庚午")
    first = page.locator(".part p").first.bounding_box()
    assert first and first["y"] <= 420
    assert page.locator("html").bounding_box()["height"] <= 9 * 844  # type: ignore[index]
    # The whole chart is one touch away, and a table.
    page.locator(".chart-fold > summary").click()
    expect(page.get_by_role("table", name=re.compile("원국표")).get_by_role("columnheader")).to_have_count(4)


@BOTH_SIZES
@pytest.mark.parametrize("script", [True, False])
def test_a_text_has_its_parts_with_a_line_each_and_the_first_two_open(
    size: str, script: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=script)
    open_reading(page)
    page.wait_for_selector(".text.finished .block", timeout=60_000)
    page.reload()
    parts = page.locator(".part")
    expect(parts).to_have_count(7)
    expect(page.locator(".part[open]")).to_have_count(2)
    for number in range(2, 7):
        part = parts.nth(number)
        assert part.get_by_role("heading", level=3).is_visible()
        assert len(part.locator(".line").inner_text()) > 10
        assert part.locator("p").first.is_hidden()
    parts.nth(4).locator("summary").first.click()
    expect(parts.nth(4).locator("p").first).to_be_visible()
    page.emulate_media(media="print")
    for number in range(7):
        expect(parts.nth(number).locator("p").first).to_be_visible()


def test_a_text_folds_what_its_reader_has_not_come_to_and_moves_nothing(writing: Callable[..., Page]) -> None:
    page = writing()
    page.locator(".part p").first.wait_for()
    lettered(page)
    top = page.locator(".part p").first.bounding_box()
    finished(page)
    expect(page.locator(".part[open]")).to_have_count(2)
    assert page.locator(".part p").first.bounding_box() == top
    folded = page.locator("[data-blocks]").inner_text()
    page.reload()
    assert page.locator("[data-blocks]").inner_text() == folded


@BOTH_SIZES
def test_a_letter_opens_the_part_that_rests_on_it(
    size: str, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size)
    open_reading(page)
    finished(page)
    for part in page.locator(".part").all():
        part.evaluate("e => { e.open = false }")
    open_chart(page)
    page.locator('.wonguk .tile[data-cell="day.stem"]').click()
    expect(page.locator(".block.lit").first).to_be_visible()


@pytest.mark.parametrize("locale", ["ko-KR", "en-GB"])
def test_the_head_of_a_page_is_one_row(locale: str, open_page: Callable[..., Page], live: Live) -> None:
    page = open_page(live.url, "phone", locale=locale)
    address = f"row{locale}@example.com".lower()
    Visitor(live).sign_up(address)
    for signed_in in (False, True):
        if signed_in:
            page.goto("/accounts/login/")
            page.fill("[name=login]", address)
            page.fill("[name=password]", PASSWORD)
            page.click("main form button[type=submit]")
            page.wait_for_url(lambda address: "/accounts/login/" not in address)
        for width in (360, 390):
            page.set_viewport_size({"width": width, "height": 780})
            page.goto("/fortune/")
            head = page.locator(".site-head").bounding_box()
            assert head and head["height"] <= 62, width
            last = {"ko-KR": ("로그인", "내 정보"), "en-GB": ("Sign in", "Profile")}[locale][signed_in]
            assert page.get_by_role("link", name=last).is_visible()


@BOTH_SIZES
@pytest.mark.parametrize("script", [True, False])
def test_the_timeline_shows_what_was_chosen(
    size: str, script: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=script)
    open_reading(page)
    page.wait_for_selector(".text.finished .block", timeout=60_000)
    page.goto(re.sub(r"#.*", "", page.url) + "?luck=8#luck")
    chosen = page.locator('[name="luck"][value="8"]')
    expect(chosen).to_have_attribute("aria-pressed", "true")
    middle = """e => { const strip = e.closest(".luck-strip").getBoundingClientRect(), own = e.getBoundingClientRect();
        return own.left >= strip.left && own.right <= strip.right; }"""
    assert chosen.evaluate(middle)


@pytest.mark.parametrize("script", [True, False])
def test_the_twelve_hours_are_linked_and_open(
    script: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, "phone", java_script_enabled=script)
    open_reading(page, time="")
    page.wait_for_selector(".text.finished .block", timeout=60_000)
    page.locator(".chart-fold > summary").click()
    page.get_by_role("link", name="열두 시를 비교해 보기").click()
    expect(page.locator("#hours h2")).to_be_in_viewport()
    expect(page.locator("#hours table")).to_be_visible()
    assert page.locator("#contents").get_by_role("link", name="시각에 따라 달라지는 것").is_visible()
