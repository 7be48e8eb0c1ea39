from tests.browser.test_travels import *


def test_shots(shared, open_page, live):
    state, reading, link = shared
    for size in ("phone", "desktop"):
        for scheme in ("light", "dark"):
            page = open_page(live.url, size, color_scheme=scheme, storage_state=state)
            for name, path in (
                ("reading", reading),
                ("days", reading + "days/"),
                ("share", reading + "share/"),
                ("shared", link),
            ):
                page.goto(path)
                page.screenshot(
                    path=f"/tmp/shot-{name}-{size}-{scheme}.png", full_page=name in ("shared", "days")
                )
            page.goto(link + "meet/")
            page.screenshot(path=f"/tmp/shot-meetform-{size}-{scheme}.png")
            fill_birth(page, date="1988-03-02", time="07:10")
            page.click("text=동의하고 궁합 보기")
            page.wait_for_selector("text=나에게 그 사람은")
            page.screenshot(path=f"/tmp/shot-meet-{size}-{scheme}.png", full_page=True)
