"""Every page: axe in light and dark, narrow and wide; headings, hanja, targets; 320 pixels, and twice the size.

A page is loaded once for all that is asked of it at one size of a window.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.axe import Violations, violations, violations_in_all_schemes
from tests.browser.steps import FINISHED, choose, fill_birth, finished, open_match, open_reading
from tests.conftest import SIZES
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLAIN = (
    "/fortune/", "/fortune/match/", "/fortune/pillars/", "/fortune/glossary/", "/about/", "/accuracy/", "/privacy/", "/view/",
    "/fortune/history/", "/accounts/login/", "/accounts/signup/", "/offline/",
)  # fmt: skip
OF_A_READING = (
    "", "days/", "days/?day=2026-11-29", "years/", "schools/", "schools/?day_change=00:00&hidden=plain", "ask/", "share/",
    "text/", "verdicts/",
)  # fmt: skip
NOWHERE = "/nowhere/"
# Hanja outside an element that says so. A text that is read as a whole (a field's) can't be marked.
UNMARKED_HANJA = r"""() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node; (node = walker.nextNode()); ) {
        const within = node.parentElement;
        if (!/[\u3400-\u9fff]/.test(node.data) || within.closest("script, template, textarea")) continue;
        if (!within.closest('[lang="ko-Hani"]')) found.push(node.data.trim().slice(0, 40));
    }
    return found;
}"""
# Words that are drawn over other words. The middle of a letter counts: lines may touch each other.
OVERLAPS = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const boxes = [];
    for (let node; (node = walker.nextNode()); ) {
        const within = node.parentElement;
        if (!node.data.trim() || !within.checkVisibility({visibilityProperty: true})) continue;
        if (within.closest(".visually-hidden, .bar, .skip, .submit, svg, .scroll-x, .luck-strip, .cities")) continue;
        if (getComputedStyle(within).textOverflow === "ellipsis") continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const {left, right, top, bottom} of range.getClientRects()) {
            const edge = 0.28 * (bottom - top);
            if (right - left > 2) boxes.push([left, right, top + edge, bottom - edge, node.data.trim().slice(0, 20)]);
        }
    }
    const apart = (a, b) => a[1] - b[0] < 2 || b[1] - a[0] < 2 || a[3] - b[2] < 1 || b[3] - a[2] < 1;
    return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => !apart(a, b)).map((b) => `${a[4]} | ${b[4]}`));
}"""


# Elements that are too small to touch. WCAG 2.2: 24 pixels, or a label of that size. A link inside a sentence is exempt,
# a word of the glossary isn't.
SMALL = """() => [...document.querySelectorAll("button, select, summary, a, input, [role=button]")]
    .filter((e) => e.checkVisibility() && (e.matches(".term") || !e.closest("p, li, dd, .hint")))
    .map((e) => [e, (e.matches(":is([type=radio], [type=checkbox])") ? e.closest("label") : e)])
    .map(([e, target]) => [e, target.getBoundingClientRect()])
    .filter(([e, {width, height}]) => width > 1 && (width < 24 || height < 24))
    .map(([e, {width, height}]) => `${e.textContent.trim().slice(0, 20)} ${width}×${height}`)"""
WIDTH = "document.documentElement.scrollWidth"
IS_LARGE = "(is) => { document.documentElement.style.fontSize = is ? '200%' : '' }"
# 320 CSS pixels are also a 640-pixel window at 200 % zoom.
NARROW = (320, 640)


@pytest.fixture(scope="module")
def visited(live: Live, browser: Any) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """Return the cookies of a visitor, the address of a finished reading of an unknown hour, and further addresses.

    These are the day's reading, one of two people, and what was shared of the first: the page of its text, that of its day pillar, and
    the form that meets the latter.
    """
    context = browser.new_context(base_url=live.url, locale="ko-KR")
    page = context.new_page()
    open_reading(page, time="", name="지우")
    finished(page)
    reading, shared = page.url, []
    page.click('#more [value="daily"]')
    page.wait_for_url(lambda address: "/readings/" in address and address != reading)
    page.wait_for_selector(FINISHED, state="attached", timeout=60_000)
    day = page.url
    open_match(page)
    finished(page)
    match = page.url
    for shown in ("reading", "day"):
        page.goto(reading + "share/")
        page.check(f'[name="shown"][value="{shown}"]')
        page.click("text=링크 만들기")
        links = {field.input_value() for field in page.locator(".links input[readonly]").all()}
        shared += links - set(shared)
    page.goto(shared[-1])
    page.get_by_role("link", name="나와 궁합 보기").click()
    shared.append(page.url)
    state = context.storage_state()
    context.close()
    return state, reading, (day, match, *shared)


