"""Measure how long a visitor on a slow phone waits, on a server that runs.

    make run                  # in one terminal
    python tools/speed.py     # in another; other addresses as arguments are measured in turn with it

It prints the medians of the first text of the form and of a reading (LCP), the layout shift of both, and the slowest event
of those that a reader of a reading makes: at 390 × 844, 1.6 Mbit/s, 150 ms and a processor slowed four times. Nothing is
kept between visits. Other work of the machine counts, so only figures taken in turn compare.
"""

from __future__ import annotations

import shutil
import sys
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

VISITS = 5
LINE: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
WATCH: Final = """
window.seen = {text: 0, shift: 0, events: []};
const watch = (type, take, options) => new PerformanceObserver((list) => list.getEntries().forEach(take))
    .observe({type, buffered: true, ...options});
watch("largest-contentful-paint", (entry) => { seen.text = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch("event", (entry) => { if (entry.interactionId) seen.events.push(entry.duration); },
    {durationThreshold: 16});
"""
# The touches of a reader on a finished reading, in this order.
TOUCHES: Final = (
    ".chart-fold > summary", ".wonguk .tile[data-cell='day.stem']", ".wonguk .term", ".popover .close",
    ".part:nth-of-type(3) > summary", ".part .evidence > summary", ".part .evidence[open] .chip",
    "#facts .fold > summary", "#strength .fold > summary", "#luck .fold > summary", "#luck [name=luck][value='2']",
)  # fmt: skip


def write(browser: Browser, base: str) -> tuple[str, Any]:
    """Return the address of a finished reading, and the cookies of the visitor whose it is."""
    page = browser.new_page(base_url=base, locale="ko-KR")
    page.goto("/fortune/")
    page.locator('[name="gender"][value="female"]').press("Space")
    page.fill('[name="birth_date"]', "1990-05-15")
    page.fill('[name="birth_time"]', "14:30")
    page.click(".submit button")
    page.wait_for_url("**/readings/**")
    page.wait_for_selector(".text.finished .block", timeout=120_000)
    address, state = page.url, page.context.storage_state()
    page.context.close()
    return address, state


def visit(browser: Browser, address: str, state: Any) -> Page:
    """Open a page for the first time, on the slow phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="ko-KR",
        storage_state=state,
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    return page


def touch_all(page: Page) -> list[tuple[float, str]]:
    """Touch what a reader touches; return the time of its slowest event with each."""
    took = []
    for target in TOUCHES:
        found = page.locator(target).first
        found.scroll_into_view_if_needed()
        page.wait_for_timeout(400)
        page.evaluate("seen.events = []")
        found.tap()
        page.wait_for_timeout(900)
        took.append((max(page.evaluate("seen.events"), default=0.0), target))
    return took


def main(bases: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome")
        )
        written = {base: write(browser, base) for base in bases}
        seen: dict[tuple[str, str], list[float]] = {}
        for _ in range(VISITS):
            for base, (reading, state) in written.items():
                for name, address in (("form", f"{base}/fortune/?new=1"), ("reading", reading)):
                    page = visit(browser, address, state)
                    told = page.evaluate("seen")
                    seen.setdefault((base, f"{name}: first text, ms"), []).append(told["text"])
                    seen.setdefault((base, f"{name}: layout shift"), []).append(told["shift"])
                    if name == "reading":
                        for took, event in touch_all(page):
                            seen.setdefault((base, f"event, ms: {event}"), []).append(took)
                    page.context.close()
        browser.close()
    for (base, what), values in sorted(seen.items()):
        print(f"{base}  {what:55} {median(values):8.3f}   {' '.join(f'{value:.4g}' for value in values)}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["http://127.0.0.1:8000"])
