"""Accessibility of every page: axe in light and dark, narrow and wide, by keyboard alone, without colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.steps import (
    FINISHED,
    arrive,
    choose,
    fill_birth,
    finished,
    open_chart,
    open_match,
    open_reading,
    send,
)
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
UNSCHEMED: dict[str, Any] = {"color_scheme": "light", "forced_colors": "none"}
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}
# All rules that a colour can break, of those that axe asks by itself.
OF_COLOURS = ("color-contrast", "link-in-text-block")
# axe, which reads each colour only once: a page has a dozen, named by thousands of elements, and reading them took a
# third of the time.
AXE = (
    AXE_SCRIPT
    + """
;(() => {
    const { Color } = axe.commons.color, parse = Color.prototype.parseString, known = new Map();
    Color.prototype.parseString = function (text) {
        const { r, g, b, alpha } = known.get(text) ?? known.set(text, parse.call(new Color(), text)).get(text);
        return Object.assign(this, { r, g, b, alpha });
    };
})()"""
)
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


def violations(page: Page, *rules: str) -> list[tuple[str, str, str]]:
    """Return what breaks one of these rules, or any: the rule's name, the page's address and the element."""
    # Of what is right only the names of the rules: their elements would take as long as the search for what is wrong.
    options: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [(rule["id"], page.url, node["html"][:200]) for rule in found for node in rule["nodes"]]


def violations_in_all_schemes(page: Page) -> list[tuple[str, str, str]]:
    """Ask all rules in light, and in the other schemes those of colours.

    All rules are asked there too where a page is not the same for a screen reader.
    """
    found, read_aloud = [], None
    for scheme in SCHEMES.values():
        page.emulate_media(**{**UNSCHEMED, **scheme})
        aloud = page.locator("body").aria_snapshot()
        found += violations(page, *(OF_COLOURS if aloud == read_aloud else ()))
        read_aloud = read_aloud or aloud
    page.emulate_media(**UNSCHEMED)
    return found


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


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_axe_finds_nothing(
    size: str, visited: tuple[Any, str, Any], open_page: Callable[..., Page], live: Live
):
    state, reading, shared = visited
    # Without movement, or a colour would be asked for on its way from one scheme to the next.
    page = open_page(live.url, size, storage_state=state, bypass_csp=True, reduced_motion="reduce")
    found = []
    for path in (*every_page(visited), NOWHERE):
        page.goto(path)
        if path == reading:  # as it is found, with most of it folded
            found += violations_in_all_schemes(page)
        unfold(page)
        found += violations_in_all_schemes(page)
    meet(page, shared[-1])
    found += violations_in_all_schemes(page)
    open_page.wrong.clear()  # the browser logs the 404
    assert not found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_while_a_text_is_written_when_it_is_stopped_nor_in_a_form_with_errors(
    scheme: str, open_page: Callable[..., Page], shared: Callable[..., Live]
):
    slow = shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="3")  # it is still written when axe has looked
    page = open_page(slow.url, "phone", bypass_csp=True, **SCHEMES[scheme])
    open_reading(page)
    page.wait_for_selector(".block")
    assert not violations(page)
    page.click("[data-stop-form] button")
    finished(page)
    assert not violations(page)
    page.goto("/fortune/?new=1")
    page.fill("[name=birth_date]", "")
    page.click(".submit button")
    page.wait_for_selector(".error-summary")
    open_page.wrong.clear()  # the browser logs the 422
    assert not violations(page)


def test_at_twice_the_size_axe_finds_nothing_and_no_words_cover_others(
    visited: tuple[Any, str, Any], open_page: Callable[..., Page], live: Live
):
    state, _, shared = visited
    page = open_page(live.url, "phone", storage_state=state, bypass_csp=True)
    covered, wide, found = [], [], []
    for path in every_page(visited):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        for is_open in (False, True):
            if is_open:
                unfold(page)
            covered += [(path, words) for words in page.evaluate(OVERLAPS)]
            width = page.evaluate("document.documentElement.scrollWidth")
            wide += [(path, width)] if width > 390 else []
        found += violations(page)
    meet(page, shared[-1])
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    covered += [("meet", words) for words in page.evaluate(OVERLAPS)]
    found += violations(page)
    assert not covered
    assert not wide
    assert not found


def test_headings_descend_ids_are_plain_and_hanja_is_marked(
    visited: tuple[Any, str, Any], open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone", storage_state=visited[0])
    wrong: list[tuple[str, Any]] = []
    for path in every_page(visited):
        page.goto(path)
        unfold(page)
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((e) => +e.tagName[1])"
        )
        if levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise([0, *levels])):
            wrong.append((path, levels))
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        wrong += [
            (path, name) for name in ids if not re.fullmatch(r"[A-Za-z][\w-]*", name) or ids.count(name) > 1
        ]
        wrong += [(path, words) for words in page.evaluate(UNMARKED_HANJA)]
    assert not wrong


def test_what_is_chosen_is_seen_in_forced_colours(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "phone", forced_colors="active")
    page.goto("/view/")
    style = "e => getComputedStyle(e.closest('label')).outlineStyle"
    for radio in page.locator(".segments input").all():
        assert radio.evaluate(style) == ("solid" if radio.is_checked() else "none")


@pytest.mark.parametrize("text", ["normal", "large"])
def test_no_page_scrolls_sideways_at_320_pixels(
    text: str, visited: tuple[Any, str, Any], open_page: Callable[..., Page], live: Live
):
    """320 CSS pixels are also a 640-pixel window at 200 % zoom."""
    page = open_page(live.url, "phone", viewport={"width": 320, "height": 640}, storage_state=visited[0])
    page.goto("/view/")
    choose(page, f'[name="text"][value="{text}"]')
    page.click("main button[type=submit]")
    wide = []
    for path in every_page(visited):
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append((path, width))
    assert not wide


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


def test_targets_are_large_enough_to_touch(
    visited: tuple[Any, str, Any], open_page: Callable[..., Page], live: Live
):
    """WCAG 2.2: 24 pixels, or a label of that size. A link inside a sentence is exempt, a word of the glossary isn't."""
    page = open_page(live.url, "phone", storage_state=visited[0])
    small = []
    for path in every_page(visited):
        page.goto(path)
        unfold(page)
        small += page.evaluate(
            """() => [...document.querySelectorAll("button, select, summary, a, input, [role=button]")]
            .filter((e) => e.checkVisibility() && (e.matches(".term") || !e.closest("p, li, dd, .hint")))
            .map((e) => [e, (e.matches(":is([type=radio], [type=checkbox])") ? e.closest("label") : e)])
            .map(([e, target]) => [e, target.getBoundingClientRect()])
            .filter(([e, {width, height}]) => width > 1 && (width < 24 || height < 24))
            .map(([e, {width, height}]) => `${location.pathname} ${e.textContent.trim().slice(0, 20)} ${width}×${height}`)"""
        )
    assert not small


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
