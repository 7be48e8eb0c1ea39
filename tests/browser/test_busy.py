"""The page of a visitor for whom there is no room: it tells why, and goes on by itself once there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import fill_birth
from tests.server.harness import Live
from tests.server.processes import until
from tests.server.visitor import BIRTH, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize("scripts", [True, False])
def test_a_refused_form_is_sent_again_when_there_is_room(
    serve: Callable[..., Live], open_page: Callable[..., Page], scripts: bool
) -> None:
    live = serve(MAX_STREAMS="1", CLASSIC_PACE="0.5")
    other = Visitor(live)
    address = other.post("/fortune/", BIRTH).headers["Location"]
    page = open_page(live.url, "phone", java_script_enabled=scripts)
    page.goto("/fortune/")
    fill_birth(page, name="나무")
    page.click(".submit button")
    again = page.get_by_role("button", name="지금 다시 해 보기")
    expect(again).to_be_visible()
    expect(page.get_by_text("저절로")).to_be_visible(visible=scripts)
    other.post(f"{address}stop")
    until(lambda: json.loads(live.get("/readyz").body)["load"] == 0)
    while not scripts and "/readings/" not in page.url:  # a worker that is late on a busy machine refuses
        again.click()
    page.wait_for_url("**/readings/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("나무")
    if scripts:  # the refusal has left nothing behind: "Back" is the form, with what was typed
        page.go_back(wait_until="commit")
        expect(page.locator('[name="name"]')).to_have_value("나무")
    # The browser's own line about the answer 503.
    open_page.wrong[:] = [line for line in open_page.wrong if "503" not in line]  # type: ignore[attr-defined]
