"""Sharing by the means of a browser, saved people, searched words, and pages without a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import arrive, fill_birth, finished, open_reading, send
from tests.server.harness import Live
from tests.server.visitor import PASSWORD, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

KAKAO = "https://t1.kakaocdn.net/**"


@pytest.fixture(scope="module")
def live(shared: Callable[..., Live]) -> Live:
    return shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="0", KAKAO_JS_KEY="key")


def link_to_a_reading(page: Page) -> str:
    """Make a link to a reading and return it."""
    open_reading(page)
    finished(page)
    page.get_by_role("link", name="공유하기").click()
    page.click("text=링크 만들기")
    page.wait_for_url("**/share/**")
    page.wait_for_load_state()  # the buttons do something once the scripts have run
    return page.locator(".links input[readonly]").input_value()


def test_a_link_goes_to_the_systems_own_sheet_where_there_is_one(page: Page):
    page.add_init_script("navigator.share = async (what) => { window.sent = what; };")
    link = link_to_a_reading(page)
    page.click("[data-system]")
    assert page.evaluate("window.sent.url") == link
    assert page.evaluate("window.sent.title") == "함께 보는 사주"


def test_without_such_a_sheet_a_link_is_copied(page: Page):
    page.add_init_script("delete Navigator.prototype.share;")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = link_to_a_reading(page)
    assert page.locator("[data-system]").is_hidden()
    page.click("[data-copy-link]")
    expect(page.locator("[data-announce]")).to_have_text("복사했어요")
    assert page.evaluate("navigator.clipboard.readText()") == link


def test_kakaotalk_is_asked_for_on_its_button_only_and_nothing_else_runs(page: Page, open_page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "kakaocdn" in request.url else None)
    page.route(KAKAO, lambda route: route.fulfill(body="window.Kakao = {};", content_type="text/javascript"))
    link_to_a_reading(page)
    assert not asked
    button = page.locator("[data-kakao]")
    button.click()
    # The file that came doesn't have the hash: it isn't run, and the button removes itself.
    expect(button).to_be_hidden()
    assert len(asked) == 1
    assert page.evaluate("typeof window.Kakao") == "undefined"
    assert page.locator("[data-copy-link]").is_visible()
    open_page.wrong.clear()  # the browser logs the refused file


def test_without_a_key_there_is_no_kakaotalk_button(
    open_page: Callable[..., Page], shared: Callable[..., Live]
):
    page = open_page(shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="0").url, "phone")
    link_to_a_reading(page)
    assert page.locator("[data-kakao]").count() == 0


def test_a_person_is_kept_with_the_forms_help_and_filled_in_by_one_touch(
    open_page: Callable[..., Page], live: Live
):
    Visitor(live).sign_up("mina@example.com")
    page = open_page(live.url, "phone")
    page.goto("/accounts/login/")
    page.fill("[name=login]", "mina@example.com")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login/" not in address)
    page.goto("/fortune/people/new/")
    expect(page.locator("[name=relation]")).to_have_value("")  # nobody is anything to the member beforehand
    page.select_option("[name=relation]", "friend")
    fill_birth(page, date="1988-06-15", time="", name="민준")
    page.uncheck('[name="time_unknown"]')
    page.locator("[data-hour-picker] summary").click()
    page.get_by_role("button", name="오시").click()
    assert page.input_value("[name=birth_time]") == "오시"
    expect(page.locator("[data-birth-check]")).to_contain_text("오후 1:32 · 오시")
    expect(page.locator("[data-birth-check]")).to_contain_text("음력으로 1988년 5월 2일")
    expect(page.locator("[data-birth-check]")).to_contain_text("서머타임")
    page.get_by_role("button", name="부산").click()
    page.click("main form.birth-form button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("저장했어요")
    saved = page.get_by_role("img", name="시주 갑오, 일주 신축, 월주 무오, 년주 무진")
    expect(saved).to_be_visible()
    assert saved.bounding_box()["width"] <= 390  # type: ignore[index]
    page.goto("/fortune/?new=1")
    page.get_by_role("link", name="민준").click()
    expect(page.locator("[data-people] [aria-current]")).to_contain_text("민준")
    assert page.input_value("[name=birth_date]") == "1988-06-15"
    assert page.input_value("[name=birth_time]") == "13:23"
    assert page.input_value("[name=birth_place]").startswith("부산")
    page.click(".submit button")
    expect(page.locator("h1")).to_contain_text("민준님의 사주")


def test_past_readings_begin_with_words_and_are_found_by_them(page: Page):
    open_reading(page, name="하늘")
    finished(page)
    page.goto("/fortune/history/")
    first = page.locator("main li.card").first
    assert "##" not in first.inner_text() and "[[" not in first.inner_text()
    page.get_by_role("searchbox").fill("하늘")
    page.keyboard.press("Enter")
    expect(page.locator("main li.card")).to_have_count(1)
    page.get_by_role("searchbox").fill("없는말없는말")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("찾는 풀이가 없어요")


def test_a_word_of_the_glossary_is_found_while_one_types(page: Page):
    page.goto("/fortune/glossary/")
    everything = page.locator(".glossary > div:visible").count()
    page.fill("[data-find]", "천간충")
    expect(page.locator(".glossary > div:visible dt").first).to_contain_text("천간충")
    assert 0 < page.locator(".glossary > div:visible").count() < 5 < everything
    page.fill("[data-find]", "없는말")
    expect(page.locator("[data-found]")).to_contain_text("없어요")


def test_two_people_have_one_me_and_each_their_own_corrections(page: Page):
    page.goto("/fortune/match/")
    page.check("input[name=relation][value=friends]", force=True)
    fill_birth(page, name="지우")
    fill_birth(page, date="1988-06-15", time="12:00", name="민준", prefix="other-")
    send(page)
    arrive(page)
    side = page.locator("#chart")
    expect(side.locator(".me")).to_have_count(1)
    assert [text.split()[2] for text in side.locator("summary").all_inner_texts()] == ["13:57", "10:27"]
    assert page.locator("#match details[open]").count() == 0


def test_without_a_network_a_page_says_so_and_keeps_nothing_else(open_page: Callable[..., Page], live: Live):
    page = open_page(live.url, "phone")
    page.goto("/fortune/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat()"""
    )
    assert kept[0] == "/offline/" and len(kept) == 2 and kept[1].endswith(".css")
    page.context.set_offline(True)
    page.goto("/fortune/history/")
    expect(page.locator("h1")).to_have_text("인터넷에 연결되지 않았어요")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).borderRadius") == "9px"
    open_page.wrong.clear()  # the browser logs that it is cut off
    page.context.set_offline(False)
    page.get_by_role("link", name="다시 열기").click()
    expect(page.locator("h1")).to_have_text("지난 풀이")