def unfold(page: Page) -> None:
    """Open whatever can be opened, and have built what is built when its reader comes near, as before printing."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def meet(page: Page, address: str) -> None:
    """Show how an own chart meets the day pillar that was shared."""
    page.goto(address)
    fill_birth(page)
    page.click(".submit button")
    page.locator(".two-scenes").wait_for()


def every_page(visited: tuple[Any, str, tuple[str, ...]]) -> tuple[str, ...]:
    _, reading, shared = visited
    return (*PLAIN, *(reading + part for part in OF_A_READING), *shared)


def resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})


def malformed(page: Page) -> list[Any]:
    """Return what is wrong with the headings' levels, with ids, and with hanja."""
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((e) => +e.tagName[1])")
    wrong: list[Any] = []
    if levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise([0, *levels])):
        wrong.append(levels)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    wrong += [name for name in ids if not re.fullmatch(r"[A-Za-z][\w-]*", name) or ids.count(name) > 1]
    return wrong + page.evaluate(UNMARKED_HANJA)


def covered_or_wide(page: Page) -> list[Any]:
    """Return the words that cover others, and the page's width if it scrolls sideways."""
    width = page.evaluate(WIDTH)
    return page.evaluate(OVERLAPS) + ([width] if width > page.viewport_size["width"] else [])  # type: ignore[index]


def wrong_when_folded(page: Page) -> list[Any]:
    """Return what is wrong at 320 pixels, and at twice the size of all words, before anything is opened."""
    resize(page, *NARROW)
    width = page.evaluate(WIDTH)
    wrong = [width] if width > NARROW[0] else []
    resize(page, *SIZES["phone"])
    page.evaluate(IS_LARGE, True)
    wrong += covered_or_wide(page)
    page.evaluate(IS_LARGE, False)
    return wrong


def wrong_at_twice_the_size(page: Page) -> list[Any]:
    page.evaluate(IS_LARGE, True)
    # No colour is another for the size: one element of each kind is enough.
    return covered_or_wide(page) + violations(page, colours="kinds")


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_page_is_for_everybody(
    size: str, part: int, visited: tuple[Any, str, Any], open_page: Callable[..., Page], live: Live
):
    """In four parts, so that a slow machine has time for each."""
    state, reading, _ = visited
    # Without movement, or a colour would be asked for on its way from one scheme to the next.
    page = open_page(live.url, size, storage_state=state, bypass_csp=True, reduced_motion="reduce")
    wrong: list[tuple[str, Violations | list[Any]]] = []
    for path in (*every_page(visited), NOWHERE)[part::4]:
        page.goto(path)
        if size == "phone":
            wrong.append((path, wrong_when_folded(page)))
        if path == reading:  # as it is found, with most of it folded
            wrong.append((path, violations_in_all_schemes(page)))
        unfold(page)
        wrong.append((path, violations_in_all_schemes(page)))
        if size == "phone":
            wrong.append((path, malformed(page) + page.evaluate(SMALL)))
            wrong.append((path, wrong_at_twice_the_size(page)))
    open_page.wrong.clear()  # type: ignore[attr-defined]  # the browser logs the 404
    assert not [found for found in wrong if found[1]]


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_meeting_of_two_charts_is_for_everybody(
    size: str, visited: tuple[Any, str, Any], open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, size, storage_state=visited[0], bypass_csp=True, reduced_motion="reduce")
    meet(page, visited[2][-1])
    assert not violations_in_all_schemes(page)
    if size == "phone":
        assert not wrong_at_twice_the_size(page)


def test_no_page_scrolls_sideways_at_320_pixels_in_large_letters(
    visited: tuple[Any, str, Any], open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone", viewport={"width": 320, "height": 640}, storage_state=visited[0])
    page.goto("/view/")
    choose(page, '[name="text"][value="large"]')
    page.click("main button[type=submit]")
    wide = []
    for path in every_page(visited):
        page.goto(path)
        width = page.evaluate(WIDTH)
        if width > 320:
            wide.append((path, width))
    assert not wide
