"""Access to readings: Alice's are visible to Alice alone; shared links show what she chose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from fortune.models import ShareLink, Shown
from fortune.pages.charts.pictures import card
from fortune.services import sharing
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db

PARTS = ("", "luck/", "days/", "schools/", "ask/", "share/", "text/", "verdicts/")


@pytest.fixture
def alice() -> Any:
    return member("alice")


@pytest.fixture
def hers(alice: Any) -> Any:
    return reading(owner=alice, label="지우비밀", text="## 한눈에\n\n맑은 물 같은 분이에요.\n")


def link(hers: Any, shown: Shown = Shown.READING, now: datetime | None = None) -> ShareLink:
    return sharing.share(reading=hers, shown=shown, epoch=1, now=now or datetime.now(UTC))


@pytest.mark.parametrize("part", PARTS)
def test_alice_sees_every_part_of_her_reading(part: str, hers: Any, alice: Any):
    assert browser(alice).get(f"/fortune/readings/{hers.id}/{part}").status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_for_bob_and_for_strangers_it_is_not_there(part: str, hers: Any):
    address = f"/fortune/readings/{hers.id}/{part}"
    assert browser(member("bob")).get(address).status_code == 404
    assert browser().get(address).status_code == 404


@pytest.mark.parametrize("part", ["more/", "ask/", "share/", "share/revoke/", "verdicts/"])
def test_bob_can_press_nothing_of_hers(part: str, hers: Any):
    answer = browser(member("bob")).post(
        f"/fortune/readings/{hers.id}/{part}", {"what": "daily", "question": "?", "shown": "day"}
    )
    assert answer.status_code == 404


def test_a_link_shows_the_chosen_part_to_anybody_and_never_name_or_birth(hers: Any):
    for shown, letters, texts in ((Shown.DAY, 2, 0), (Shown.CHART, 8, 0), (Shown.READING, 8, 1)):
        html = browser().get(f"/s/{link(hers, shown).token}/").content.decode()
        assert html.count('class="hanja"') == letters
        assert ("맑은 물 같은 분이에요" in html) is bool(texts)
        assert not [told for told in ("지우비밀", "1990", "14:30", "126.98") if told in html]


def test_a_link_is_counted_taken_back_and_closes_by_itself(hers: Any, alice: Any):
    made = link(hers)
    browser().get(f"/s/{made.token}/")
    browser().get(f"/s/{made.token}/")
    made.refresh_from_db()
    assert made.views == 2
    browser(alice).post(f"/fortune/readings/{hers.id}/share/revoke/", {"token": made.token})
    assert browser().get(f"/s/{made.token}/").status_code == 404
    old = link(hers, now=datetime.now(UTC) - sharing.LASTS - timedelta(seconds=1))
    assert browser().get(f"/s/{old.token}/").status_code == 404
    assert browser().get(f"/s/{old.token}/wide-{card.VERSION}.png").status_code == 404


def test_links_cannot_be_guessed_and_are_bounded(hers: Any):
    tokens = {link(hers).token for _ in range(sharing.MAX_OPEN)}
    assert all(len(token) == 32 for token in tokens) and len(tokens) == sharing.MAX_OPEN
    with pytest.raises(sharing.TooManyLinks):
        link(hers)


def test_the_database_refuses_a_link_that_shows_something_unknown_or_never_expires(hers: Any):
    made = link(hers)
    with pytest.raises(IntegrityError, match="share_shows_something_known"), transaction.atomic():
        ShareLink.objects.filter(pk=made.pk).update(shown="birth")
    with pytest.raises(IntegrityError, match="share_expires_later"), transaction.atomic():
        ShareLink.objects.filter(pk=made.pk).update(expires_at=made.created_at)


@pytest.mark.parametrize("form", list(card.Form))
def test_the_pictures_have_the_sizes_that_messengers_and_phones_want(form: card.Form, hers: Any):
    answer = browser().get(f"/s/{link(hers).token}/{form}-{card.VERSION}.png")
    assert answer["Content-Type"] == "image/png"
    width, height = card.SIZES[form]
    assert answer.content[16:24] == width.to_bytes(4) + height.to_bytes(4)
    assert len(answer.content) <= 120 * 1024


def test_the_check_tells_of_leap_months_the_other_calendar_and_odd_clocks():
    def asked(**fields: str) -> Any:
        return Client().post("/fortune/check/", fields).json()

    assert asked(birth_date="2023-02-10", calendar="lunar")["leap"] == 2
    assert asked(birth_date="2023-03-10", calendar="lunar")["leap"] is None
    assert "2023년 3월 1일" in asked(birth_date="2023-02-10", calendar="lunar")["converted"]
    assert asked(birth_date="2023-03-31")["converted"] == "음력으로 2023년 윤2월 10일이에요."
    assert "없던 시각" in asked(birth_date="1987-05-10", birth_time="02:30")["notices"][0]
    assert "두 번 있던 시각" in asked(birth_date="1987-10-11", birth_time="02:30")["notices"][0]
    assert asked(birth_date="1990-13-01")["problems"]["birth_date"]


def test_a_members_page_asks_the_database_no_more_often_for_more_versions(
    hers: Any, alice: Any, django_assert_max_num_queries: Any
):
    client = browser(alice)
    client.get(f"/fortune/readings/{hers.id}/")
    with django_assert_max_num_queries(12):
        client.get(f"/fortune/readings/{hers.id}/")


def test_a_copied_address_says_how_sharing_works_whether_or_not_there_is_a_reading(hers: Any):
    texts, bob = [], browser(member("bob"))
    for reading_id in (hers.id, uuid4()):
        page = bob.get(f"/fortune/readings/{reading_id}/")
        assert page.status_code == 404
        texts.append(page.content.decode().replace(str(reading_id), ""))
    assert texts[0] == texts[1]
    assert "공유하기" in texts[0] and "/accounts/login/" in texts[0] and "지우비밀" not in texts[0]
