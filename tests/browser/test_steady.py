"""Text that has been shown stays in place through broken connections, a worker's death and a refresh.

A script in the page observes every mutation and frame: the visible text must only grow, and must not move.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.line import Line
from tests.browser.steps import HeldLetters, blocks, finished, open_reading
from tests.fakes.fake import FakeProvider
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

WRITING, RECONNECTING = "글을 쓰고 있어요", "다시 연결하고 있어요"
POLLING, DONE = "연결이 불안정해서 5초마다 확인하고 있어요", "다 썼어요"
WATCH = """
const seen = window.seen = {texts: [], lines: [], moved: [], shifts: []};
const tops = new Map();
// What can be read, without what is added to a block when it closes, and without signs that Markdown turns into form.
function read(text) {
    const blocks = text.querySelector("[data-blocks]").cloneNode(true);
    for (const added of blocks.querySelectorAll(".evidence, .line, .contradiction-note")) added.remove();
    const words = blocks.textContent + "\\n" + text.querySelector("[data-tail]").textContent;
    return text.checkVisibility() ? words.replace(/^ *(•|\\d+\\.( |$)|\\d+$)/gm, "").replace(/\\s+/g, "") : "";
}
function look() {
    const text = document.querySelector("[data-text]");
    if (!document.querySelector("[data-problem]")) return;
    const words = read(text);
    if (words !== seen.texts.at(-1)) seen.texts.push(words);
    const line = document.querySelector("[data-status-text]")?.textContent;
    if (line !== seen.lines.at(-1)) seen.lines.push(line);
}
// Only where there is a frame: before the styles are there, nothing is shown and everything stands elsewhere.
function measure() {
    for (const block of document.querySelectorAll("[data-text] .block")) {
        if (!block.checkVisibility({contentVisibilityAuto: true})) continue; // in a part that was folded out of sight
        const top = Math.round(block.getBoundingClientRect().top + scrollY);
        if (!tops.has(block)) tops.set(block, top);
        else if (Math.abs(tops.get(block) - top) > 1) {
            // Parts below the window are folded at the end: what stands behind them moves where nobody looks.
            const inSight = Math.min(tops.get(block), top) - scrollY < innerHeight;
            if (inSight) seen.moved.push([block.textContent.slice(0, 20), tops.get(block), top]);
            tops.set(block, top);
        }
    }
}
new MutationObserver(look).observe(document, {childList: true, characterData: true, subtree: true});
// Text that is hidden or shown by a style alone is no mutation; to read all of it at each frame would keep a core busy.
let visible = null;
(function frame() {
    const now = document.querySelector("[data-text]")?.checkVisibility();
    if (now !== visible) look();
    visible = now;
    requestAnimationFrame(() => { measure(); frame(); });
})();
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) continue;
        const where = entry.sources.map(({node}) => node?.className || node?.nodeName);
        seen.shifts.push([Math.round(entry.value * 1e4) / 1e4, where]);
    }
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def model() -> Iterator[FakeProvider]:
    """A model that sends Markdown in pieces."""
    with FakeProvider("text=markdown,interval=0.04,count=500,delay=0.5") as fake:
        yield fake


@pytest.fixture(scope="module")
def live(serve: Callable[..., Live], model: FakeProvider) -> Live:
    """Two workers."""
    return serve(
        AI_PROVIDERS="deepseek", DEEPSEEK_API_KEY="k", DEEPSEEK_BASE_URL=model.url,
        RATELIMIT_ENABLE="False", WEB_CONCURRENCY="2",
    )  # fmt: skip


@pytest.fixture
def line(live: Live) -> Iterator[Line]:
    line = Line(live.port)
    yield line
    line.close()


@pytest.fixture
def watch(open_page: Callable[..., Page], line: Line) -> Iterator[Callable[[str], Page]]:
    """Open a page that records what changes in it."""
    pages: list[Page] = []

    def watch(size: str = "desktop") -> Page:
        page = open_page(line.url, size)
        page.add_init_script(WATCH)
        pages.append(page)
        return page

    yield watch
    for page in pages:
        page.close()
    open_page.wrong.clear()  # type: ignore[attr-defined]  # the browser logs what was cut off


