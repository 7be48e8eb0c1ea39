"""No log line holds a name, a birth, an address or a text, not even while everything is logged."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.fakes.fake import FakeProvider
from tests.fakes.formats import tokens
from tests.server.harness import Live
from tests.server.visitor import PASSWORD, Visitor

NAME, LABEL, MEMO, NICKNAME = "남모를이름", "남모를약속", "남모를메모", "남모를별명"
QUESTION = "남모를걱정이 있는데 이사해도 될까요?"
BIRTH = {
    "name": NAME,
    "gender": "female",
    "calendar": "solar",
    "birth_date": "1987-11-23",
    "birth_time": "03:47",
    "birth_place": "jeju",
}
ADDRESS, STAFF = "somebody@example.com", "operator@example.com"
SIGN_UP = f"""
from django.contrib.auth.models import User
from django.utils import timezone
from core.models import Profile
user = User.objects.create_superuser("operator", "{STAFF}", "{PASSWORD}")
Profile.objects.create(user=user, nickname="operator", welcomed_at=timezone.now())
"""
ANSWER = max(tokens("ko", 20), key=len).strip()
SPELLED = re.compile(
    r"1987[-./]?11[-./]?23|1987, 11, 23|1987년|03:47|남모를|jeju|(?:somebody|operator)(?:@|%40)"
    f"|{re.escape(ANSWER)}",
    re.IGNORECASE,
)
# No log line: the development's mail, as it is printed.
MAIL = f"To: {ADDRESS}"


@pytest.fixture
def said(serve: Callable[..., Live]) -> Callable[..., str]:
    def said(**environ: str) -> str:
        """Take every way of a member and of a guest, and return the log of it."""
        with FakeProvider() as provider:
            live = serve(
                LOG_LEVEL="debug",
                AI_PROVIDERS="deepseek",
                DEEPSEEK_API_KEY="for-tests",
                DEEPSEEK_BASE_URL=provider.url,
                **environ,
            )
            journey(live)
            live.stop()
        return live.logs()

    return said


def journey(live: Live) -> None:
    guest = Visitor(live)
    guest.post("/fortune/check/", BIRTH)
    guest.post("/fortune/places/", {"q": "jeju"})
    guest.post("/fortune/", {**BIRTH, "birth_date": "1987-11-32"})
    reading = guest.post("/fortune/", BIRTH).headers["Location"]
    assert ANSWER in guest.get(f"{reading.rstrip('/')}/events?blocks=1").content.decode()
    assert ANSWER in guest.get(reading).content.decode()
    answer = guest.post(f"{reading}ask/", {"question": QUESTION}).headers["Location"]
    guest.get(f"{answer.rstrip('/')}/events")
    other = {f"other-{name}": value for name, value in BIRTH.items()}
    match = guest.post("/fortune/match/", {**BIRTH, **other, "relation": "friends"}).headers["Location"]
    guest.get(f"{match.rstrip('/')}/events")
    guest.post("/fortune/api/daily/", BIRTH)
    guest.stream("/fortune/api/streaming/", {**BIRTH, "gender": "male"})
    guest.post(f"{reading}share/", {"shown": "reading"})
    guest.get("/fortune/history/?q=남모를")
    guest.sign_up(ADDRESS)
    guest.sign_in(ADDRESS)
    guest.get("/fortune/account/")  # the welcome comes first, once
    guest.post("/accounts/profile/", {"nickname": NICKNAME, "role": "general"})
    guest.post("/fortune/people/new/", {**BIRTH, "relation": "self"})
    date = {"date": "1987-11-23", "label": LABEL, "memo": MEMO, "colour": "red"}
    assert guest.post("/fortune/favorites/", date).status_code == 302
    assert QUESTION in guest.get("/fortune/account/export/").content.decode()
    for page in (
        "/",
        "/fortune/people/",
        "/fortune/favorites/",
        "/fortune/history/?q=남모를",
        "/nowhere/남모를/",
    ):
        guest.get(page)
    watch(live, reading.split("/")[3])
    guest.post(f"/fortune/history/{reading.split('/')[3]}/delete/")


def watch(live: Live, reading: str) -> None:
    """Find the member and open the reading, as one of the staff."""
    live.manage("shell", "-c", SIGN_UP)
    staff = Visitor(live)
    assert staff.post("/admin/login/", {"username": "operator", "password": PASSWORD}).status_code == 302
    assert ADDRESS in staff.get(f"/admin/auth/user/?q={ADDRESS}").text
    assert ANSWER in staff.get(f"/admin/fortune/reading/{reading}/change/").text


@pytest.mark.parametrize("debug", ["false", "true"])
def test_a_whole_journey_leaves_no_name_birth_address_or_text_in_the_log(
    said: Callable[..., str], debug: str
) -> None:
    log = said(DEBUG=debug)
    assert "answered" in log
    found = [line[:300] for line in log.splitlines() if SPELLED.search(line)]
    assert found == [MAIL], found[:10]
