"""The weight and stability of pages: bytes, requests, layout shifts, no third parties."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.steps import FINISHED, arrive, begin, fill_birth, finished, open_reading
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

BUDGET = 100 * 1024
FONTS = 120 * 1024
SHIFTS = """window.shifts = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});"""


def weigh(page: Page, path: str) -> tuple[int, int, int]:
    """Return (bytes without fonts, bytes of fonts, requests) of a first visit.

    They are as production sends them: style sheets, scripts and pages compressed.
    """
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    fonts = other = 0
    for answer in answers:
        body = answer.body()
        size = len(body) if answer.url.endswith((".png", ".woff2")) else len(gzip.compress(body))
        if ".woff2" in answer.url:
            fonts += len(body)
        else:
            other += size
    return other, fonts, len(answers)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_first_page_is_light(size: str, open_page: Callable[..., Page], live: Live):
    weight, fonts, requests = weigh(open_page(live.url, size), "/fortune/")
    print(f"{weight / 1024:.1f} KB, fonts {fonts / 1024:.1f} KB, {requests} requests")
    assert weight <= BUDGET
    assert fonts <= FONTS
    assert requests <= 16


def test_a_page_waits_for_one_style_sheet_which_imports_nothing(page: Page):
    reading = open_reading(page)
    finished(page)
    for path in ("/about/", "/fortune/", reading):
        page.goto(path)
        (sheet,) = page.locator('link[rel="stylesheet"]:not([media])').all()
        answer = page.request.get(sheet.get_attribute("href") or "")
        assert answer.headers["content-encoding"] in ("br", "gzip")
        assert "immutable" in answer.headers["cache-control"]
        assert "@import" not in answer.text()


def test_a_reading_asks_for_no_letters_before_its_style_sheet(page: Page):
    preload = page.locator('link[rel="preload"][as="font"]')
    reading = open_reading(page)
    finished(page)
    page.goto("/fortune/")
    expect(preload).to_have_count(1)  # two files have all letters of the form
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reading, wait_until="networkidle")
    expect(preload).to_have_count(0)
    kinds = [url.rpartition(".")[2] for url in asked]
    assert "woff2" not in kinds or kinds.index("css") < kinds.index("woff2")


def test_nobody_else_is_asked(page: Page, live: Live):
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    begin(page)  # by the form, which may ask nobody else either
    finished(page)
    page.goto("/fortune/match/")
    assert hosts == {urlsplit(live.url).netloc}


def test_nothing_jumps_in_the_form(page: Page):
    page.add_init_script(SHIFTS)
    page.goto("/fortune/", wait_until="networkidle")
    assert page.evaluate("shifts") < 0.1


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_nothing_jumps_above_the_reader_while_a_text_is_written(
    size: str, open_page: Callable[..., Page], unhurried: Live
):
    page = open_page(unhurried.url, size)
    page.add_init_script(SHIFTS)
    open_reading(page)
    text = "document.querySelector('[data-text]').getBoundingClientRect().top + scrollY"
    top = page.evaluate(text)
    finished(page)
    assert page.evaluate(text) == top
    assert page.evaluate("shifts") < 0.25


@pytest.mark.parametrize("time", ["14:30", ""])
def test_a_finished_reading_is_at_most_800_elements(time: str, open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "phone")
    open_reading(page, name="하늘", time=time)
    finished(page)
    page.reload()
    assert page.locator("*").count() <= 800


@pytest.mark.parametrize("script", [True, False])
def test_what_is_folded_is_there_when_it_is_opened_and_on_paper(
    script: bool, open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone", java_script_enabled=script)
    open_reading(page)
    page.wait_for_selector(FINISHED, timeout=60_000)
    parts = {f"#{name}": ":is(li, tr)" for name in ("facts", "elements", "gods", "strength", "relations")}
    parts["#luck"] = ".fold li"
    for part, row in parts.items():
        page.locator(f"{part} .fold > summary").click()
        expect(page.locator(f"{part} {row}").first).to_be_visible()
    # A term of it explains itself, as those that were there from the beginning.
    term = page.locator("#strength .term").first
    assert term.get_attribute("role") == ("button" if script else None)
    page.reload()
    page.emulate_media(media="print")
    for part, row in parts.items():
        expect(page.locator(f"{part} {row}").first).to_be_visible()


def test_what_opens_is_painted_alone_on_a_screen_and_flows_on_paper(page: Page):
    open_reading(page)
    finished(page)
    part = page.locator(".part").first
    style = "(part) => [getComputedStyle(part).contain, getComputedStyle(part).overflowClipMargin]"
    assert sorted(part.evaluate(style)[0].split()) in (["content"], ["layout", "paint", "style"])
    assert part.evaluate(style)[1] == "16px", "a ring of focus is seen outside"
    page.emulate_media(media="print")
    assert part.evaluate(style)[0] == "none"


def test_a_letter_is_lit_by_a_resting_mouse_and_not_before_a_finger_has_touched_it(
    open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone")
    open_reading(page)
    finished(page)
    page.locator(".chart-fold > summary").click()
    tile = page.locator(".wonguk .tile[data-cell='day.stem']")
    tile.dispatch_event("pointerenter", {"pointerType": "touch"})
    expect(page.locator(".wonguk .lit")).to_have_count(0)
    tile.dispatch_event("pointerenter", {"pointerType": "mouse"})
    expect(page.locator(".wonguk .lit")).not_to_have_count(0)
    tile.dispatch_event("pointerleave", {"pointerType": "mouse"})
    expect(page.locator(".wonguk .lit")).to_have_count(0)
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".wonguk .lit")).not_to_have_count(0)


def test_the_form_can_be_sent_twice_and_makes_one_reading(page: Page):
    page.goto("/fortune/")
    fill_birth(page)
    page.locator(".submit button").dblclick()
    arrive(page)
    finished(page)
    page.goto("/fortune/history/")
    assert page.locator('main a[href*="/fortune/readings/"]').count() == 1


def test_it_can_be_kept_on_a_phone(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "phone")
    page.goto("/fortune/")
    manifest = page.request.get(page.locator('link[rel="manifest"]').get_attribute("href") or "")
    assert manifest.headers["content-type"].startswith("application/manifest+json")
    kept = manifest.json()
    assert kept["display"] == "standalone"
    for icon in kept["icons"]:
        assert page.request.get(icon["src"]).status == 200