def grows(page: Page) -> None:
    """Wait until clearly more text is visible."""
    length = "(window.seen?.texts.at(-1) ?? '').length"
    page.wait_for_function(f"(least) => {length} >= least", arg=page.evaluate(length) + 80)


def grew_in_steps(page: Page) -> None:
    """Wait until so many states of the text have been seen that they say whether it only grew."""
    page.wait_for_function("() => seen.texts.length > 5 || document.querySelector('.text.finished')")


def hurried(page: Page, model: FakeProvider) -> None:
    """Have the model send the rest at once, and wait until the text is complete."""
    grew_in_steps(page)
    model.hurry()
    finished(page)


def only_grew(page: Page, *, before: str = "") -> dict[str, Any]:
    """Return the page's own record, in which no text was taken away or repeated, and none moved."""
    seen: dict[str, Any] = page.evaluate("seen")
    for text in seen["texts"]:
        assert text.startswith(before)
        before = text
    assert len(seen["texts"]) > 5
    assert seen["moved"] == []
    assert sum(shift for shift, _ in seen["shifts"]) < 0.1, seen["shifts"]
    return seen


def writer_of(live: Live) -> int:
    """Return the process that writes the newest reading."""
    (row,) = live.query("SELECT worker FROM streams_run ORDER BY created_at DESC LIMIT 1")
    return int(row[0].rsplit("-", 2)[1])


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_text_only_grows_through_cuts_a_workers_death_and_a_refresh(
    size: str, watch: Callable[[str], Page], live: Live, line: Line, model: FakeProvider
) -> None:
    page = watch(size)
    open_reading(page)
    grows(page)
    for _ in range(3):
        line.cut()
        grows(page)
    os.kill(writer_of(live), signal.SIGKILL)
    grows(page)
    seen = only_grew(page)
    # Once per cut, and once more if the page was connected to the worker that died.
    assert seen["lines"] in ([WRITING, *[RECONNECTING, WRITING] * times] for times in (3, 4))
    page.reload()
    grows(page)
    hurried(page, model)
    page.wait_for_timeout(200)
    seen = only_grew(page, before=seen["texts"][-1])
    assert seen["lines"] == [WRITING, DONE]
    streamed = blocks(page)
    page.reload()
    assert blocks(page) == streamed
    # Taken over once, and never begun anew.
    rows = live.query("SELECT epoch, fence, status FROM streams_run ORDER BY created_at DESC LIMIT 1")
    assert rows == [(1, 2, "done")]


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_letters_that_arrive_late_move_nothing(size: str, watch: Callable[[str], Page]) -> None:
    page = watch(size)
    open_reading(page)
    grows(page)
    letters = HeldLetters(page)
    page.reload(wait_until="domcontentloaded")
    grows(page)
    letters.release()
    grows(page)
    only_grew(page)


def test_text_stays_while_nobody_gets_through_and_goes_on_afterwards(
    watch: Callable[[], Page], line: Line, model: FakeProvider
) -> None:
    page = watch()
    open_reading(page)
    page.evaluate("window.same = true")
    grows(page)
    line.open = False
    line.cut()
    page.wait_for_function("(line) => seen.lines.at(-1) === line", arg=POLLING)
    line.open = True
    grows(page)
    hurried(page, model)
    seen = only_grew(page)
    assert seen["lines"] == [WRITING, RECONNECTING, POLLING, WRITING, DONE]
    assert page.evaluate("window.same"), "the page had to be loaded again"


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_line_that_goes_silent_is_noticed_and_the_text_flows_again(
    size: str, watch: Callable[[str], Page], line: Line, model: FakeProvider
) -> None:
    page = watch(size)
    open_reading(page)
    grows(page)
    line.mute()
    page.evaluate("window.same = true")
    page.wait_for_function("(line) => seen.lines.includes(line)", arg=RECONNECTING, timeout=30_000)
    grows(page)
    hurried(page, model)
    assert only_grew(page)["lines"] == [WRITING, RECONNECTING, WRITING, DONE]
    assert page.evaluate("window.same"), "the page had to be loaded again"


