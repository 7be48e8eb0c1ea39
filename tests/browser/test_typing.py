"""Typing a birth: the input method's keys, Back after sending, a phone without a network, what is said at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.line import Line
from tests.browser.steps import arrive, begin, choose, fill_birth, finished, send
from tests.conftest import CHROMIUM, PATIENCE
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

OPTION = '[role="listbox"] [role="option"]'
LETTERS = ".wonguk .tile .hanja"
KEYS = """
window.keys = [];
addEventListener("keydown", (event) => keys.push([event.key, event.keyCode, event.isComposing]), true);
addEventListener("submit", () => { window.sent = true; }, true);
"""


class InputMethod:
    """A Hangul input method: syllables are composed in the focused field, and committed."""

    def __init__(self, page: Page) -> None:
        self._cdp = page.context.new_cdp_session(page)

    def compose(self, *steps: str) -> None:
        """Compose a syllable step by step: ㅇ, 우, 원."""
        for text in steps:
            self._key("Process", 229)
            self._cdp.send(
                "Input.imeSetComposition",
                {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
            )

    def commit(self, text: str) -> None:
        self._cdp.send("Input.insertText", {"text": text})

    def enter(self) -> None:
        """Press Enter while a syllable is composed: the key of the input method, which commits with it."""
        self._key("Enter", 229)

    def _key(self, key: str, code: int) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self._cdp.send(
                "Input.dispatchKeyEvent", {"type": kind, "key": key, "windowsVirtualKeyCode": code}
            )


def test_enter_that_ends_a_syllable_neither_chooses_nor_sends(page: Page):
    page.add_init_script(KEYS)
    page.goto("/fortune/")
    fill_birth(page)
    place = page.locator("[name=birth_place]")
    place.fill("")
    place.focus()
    hangul = InputMethod(page)
    hangul.compose("ㅅ", "수")
    hangul.commit("수")
    hangul.compose("ㅇ", "우", "원")
    expect(page.locator(OPTION).first).to_contain_text("경기 수원시")
    hangul.enter()
    assert page.evaluate("keys.at(-1)") == ["Enter", 229, True]
    assert place.input_value() == "수원"
    expect(page.locator(OPTION).first).to_be_visible()
    hangul.commit("원")
    assert place.input_value() == "수원"
    assert page.evaluate("window.sent") is None
    place.press("Enter")
    assert place.input_value() == "경기 수원시"
    assert page.evaluate("window.sent") is None
    place.press("Enter")
    arrive(page)
    expect(page.locator("main")).to_contain_text("127.0")  # the longitude of 수원, and not that of 서울


def test_a_key_229_after_the_syllable_is_still_the_input_methods(page: Page):
    """Safari ends the composition first, and then tells of the key."""
    page.add_init_script(KEYS)
    page.goto("/fortune/")
    fill_birth(page)
    place = page.locator("[name=birth_place]")
    place.fill("수원")
    expect(page.locator(OPTION).first).to_contain_text("경기 수원시")
    place.evaluate(
        """field => field.dispatchEvent(new KeyboardEvent("keydown",
        {key: "Enter", keyCode: 229, bubbles: true, cancelable: true}))"""
    )
    assert place.input_value() == "수원" and page.evaluate("window.sent") is None


def test_enter_does_not_choose_from_the_list_of_an_earlier_word(page: Page):
    page.goto("/fortune/")
    place = page.locator("[name=birth_place]")
    place.fill("부산")
    expect(page.locator(OPTION).first).to_contain_text("부산")
    held: list[Route] = []
    is_held = True
    page.route(
        f"**{place.get_attribute('data-places')}",
        lambda route: held.append(route) if is_held else route.continue_(),
    )
    place.fill("수원")
    while not held:
        page.wait_for_timeout(20)
    place.press("Enter")  # before the new list is there
    is_held = False
    for route in held:
        route.continue_()
    expect(page.locator(OPTION).first).to_contain_text("경기 수원시")
    place.press("Enter")
    assert place.input_value() == "경기 수원시"
    assert page.url.endswith("/fortune/")


@pytest.fixture(scope="module", params=[True, False], ids=["kept whole", "loaded again"])
def navigator(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Browser]:
    """Give a browser that keeps pages for Back (bfcache), and one that doesn't, as Playwright's own."""
    if not request.param:
        yield browser
        return
    keeping = browser.browser_type.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        ignore_default_args=["--disable-back-forward-cache"],
    )  # fmt: skip
    yield keeping
    keeping.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_back_after_sending_restores_all_and_the_corrected_form_casts_the_right_chart(
    navigator: Browser, live: Live, scripts: bool
):
    context = navigator.new_context(base_url=live.url, locale="ko-KR", java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/fortune/")
    fill_birth(page, date="1990년 5월 15일", time="오후 2시 반", name="지우")
    choose(page, '[name="gender"][value="male"]')
    page.fill("[name=birth_place]", "부산")
    page.click(".hero h1")  # the list of places closes
    send(page)
    arrive(page)
    first = page.url
    assert page.locator(LETTERS).all_text_contents() == list("癸庚辛庚未辰巳午")
    page.go_back(wait_until="commit")  # a page that was kept whole is not loaded
    page.wait_for_selector("[name=birth_date]")
    typed = {
        name: page.input_value(f"[name={name}]")
        for name in ("name", "birth_date", "birth_time", "birth_place")
    }
    assert typed == {
        "name": "지우", "birth_date": "1990년 5월 15일", "birth_time": "오후 2시 반", "birth_place": "부산",
    }  # fmt: skip
    assert page.is_checked('[name="gender"][value="male"]')
    assert page.is_enabled(".submit button")
    page.fill("[name=birth_date]", "1990년 5월 16일")
    send(page)
    arrive(page)
    assert page.url != first
    assert page.locator(LETTERS).all_text_contents() == list("乙辛辛庚未巳巳午")
    context.close()


def test_a_form_sent_without_a_network_is_kept_and_says_so_and_works_again(page: Page, open_page: Any):
    page.goto("/fortune/")
    fill_birth(page, date="1990-05-15", time="14:30", name="지우")
    page.context.set_offline(True)
    page.click(".submit button")
    notice = page.locator("[data-offline]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("적은 내용은 그대로")
    assert notice.get_attribute("role") == "alert"
    assert page.url.endswith("/fortune/")
    assert page.input_value("[name=birth_time]") == "14:30" and page.input_value("[name=name]") == "지우"
    page.context.set_offline(False)
    expect(notice).to_be_hidden()
    open_page.wrong.clear()  # the browser logs what it could not ask meanwhile
    send(page)
    arrive(page)
    expect(page.locator("h1")).to_contain_text("지우")


def test_a_form_sent_over_a_dead_line_is_kept(open_page: Any, live: Live) -> None:
    """The browser believes that it is online, but nothing answers."""
    line = Line(live.port)
    page = open_page(line.url, "phone")
    page.goto("/fortune/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    fill_birth(page, date="1990-05-15", time="14:30", name="지우")
    line.open = False
    line.cut()
    page.click(".submit button")
    expect(page.locator("h1")).to_have_text("인터넷에 연결되지 않았어요")
    expect(page.locator("main")).to_contain_text("뒤로 가면 그대로")
    line.open = True
    page.go_back()
    assert page.input_value("[name=birth_time]") == "14:30" and page.input_value("[name=name]") == "지우"
    open_page.wrong.clear()  # the browser logs what it could not ask meanwhile
    send(page)
    arrive(page)
    expect(page.locator("h1")).to_contain_text("지우")
    page.close()
    line.close()


def test_without_scripts_a_page_says_which_half_of_the_day_was_taken(open_page: Any, live: Live) -> None:
    page = open_page(live.url, "phone", java_script_enabled=False)
    begin(page, time="2시")
    expect(page.locator(".messages")).to_contain_text("오전으로 봤어요")
    page.reload()
    assert page.locator(".messages").count() == 0
    begin(page, time="오후 2시")
    assert page.locator(".messages").count() == 0


def test_what_was_understood_is_said_at_once_and_another_half_of_the_day_offered(page: Page):
    page.goto("/fortune/")
    fill_birth(page, date="900515", time="2시")
    said = page.locator("[data-birth-check]")
    expect(said).to_contain_text("1990년 5월 15일 화요일 · 오전 2:00 · 축시")
    assert said.get_attribute("aria-live") == "polite"
    page.get_by_role("button", name="오후 2:00인가요?").click()
    assert page.input_value("[name=birth_time]") == "14:00"
    expect(said).to_contain_text("오후 2:00 · 미시")
    expect(page.locator("[data-other-time]")).to_be_hidden()


def test_digits_alone_make_a_time_as_on_the_keypad_of_an_iphone(page: Page):
    page.goto("/fortune/")
    for name in ("birth_date", "birth_time"):
        assert page.locator(f"[name={name}]").get_attribute("inputmode") == "numeric"
    expect(page.locator("#id_birth_time-hint")).to_contain_text("숫자만")
    page.locator("[name=birth_date]").press_sequentially("19900515")
    page.locator("[name=birth_time]").press_sequentially("1430")
    assert page.input_value("[name=birth_time]") == "14:30"
    expect(page.locator("[data-birth-check]")).to_contain_text("1990년 5월 15일 화요일 · 오후 2:30 · 미시")


def test_one_error_stands_beside_its_field_and_goes_with_what_was_wrong(page: Page, open_page: Any):
    page.goto("/fortune/")
    fill_birth(page, date="1990-02-30", time="14:30")
    page.locator("[name=birth_date]").blur()
    wrong = page.locator(".field-error")
    expect(wrong).to_have_count(1)
    assert page.locator(".field", has=page.locator("[name=birth_date]")).locator(".field-error").count() == 1
    page.click(".submit button")
    page.wait_for_selector(".error-summary")
    open_page.wrong.clear()  # the browser logs the 422
    expect(page.locator("[data-birth-check]")).to_be_empty()
    expect(wrong).to_have_count(1)
    page.fill("[name=birth_date]", "1990-02-28")
    expect(wrong).to_have_count(0)
    expect(page.locator("[data-birth-check]")).to_contain_text("2월 28일")
    page.fill("[name=birth_place]", "여주군")
    page.locator("[name=birth_place]").blur()
    expect(page.locator("[data-place-check]")).to_have_text("경기 여주시의 경도로 봐요.")
    send(page)
    arrive(page)


def test_after_recovery_the_status_says_done_and_it_is_announced(
    open_page: Callable[..., Page], unhurried: Live
):
    page = open_page(unhurried.url, "phone")
    refused: list[str] = []

    def answer(route: Any) -> None:
        refused.append(route.request.url)
        route.abort() if len(refused) <= 3 else route.continue_()

    page.route("**/events*", answer)
    begin(page)
    expect(page.locator("[data-status-text]")).to_contain_text("5초마다")
    finished(page)
    open_page.wrong.clear()  # type: ignore[attr-defined]  # the browser logs what was cut off
    expect(page.locator("[data-status-line]")).to_contain_text("다 썼어요")
    announced = page.get_by_role("status").filter(has_text="답변 완료")
    expect(announced).to_have_count(1)
