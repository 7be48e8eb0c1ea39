"""A finished reading's page that has not changed is answered 304, to whom it belongs and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.access import GUEST, signed
from core.security.crypto import fingerprint
from core.streams import Run, Status
from fortune.models import Reading
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db


def guest(token: str = "charlie") -> Client:
    client = browser()
    client.cookies[GUEST] = signed(token)
    client.get("/fortune/")  # as everybody comes: with the form's cookie
    return client


@pytest.fixture
def mine() -> Reading:
    row: Reading = reading(guest=fingerprint("charlie", purpose="guest"), text="## 봄\n\n맑은 물이에요.\n")
    return row


@pytest.fixture
def client(mine: Reading) -> Client:
    return guest()


def tag(client: Client, row: Reading, path: str = "") -> str:
    answer = client.get(row.get_absolute_url() + path)
    assert answer.status_code == 200
    return str(answer.get("ETag", ""))


def again(client: Client, row: Reading, etag: str, path: str = "", **headers: str) -> Any:
    return client.get(row.get_absolute_url() + path, headers={"if-none-match": etag, **headers})


def test_an_unchanged_page_is_not_sent_again(client: Client, mine: Reading) -> None:
    etag = tag(client, mine)
    answer = again(client, mine, etag)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert again(client, mine, '"another"').status_code == 200


def test_the_tag_opens_nothing(client: Client, mine: Reading) -> None:
    etag = tag(client, mine)
    for stranger in (browser(), guest("dave"), browser(member("bob"))):
        assert again(stranger, mine, etag).status_code == 404
    assert etag != tag(guest(), mine), "another browser has another secret in its forms"


def regenerated(client: Client, row: Reading) -> None:
    when = timezone.now()
    Run.objects.create(
        subject=row.pk, epoch=2, text="새 글", status=Status.DONE, created_at=when, finished_at=when
    )


def in_english(client: Client, row: Reading) -> None:
    client.post(reverse("set_language"), {"language": "en"})


def in_the_dark(client: Client, row: Reading) -> None:
    client.post(reverse("fortune:view_settings"), {"theme": "dark"})


def signed_in(client: Client, row: Reading) -> None:
    alice = member("alice")
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    row.owner, row.guest = alice, ""
    row.save()


def with_another_secret(client: Client, row: Reading) -> None:
    del client.cookies["csrftoken"]
    client.get("/fortune/")


@pytest.mark.parametrize("change", [regenerated, in_english, in_the_dark, signed_in, with_another_secret])
def test_whatever_the_page_shows_otherwise_is_sent(
    client: Client, mine: Reading, change: Callable[[Client, Reading], None]
) -> None:
    etag = tag(client, mine)
    change(client, mine)
    assert again(client, mine, etag).status_code == 200


def test_a_message_is_shown_and_its_page_not_kept(client: Client, mine: Reading) -> None:
    etag = tag(client, mine)
    request = client.get("/fortune/").wsgi_request
    storage = CookieStorage(request)
    storage.add(20, "조금 뒤에 다시 눌러 주세요.")
    answer = client.get("/fortune/")  # a response to write the cookie into
    storage.update(answer)
    client.cookies.update(answer.cookies)
    told = again(client, mine, etag)
    assert told.status_code == 200 and "조금 뒤에 다시" in told.content.decode()
    assert "ETag" not in told and "no-store" in told["Cache-Control"]
    assert again(client, mine, etag).status_code == 304, "told once"


def test_the_next_day_is_another_page(client: Client, mine: Reading) -> None:
    etag = tag(client, mine)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert again(client, mine, etag).status_code == 200


def test_what_is_being_written_is_never_kept(client: Client, mine: Reading) -> None:
    Run.objects.filter(subject=mine.pk).update(status=Status.WRITING, finished_at=None)
    answer = client.get(mine.get_absolute_url())
    assert "ETag" not in answer and "no-store" in answer["Cache-Control"]


def test_an_opened_decade_is_a_page_of_its_own(client: Client, mine: Reading) -> None:
    assert tag(client, mine) != tag(client, mine, "?luck=2")


def test_a_question_from_a_kept_page_is_another_press(client: Client, mine: Reading) -> None:
    """The page has the same token each time it is shown from the browser's own copy."""
    path = reverse("fortune:ask", args=[mine.pk])
    token = "t" * 32
    first, other, same = (
        client.post(path, {"question": words, "token": token})["Location"]
        for words in ("올해는 어떤가요?", "내년은 어떤가요?", "올해는 어떤가요?")
    )
    assert first == same != other


def test_signing_out_empties_what_the_browser_has_kept() -> None:
    client = browser(member("alice"))
    assert "Clear-Site-Data" not in client.get("/fortune/")
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'
