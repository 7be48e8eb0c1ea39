"""Take the pictures of docs/screenshots from a server that runs.

    make run                      # in one terminal
    python tools/docs/screenshots.py   # in another; another address as the argument

The birth in them is nobody's. Every page on a phone and a desktop, the main ones in the dark and in English.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools import browsers  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
TALLEST = 6000  # a whole page is cut here
UNSTUCK = ".bar, .strip, .submit .button { position: static !important; }"
STYLE = "rules => { const own = new CSSStyleSheet(); own.replaceSync(rules); document.adoptedStyleSheets = [own]; }"
IN_README = ("form-phone", "evidence-phone", "shared-phone")


class Camera:
    """A camera for one window: it writes name-size-theme-language.webp."""

    def __init__(self, page: Page, suffix: str) -> None:
        self.page, self.suffix = page, suffix

    def take(self, name: str, *, whole: bool = False) -> None:
        # On a whole page, what stays at the edge of a window stands in its place.
        self.page.evaluate(STYLE, UNSTUCK if whole else "")
        self.page.wait_for_timeout(300)
        shot = Image.open(io.BytesIO(self.page.screenshot(full_page=whole))).convert("RGB")
        shot = shot.crop((0, 0, shot.width, min(shot.height, TALLEST)))
        shot.save(FOLDER / f"{name}-{self.suffix}.webp", quality=84, method=6)


def begin(page: Page, *, time: str) -> None:
    """From the form to a reading that is being written."""
    page.goto("/fortune/?new=1")
    page.fill('[name="name"]', "지우")
    page.check('[name="gender"][value="female"]', force=True)
    page.fill('[name="birth_date"]', "1990-05-15")
    if time:
        page.fill('[name="birth_time"]', time)
    page.wait_for_timeout(800)


def main_path(page: Page, camera: Camera) -> str:
    """Form, writing, reading; returns the reading's address."""
    begin(page, time="14:30")
    camera.take("form", whole=True)
    page.click(".submit button")
    page.wait_for_url("**/readings/**")
    page.locator(".block").nth(2).wait_for()
    camera.take("writing")
    finish(page)
    page.reload()
    camera.take("reading", whole=True)
    evidence = page.locator("details.evidence").first
    evidence.locator("summary").click()
    page.evaluate("window.scrollTo(0, 0)")
    camera.take("evidence")
    return page.url


def finish(page: Page) -> None:
    page.wait_for_selector(".text.finished .block", timeout=120_000)


def everything_else(page: Page, camera: Camera, reading: str) -> None:
    for name, path in (
        ("home", "/fortune/"), ("days", reading + "days/"), ("match-form", "/fortune/match/"),
        ("schools", reading + "schools/?day_change=00:00&clock=standard"), ("history", "/fortune/history/"),
        ("settings", "/view/"), ("accuracy", "/accuracy/"),
    ):  # fmt: skip
        page.goto(path)
        camera.take(name, whole=True)
    today(page, camera, reading)
    sharing(page, camera, reading)
    questions(page, camera, reading)
    begin(page, time="")
    page.click(".submit button")
    page.wait_for_url("**/readings/**")
    finish(page)
    page.evaluate("document.querySelector('#hours').scrollIntoView({behavior: 'instant'})")
    camera.take("unknown-hour")


def today(page: Page, camera: Camera, reading: str) -> None:
    page.goto(reading)
    page.click('#more [value="daily"]')
    page.wait_for_url(lambda url: url != reading)
    finish(page)
    page.reload()
    camera.take("today", whole=True)


def sharing(page: Page, camera: Camera, reading: str) -> None:
    """The sender's page, what a recipient sees, and how the two meet."""
    page.goto(reading + "share/")
    page.click(".birth-form button[type=submit]")
    camera.take("share", whole=True)
    page.goto(page.locator("[data-share]").first.get_attribute("data-share") or "")
    camera.take("shared", whole=True)
    page.click('a[href$="meet/"]')
    page.check('[name="gender"][value="male"]', force=True)
    page.fill('[name="birth_date"]', "1988-11-03")
    page.fill('[name="birth_time"]', "09:10")
    page.click(".submit button")
    page.wait_for_selector(".meeting")
    camera.take("meeting", whole=True)


def questions(page: Page, camera: Camera, reading: str) -> None:
    page.goto(reading + "ask/")
    page.locator("[data-suggest]").first.click()
    page.click("[data-ask] button[type=submit]")
    finish(page)
    camera.take("question", whole=True)
    page.fill("#question", "요즘 너무 힘들어서 죽고 싶어요")
    page.click("[data-ask] button[type=submit]")
    page.wait_for_selector('main a[href="tel:109"]')
    page.evaluate("window.scrollTo(0, 0)")
    camera.take("care")


def window(
    browser: Browser, base: str, size: str, work: Callable[[Page, Camera], None], *, dark: bool = False,
    language: str = "ko",
) -> None:  # fmt: skip
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": height},
        locale={"ko": "ko-KR", "en": "en-GB"}[language],
        color_scheme="dark" if dark else "light",
        device_scale_factor=1.5 if size == "phone" else 1,
    )
    suffix = size + ("-dark" if dark else "") + ("-en" if language == "en" else "")
    page = context.new_page()
    work(page, Camera(page, suffix))
    context.close()


def main(base: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=["--no-sandbox"])
        for size in SIZES:
            window(
                browser,
                base,
                size,
                lambda page, camera: everything_else(page, camera, main_path(page, camera)),
            )
            window(browser, base, size, lambda page, camera: void(main_path(page, camera)), dark=True)
            window(browser, base, size, lambda page, camera: void(main_path(page, camera)), language="en")
        browser.close()
    readme()
    for path in sorted(FOLDER.glob("*.webp")):
        print(f"{path.stat().st_size / 1024:7.1f} KB  {path.name}")


def readme() -> None:
    """Three phones side by side, for the first page of the repository."""
    width, height = SIZES["phone"]
    edge = 24
    sheet = Image.new("RGB", (len(IN_README) * (width + edge) + edge, height + 2 * edge), "#e6e1da")
    for n, name in enumerate(IN_README):
        whole = Image.open(FOLDER / f"{name}.webp")
        top = whole.crop((0, 0, whole.width, whole.width * height // width)).resize((width, height))
        sheet.paste(top, (edge + n * (width + edge), edge))
    sheet.quantize(256, kmeans=2).save(FOLDER / "readme.png", optimize=True)


def void(_address: str) -> None:
    """A reading's address that isn't needed."""


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
