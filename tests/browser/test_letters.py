"""Letters that arrive after the words have been shown: nothing moves, and no line breaks elsewhere.

The files of letters are held back until the page stands in the fonts of this machine, and then let go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.steps import HeldLetters, finished, open_match, open_reading
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

SHEET = "**/*reading*.css"
# Two functions of the page: `remember` notes how many pieces of lines each visible box has and how high it is, `differing`
# returns whatever is higher or lower since, though neither it nor anything in it has more or fewer pieces.
BOXES = """
function boxes() {
    return [...document.querySelectorAll("main *")]
        .filter((box) => box.checkVisibility({contentVisibilityAuto: true}) && !box.closest("svg"))
        .filter((box) => !["inline", "contents"].includes(getComputedStyle(box).display));
}
function measured(box) {
    const words = document.createRange();
    words.selectNodeContents(box);
    return {pieces: words.getClientRects().length, height: box.getBoundingClientRect().height};
}
window.remember = () => {
    window.remembered = new Map(boxes().map((box) => [box, measured(box)]));
};
window.differing = () => {
    const found = [];
    const broken = boxes().filter((box) => measured(box).pieces !== remembered.get(box).pieces);
    for (const [box, {height}] of remembered) {
        const now = measured(box).height;
        // What stands in a row is as high as the highest beside it.
        const row = /table-row|grid|flex/.test(getComputedStyle(box.parentElement).display) ? box.parentElement : box;
        if (Math.abs(now - height) <= 0.25 || broken.some((other) => row.contains(other))) continue;
        found.push([box.parentElement.className, box.localName, box.className, box.textContent.trim().slice(0, 20), height, now]);
    }
    return found;
};"""
# How high each visible paragraph is.
PARAGRAPHS = """[...document.querySelectorAll("[data-text] :is(p, li)")]
    .filter((words) => words.checkVisibility({contentVisibilityAuto: true}))
    .map((words) => Math.round(words.getBoundingClientRect().height))"""


def ask(page: Page) -> None:
    page.goto(page.url + "ask/")
    page.locator("[data-suggest]").first.click()
    page.click("[data-ask] button[type=submit]")
    page.locator(".asked").wait_for()


def read_today(page: Page) -> None:
    page.click('#more [value="daily"]')
    page.locator(".two-days").wait_for()


def pages_of(page: Page) -> list[str]:
    """Return the addresses of a reading, its day, a question and a 궁합, all finished."""
    open_reading(page, name="지우")
    overview = page.url
    found = [overview]
    for go in (ask, read_today):
        page.goto(overview)
        go(page)
        found.append(page.url)
    open_match(page)
    found.append(page.url)
    for address in found:
        page.goto(address)
        page.wait_for_selector(".text.finished .block", state="attached")
    return found


def show_letters_late(page: Page, address: str, first: Callable[[], None]) -> None:
    """Load a page, call `first` while it stands without its letters, and let them come."""
    letters = HeldLetters(page)
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_function("document.fonts.status === 'loading'")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    first()
    letters.release()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("locale", ["ko-KR", "en-GB"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_line_is_as_high_in_any_font(
    size: str, locale: str, open_page: Callable[..., Page], live: Live
) -> None:
    """Another font stands in for ours, and only words that need more or fewer lines change a height."""
    page = open_page(live.url, size, locale=locale)
    page.add_init_script(BOXES)
    addresses = pages_of(page)

    def without_near(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('local("', 'local("no '))

    page.route(SHEET, without_near)
    for address in addresses:
        show_letters_late(page, address, lambda: page.evaluate("remember()"))
        assert page.evaluate("remembered.size") > 50
        assert page.evaluate("differing()") == []


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_noto_sans_breaks_its_lines_where_ours_does(
    size: str, open_page: Callable[..., Page], live: Live
) -> None:
    """Of the paragraphs, one in six at most: signs differ in width a little, and a line may be full to the last pixel."""
    page = open_page(live.url, size)
    kept: list[bool] = []
    for go in (open_reading, open_match):
        go(page)
        finished(page)
        before: list[list[int]] = []
        show_letters_late(page, page.url, lambda found=before: found.append(page.evaluate(PARAGRAPHS)))
        kept += [was == now for was, now in zip(before[0], page.evaluate(PARAGRAPHS), strict=True)]
    near = page.evaluate(
        "[...document.fonts].filter(({family}) => family.endsWith('Near')).map(({status}) => status)"
    )
    assert near
    if "loaded" not in near:
        pytest.skip("no Noto Sans on this machine")
    assert len(kept) > 15
    assert kept.count(False) <= len(kept) / 6
