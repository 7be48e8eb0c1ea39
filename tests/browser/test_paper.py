"""A printed reading: no heading stands alone at the end of a sheet, and no card is cut in two.

It is a PDF that is read, made by the browser itself: where a sheet ends, no style sheet tells.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.paper import HEADINGS, cut, lonely_headings, printed
from tests.browser.steps import FINISHED, open_match, open_reading
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Rows, figures and the lists of what a chart says are a reading's cards; paragraphs may go on overleaf.
CARDS = frozenset({"Table", "TR", "LI", "Figure", "H1", "H2", "H3"})
SHEETS = {
    "A4": {"format": "A4"},
    "letter": {"format": "Letter"},
    "across": {"format": "A4", "landscape": True},
}
# A heading in a summary is told to readers as the summary's words, and so is not written down as a heading.
AS_HEADINGS = """() => {
    for (const summary of document.querySelectorAll("summary:has(h2, h3)")) {
        summary.role = "heading";
        summary.ariaLevel = "3";
    }
}"""


@pytest.fixture(scope="module")
def kept(live: Live, browser: Any) -> tuple[Any, dict[str, str]]:
    """Return a visitor's cookies, and the addresses of a reading, of one without an hour, and of one of two people."""
    context = browser.new_context(base_url=live.url, locale="ko-KR")
    page = context.new_page()
    readings = {}
    for name, time in (("full", "14:30"), ("no hour", "")):
        readings[name] = open_reading(page, name="지우", time=time)
        page.wait_for_selector(FINISHED, timeout=60_000)
    open_match(page)
    page.wait_for_selector(FINISHED, timeout=60_000)
    readings["two people"] = page.url
    state = context.storage_state()
    context.close()
    return state, readings


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("what", ["full", "no hour", "two people"])
def test_no_heading_ends_a_sheet_and_no_card_is_cut(
    what: str,
    scripts: bool,
    kept: tuple[Any, dict[str, str]],
    open_page: Callable[..., Page],
    live: Live,
) -> None:
    state, readings = kept
    page = open_page(live.url, "phone", storage_state=state, java_script_enabled=scripts)
    page.goto(readings[what])
    page.evaluate(AS_HEADINGS)
    for name, sheet in SHEETS.items():
        document = printed(page.pdf(tagged=True, **sheet))  # type: ignore[arg-type]
        contents = list(document.contents())
        assert max(number for number, _ in contents) > 2
        assert sum(heading for _, heading in contents) > 8
        assert lonely_headings(document) == [], name
        assert cut(document, CARDS) == [], name


@pytest.mark.parametrize(
    ("path", "headings"),
    [
        ("days/?day=2026-11-23", 3),
        ("days/?month=2026-08", 1),
        ("years/?year=2027", 5),
        ("schools/", 2),
        ("schools/?day_change=00:00&clock=apparent", 4),
    ],
)
def test_what_stands_beside_a_reading_is_printed_as_well(
    path: str, headings: int, kept: tuple[Any, dict[str, str]], open_page: Callable[..., Page], live: Live
) -> None:
    state, readings = kept
    page = open_page(live.url, "phone", storage_state=state)
    page.goto(readings["full"].partition("#")[0] + path)
    for name, sheet in SHEETS.items():
        document = printed(page.pdf(tagged=True, **sheet))  # type: ignore[arg-type]
        found = [piece for piece in document.walk() if piece.kind in HEADINGS and list(piece.contents())]
        assert len(found) == headings, name
        assert lonely_headings(document) == [], name
        assert cut(document, CARDS) == [], name
    page.emulate_media(media="print")
    assert not [one for one in page.locator("main :is(.button, select, .back)").all() if one.is_visible()]


def test_a_lonely_heading_and_a_cut_table_are_seen(page: Page) -> None:
    """The reader of the PDF itself: it must be able to find what is looked for above."""
    page.goto("about:blank")
    page.set_content("<p>.</p><h2 style='break-after: page'>Alone</h2><p>.</p>")
    assert lonely_headings(printed(page.pdf(tagged=True))) == [1]
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(150))
    page.set_content(f"<h2>A table</h2><table>{rows}</table>")
    document = printed(page.pdf(tagged=True))
    assert lonely_headings(document) == []
    assert [kind for kind, _ in cut(document, CARDS)] == ["Table"]