def test_devices_and_dates_are_told_as_people_tell_them(open_page: Callable[..., Page], live: Live):
    Visitor(live).sign_up("days@example.com")
    page = open_page(live.url, "phone")
    page.goto("/accounts/login/")
    page.fill("[name=login]", "days@example.com")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login/" not in address)
    page.goto("/accounts/sessions/")
    expect(page.locator(".sessions")).to_contain_text("Chrome · Linux")
    assert "Mozilla" not in page.locator("main").inner_text()
    page.goto("/fortune/favorites/")
    page.fill("[name=date]", page.evaluate("new Date(Date.now() + 40 * 864e5).toISOString().slice(0, 10)"))
    page.fill("[name=label]", "이사하는 날")
    page.click("main form button.primary")
    expect(page.locator("main li.card")).to_contain_text("일 남았어요")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_guest_is_forgotten_on_this_device(
    open_page: Callable[..., Page], live: Live, scripts: bool
) -> None:
    page = open_page(live.url, "phone", java_script_enabled=scripts)
    reading = open_reading(page)
    page.goto("/fortune/history/")
    page.get_by_role("link", name="이 기기에서 내 기록 지우기").click()
    expect(page.get_by_text("정말 모두 지울까요?")).to_be_visible()
    page.get_by_role("button", name="모두 지우기").click()
    expect(page.get_by_role("heading", name="모두 지웠어요")).to_be_visible()
    left = {cookie["name"] for cookie in page.context.cookies()}
    assert "guest" not in left, left
    answer = page.goto(reading)
    assert answer is not None and answer.status == 404
    open_page.wrong.clear()  # type: ignore[attr-defined]  # the browser logs the 404