def gone_silent(page: Page, line: Line) -> Page:
    """Return the page with a text begun, its clock in the test's hand and its line silent."""
    page.clock.install()
    open_reading(page)
    grows(page)
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)
    line.mute()
    return page


def test_a_silent_line_is_given_up_within_twenty_seconds_of_the_pages_clock(
    watch: Callable[[], Page], line: Line, model: FakeProvider
) -> None:
    """Time stands still in the page but for the seconds that the test gives it, however busy the machine is."""
    page = gone_silent(watch(), line)
    before = page.evaluate("seen.texts.at(-1)")
    page.clock.run_for(8000)  # a heartbeat that comes late is no silence
    assert page.evaluate("seen.lines") == [WRITING]
    assert page.evaluate("seen.texts.at(-1)").startswith(before)
    page.clock.run_for(5000)
    grows(page)
    page.clock.resume()
    hurried(page, model)
    assert only_grew(page)["lines"] == [WRITING, RECONNECTING, WRITING, DONE]


@pytest.mark.parametrize("event", ["visibilitychange", "pageshow", "online"])
def test_a_page_that_wakes_up_goes_on_at_once_from_the_last_id(
    event: str, watch: Callable[[], Page], line: Line, model: FakeProvider
) -> None:
    page = gone_silent(watch(), line)
    page.clock.run_for(7000)  # longer than between two heartbeats, and too short for the watchdog
    assert page.evaluate("seen.lines") == [WRITING]
    with page.expect_request("**/events*") as asked:
        page.evaluate("(name) => (name[0] === 'v' ? document : window).dispatchEvent(new Event(name))", event)
    assert re.search(r"&after=1-[1-9]\d*$", asked.value.url)
    grows(page)
    page.clock.resume()
    hurried(page, model)
    assert only_grew(page)["lines"] == [WRITING, DONE]


def test_a_refresh_shows_at_once_what_is_written(watch: Callable[[], Page], line: Line) -> None:
    page = watch()
    open_reading(page)
    grows(page)
    before = page.evaluate("seen.texts.at(-1)")
    page.route("**/events*", lambda route: route.abort())  # without its stream
    page.reload()
    assert page.evaluate("seen.texts[0]").startswith(before)
    assert page.locator("[data-skeleton]").is_hidden()
    assert page.locator("[data-progress]").evaluate("bar => bar.value") > 0


def test_a_tab_comes_to_its_own_end_though_another_was_faster(
    watch: Callable[[], Page], line: Line, model: FakeProvider
) -> None:
    page = watch()
    open_reading(page)
    slow = page.context.new_page()
    slow.add_init_script(WATCH)
    slow.add_init_script(
        """new MutationObserver((_, observer) => {
            const root = document.querySelector("[data-reading]");
            if (!root) return;
            observer.disconnect();
            root.dataset.events += "&late";
        }).observe(document, {childList: true, subtree: true});"""
    )
    slow.goto(page.url)
    slow.evaluate("window.same = true")
    page.locator(".block").nth(3).wait_for()
    grew_in_steps(slow)
    line.keeps_late = True
    hurried(page, model)
    assert slow.locator(".text.finished").count() == 0
    line.keeps_late = False
    finished(slow)
    assert slow.evaluate("window.same"), "the tab was loaded again instead of being told the end"
    only_grew(slow)
    assert blocks(slow) == blocks(page)


def test_a_page_cut_off_between_the_last_text_and_the_end_is_told_the_end(
    watch: Callable[[], Page], model: FakeProvider
) -> None:
    page = watch()
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            return route.continue_()
        model.hurry()
        whole = route.fetch(timeout=60_000).text()  # to its end
        after_the_text = whole.index("\n\n", whole.rindex("event: text")) + 2
        return route.fulfill(content_type="text/event-stream", body="retry: 10\n\n" + whole[:after_the_text])

    page.route("**/events*", answer)
    open_reading(page)
    page.evaluate("window.same = true")
    finished(page)
    assert page.evaluate("window.same"), "the page had to be loaded again"
    assert page.evaluate("seen.lines") == [WRITING, RECONNECTING, WRITING, DONE]
    assert len(asked) == 2
    streamed = blocks(page)
    page.reload()
    assert blocks(page) == streamed
