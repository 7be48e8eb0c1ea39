"""The steps of visitors that the tests of pages share."""

from __future__ import annotations

import contextlib
import re
import time
from typing import TYPE_CHECKING

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

FINISHED = ".text.finished .block"
# The scripts' additions to the server's HTML.
ADDED = re.compile(
    r' (data-lit|aria-pressed|aria-haspopup|aria-expanded|role|tabindex|class|open)="[^"]*"|(?<=<span class="line">)[^<]*'
)


def fill_birth(
    page: Page, *, date: str = "1990-05-15", time: str = "14:30", name: str = "", prefix: str = ""
) -> None:
    """Fill in one person's birth moment."""
    if name:
        page.fill(f'[name="{prefix}name"]', name)
    choose(page, f'[name="{prefix}gender"][value="female"]')
    page.fill(f'[name="{prefix}birth_date"]', date)
    if time:
        page.fill(f'[name="{prefix}birth_time"]', time)
    else:
        page.check(f'[name="{prefix}time_unknown"]')


def choose(page: Page, radio: str) -> None:
    """Choose a radio button by the keyboard: a click could miss it while a notice above makes room for itself."""
    page.locator(radio).press("Space")


def send(page: Page) -> None:
    """Send the form by the keyboard: letters that appear above its button move it away from a click."""
    page.locator(".submit button").press("Enter")


def arrive(page: Page) -> None:
    """Wait for the reading's page. A worker that is late on a busy machine refuses a form: it is sent once more."""
    again, by_itself = page.locator("[data-again] button"), page.locator("[data-again-note]")
    end = time.monotonic() + 120
    while "/readings/" not in page.url:
        assert time.monotonic() < end, f"{page.url}: {page.inner_text('body')}"
        if (
            again.is_visible() and by_itself.is_hidden()
        ):  # it has no scripts, or not yet, and may go on by itself
            with contextlib.suppress(Error):
                again.click(timeout=1_000)
        page.wait_for_timeout(200)
    page.wait_for_load_state("domcontentloaded")


def begin(page: Page, **birth: str) -> str:
    """Submit the form and return the address of the reading that is being written."""
    page.goto("/fortune/")
    fill_birth(page, **birth)
    send(page)
    arrive(page)
    return page.url


def open_reading(page: Page, *, name: str = "", date: str = "1990-05-15", time: str = "14:30") -> str:
    """Send what the form would send, open the reading that is being written, and return its address.

    For tests of what comes after the form: to draw it and to fill it in costs as much as a reading itself.
    """
    kind = {"topic": "", "mode": "general"}
    return _open_sent(page, "/fortune/", _birth(name=name, date=date, time=time) | kind)


def open_match(page: Page) -> str:
    """Open the reading of two people, as `open_reading`."""
    other = _birth(name="민준", date="1988-06-15", time="12:00", prefix="other-")
    return _open_sent(page, "/fortune/match/", {"relation": "friends"} | _birth(name="지우") | other)


def _birth(
    *, name: str, date: str = "1990-05-15", time: str = "14:30", prefix: str = ""
) -> dict[str, str | float | bool]:
    fields = {
        "name": name, "gender": "female", "calendar": "solar", "birth_date": date, "birth_place": "서울",
        "clock": "mean", "day_change": "23:00", "fold": "0",
    } | ({"birth_time": time} if time else {"time_unknown": "on"})  # fmt: skip
    return {prefix + field: value for field, value in fields.items()}


def _open_sent(page: Page, form: str, fields: dict[str, str | float | bool]) -> str:
    """Send a form with the page's cookies, and again while a worker that is late refuses it."""
    end = time.monotonic() + 120
    while True:
        tokens = [one["value"] for one in page.context.cookies() if one["name"] == "csrftoken"]
        if not tokens:
            page.request.get("/accounts/login/")
            continue
        answer = page.request.post(form, form=fields, headers={"X-CSRFToken": tokens[0]}, max_redirects=0)
        if answer.status != 503:
            break
        assert time.monotonic() < end, answer.text()
        page.wait_for_timeout(1000 * int(answer.headers["retry-after"]))
    assert answer.status in (302, 303), answer.text()
    page.goto(answer.headers["location"])
    return page.url


def stop(page: Page) -> None:
    """Stop the text by the keyboard, at once: a click waits until what grows above the button leaves it in its place."""
    page.locator("[data-stop-form] button").press("Enter")


def finished(page: Page) -> None:
    """Wait until the text is complete."""
    page.wait_for_selector(FINISHED, timeout=60_000)


def blocks(page: Page) -> str:
    """Return the text's HTML without what scripts add to it."""
    return ADDED.sub("", page.locator("[data-blocks]").inner_html())


def open_chart(page: Page) -> None:
    """Open the 원국표 where only its eight letters stand."""
    summary = page.locator(".chart-fold > summary")
    if summary.is_visible():
        summary.click()


def lettered(page: Page) -> None:
    """Wait until the letters of what is shown are there: tests/browser/test_letters.py holds what they may move."""
    page.evaluate("() => document.fonts.ready.then(() => null)")


class HeldLetters:
    """Holds back the files of letters that a page asks for, until ``release``."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held: list[Route] = []
        self._holds = True
        page.route("**/*.woff2", self._answer)

    def _answer(self, route: Route) -> None:
        if self._holds:
            self._held.append(route)
        else:
            route.continue_()

    def release(self) -> None:
        """Let them come, and wait until they are in use."""
        assert self._held
        self._holds = False
        for route in self._held:
            route.continue_()
        self._page.wait_for_load_state("load")
        lettered(self._page)
        self._page.unroute("**/*.woff2")
