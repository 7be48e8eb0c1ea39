"""The page when a model is silent, breaks off or is wrong, and its label of the provider."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.steps import finished, open_reading, stop
from tests.fakes.fake import FakeProvider
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page


def model(serve: Callable[..., Live], fake: FakeProvider, **patience: str) -> Live:
    """Start a server with one model and no other provider, patient except as told."""
    timeouts = {f"AI_{name}_TIMEOUT": "60" for name in ("FIRST_TOKEN", "IDLE", "TOTAL")}
    environ = timeouts | patience
    return serve(AI_PROVIDERS="deepseek", DEEPSEEK_API_KEY="k", DEEPSEEK_BASE_URL=fake.url, **environ)


def test_a_silent_model_is_told_with_one_button_and_costs_nothing(
    serve: Callable[..., Live], open_page: Callable[..., Page]
):
    with FakeProvider("chaos=silence") as fake:
        page = open_page(model(serve, fake, AI_FIRST_TOKEN_TIMEOUT="0.5").url, "phone")
        open_reading(page)
        expect(page.locator("[data-problem] p")).to_be_visible()
        expect(page.get_by_role("button", name="다시 시도")).to_be_visible()
        assert page.locator("[data-stop-form]").count() == 0
        page.reload()
        expect(page.locator("[data-status-line]")).to_contain_text("이용 횟수는 돌려드렸어요")
        expect(page.get_by_role("button", name="다시 시도")).to_be_visible()
        assert page.locator(".chart-fold .minis").is_visible()


def test_a_text_that_broke_off_is_kept_marked_and_gone_on_with(
    serve: Callable[..., Live], open_page: Callable[..., Page]
):
    with FakeProvider("chaos=stall,at=60,count=90,interval=0.01,times=1,id=x") as fake:
        # A first token that a busy machine brings late would be a failure before the text, and the model asked again
        # whole: nothing would break off.
        page = open_page(model(serve, fake, AI_IDLE_TIMEOUT="2").url, "phone")
        open_reading(page)
        again = page.get_by_role("button", name="이어서 쓰기")
        expect(again).to_be_visible()
        page.reload()
        expect(page.locator("[data-status-line]")).to_contain_text("중간에 끊겼어요")
        kept = page.locator("[data-blocks]").inner_text()
        assert kept.strip()
        again.click()
        finished(page)
        expect(page.locator(".ai-label")).to_have_text("AI가 생성")
        page.reload()
        whole = page.locator("[data-blocks]").inner_text()
        assert whole.startswith(kept.strip()[:40]) and len(whole) > len(kept)
        expect(page.locator(".made-by")).to_contain_text("deepseek")
        expect(page.locator(".made-by")).to_contain_text("명식 엔진")


def test_the_page_says_beforehand_and_afterwards_who_writes(page: Page):
    page.goto("/fortune/")
    expect(page.locator(".submit")).to_contain_text("생성형 AI가 쓰며")
    open_reading(page)
    finished(page)
    streamed = page.locator(".made-by").inner_text()
    page.reload()
    assert page.locator(".made-by").inner_text() == streamed
    for words in ("규칙으로 쓴 풀이", "classic-1", "명식 엔진", "지시문"):
        assert words in streamed


def test_a_sentence_against_the_engine_is_marked_with_what_is_so(page: Page, live: Live):
    open_reading(page)
    finished(page)
    key = page.url.rstrip("/").split("/")[-1]
    wrong = "## 나\n\n당신의 일주는 **갑자**라서 곧아요.\n"
    live.query("UPDATE streams_run SET text = %s WHERE subject = %s", (wrong, key))
    page.goto(f"{page.url.partition('#')[0]}?other")  # what a browser has of a finished text, it keeps
    expect(page.locator(".block mark.contradiction").last).to_have_text("갑자")
    expect(page.locator(".contradiction-note")).to_have_text("명식의 일주는 경진(庚辰)이에요.")


def test_the_eight_letters_stay_at_hand_where_a_question_is_answered(
    open_page: Callable[..., Page], live: Live
):
    page = open_page(live.url, "phone")
    open_reading(page)
    page.goto(page.url + "ask/")
    page.locator("[data-suggest]").first.click()
    page.click("[data-ask] button[type=submit]")
    finished(page)
    strip = page.locator("[data-strip]")
    assert strip.is_hidden()
    evidence = page.locator(".block .evidence > summary").last
    evidence.scroll_into_view_if_needed()
    expect(strip).to_be_visible()
    evidence.click()
    assert strip.locator(".lit").count() > 0


def test_paper_has_the_corrections_and_nothing_that_leads_on(page: Page):
    open_reading(page)
    finished(page)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".corrections li").first).to_be_visible()
    expect(page.locator(".made-by")).to_be_visible()
    for part in (".onward", ".more", "#ask", ".toolbar", ".section-nav", "#stars"):
        assert page.locator(part).first.is_hidden(), part
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_where_a_text_was_stopped_is_told_where_it_ends(shared: Callable[..., Live], open_page):
    page = open_page(shared(RATELIMIT_ENABLE="False", CLASSIC_PACE="20").url, "phone")
    open_reading(page)
    page.locator(".block").nth(1).wait_for()
    assert page.locator("[data-cut]").is_hidden()
    stop(page)
    expect(page.locator("[data-cut]")).to_have_text("여기에서 멈췄어요.")
    page.reload()
    expect(page.locator("[data-cut]")).to_have_text("여기에서 멈췄어요.")
    page.click("[data-regenerate] button")
    finished(page)
    assert page.locator("[data-cut]").is_hidden()
