"""궁합: the result first, in bars from its rubric, and a link by which the other person enters their own birth."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import FINISHED, fill_birth, open_match, open_reading
from tests.server.harness import Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOTH_SIZES = pytest.mark.parametrize("size", ["phone", "desktop"])
WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False])


@BOTH_SIZES
@WITH_AND_WITHOUT
def test_the_result_comes_first_in_bars_that_add_up(
    size: str, scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=scripts)
    open_match(page)
    page.wait_for_selector(FINISHED, timeout=60_000)
    result = page.locator("#result")
    expect(result.get_by_role("heading", name="한눈에 보기")).to_be_in_viewport()
    expect(result.get_by_text("지우가 볼 때 민준의 일간은")).to_be_in_viewport()
    tops = [page.locator(part).bounding_box()["y"] for part in ("#result", "#chart", "#text", "#match")]  # type: ignore[index]
    assert tops[0] == min(tops) and tops[3] == max(tops)

    bars = result.locator("tbody tr")
    expect(bars).to_have_count(7)
    total = 0
    for bar in bars.all():
        points, out_of = map(int, bar.locator("td").inner_text().split("/"))
        drawn = bar.locator("progress")
        assert (drawn.get_attribute("value"), drawn.get_attribute("max")) == (str(points), str(out_of))
        assert drawn.is_visible()
        total += points
    told = re.search(r"100점 가운데 (\d+)점", result.locator("caption").inner_text())
    assert told and int(told[1]) == total
    expect(result).to_contain_text("두 사람의 사이를 정하지 않아요")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@BOTH_SIZES
@WITH_AND_WITHOUT
def test_the_other_person_enters_their_own_birth_by_a_link(
    size: str, scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=scripts)
    page.goto("/fortune/match/")
    page.locator("[data-invite]").get_by_role("link", name="먼저 내 사주를 보면").click()
    page.wait_for_url("**/fortune/")
    open_reading(page, name="지우비밀")
    page.goto("/fortune/match/")
    page.get_by_role("link", name="상대에게 보낼 링크 만들기").click()
    page.click("text=링크 만들기")
    link = page.locator(".links input[readonly]").input_value()

    other = open_page(live.url, size, java_script_enabled=scripts)
    other.goto(link)
    other.get_by_role("link", name="나와 궁합 보기").click()
    expect(other.locator(".notice").first).to_contain_text("저장하지 않아요")
    fill_birth(other, date="1988-03-02", time="07:10")
    other.get_by_role("button", name="동의하고 궁합 보기").click()
    expect(other.get_by_text("나에게 그 사람은")).to_be_visible()
    html = other.content()
    assert not [told for told in ("지우비밀", "1990", "14:30", "05-15", "5월 15일") if told in html]


@BOTH_SIZES
@WITH_AND_WITHOUT
def test_no_relation_is_preset_between_two_people(
    size: str, scripts: bool, open_page: Callable[..., Page], live: Live
) -> None:
    page = open_page(live.url, size, java_script_enabled=scripts)
    page.goto("/fortune/match/")
    expect(page.locator("[name=relation]")).to_have_count(5)
    expect(page.locator("[name=relation]:checked")).to_have_count(0)
    fill_birth(page, name="지우")
    fill_birth(page, date="1988-06-15", time="12:00", name="민준", prefix="other-")
    page.click(".submit button")
    expect(page.get_by_text("두 사람이 어떤 사이인지 골라 주세요.")).to_be_visible()
    assert page.input_value("[name=other-birth_date]") == "1988-06-15"
    open_page.wrong.clear()  # type: ignore[attr-defined]  # the browser logs the 422
