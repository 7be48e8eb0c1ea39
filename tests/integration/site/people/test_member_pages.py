"""A member's history, people, dates and data. Alice owns, Bob is a member, Charlie is not."""

from __future__ import annotations

import json
import re
import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.access import GUEST, Who
from core.limits.days import KOREA
from core.models import Charge, DayCount
from core.security.crypto import fingerprint
from core.streams import Run
from fortune.models import FavoriteDate, Reading, SavedPerson
from fortune.queries import history as queries
from fortune.services import account, people
from tests.integration.site.helpers import PASSWORD, browser, chart_json, member, reading

pytestmark = pytest.mark.django_db

BIRTH = {
    "name": "엄마",
    "gender": "female",
    "calendar": "lunar",
    "birth_date": "1960-02-10",
    "birth_time": "07:20",
    "birth_place": "seoul",
    "relation": "family",
}


# The dark address and the light one.
SCENE = re.compile(
    r'<source srcset="([^"]+)" media="\(prefers-color-scheme: dark\)"><img src="([^"]+)" alt=""'
)


def guest_browser(token: str = "charlie") -> tuple[Any, str]:
    """Return a browser with a guest's session, and the fingerprint that readings carry."""
    client = browser()
    session = client.session
    session[GUEST] = token
    session.save()
    return client, fingerprint(token, purpose="guest")


# -- History --


def test_each_sees_their_own_history_and_nobody_elses() -> None:
    alice, bob = member("alice"), member("bob")
    charlie, charlies = guest_browser()
    reading(owner=alice, label="앨리스의 것")
    reading(guest=charlies, label="찰리의 것")
    assert "앨리스의 것" in browser(alice).get(reverse("fortune:history")).content.decode()
    for client in (browser(bob), charlie, browser()):
        assert "앨리스의 것" not in client.get(reverse("fortune:history")).content.decode()
    assert "찰리의 것" in charlie.get(reverse("fortune:history")).content.decode()
    assert "찰리의 것" not in guest_browser("dave")[0].get(reverse("fortune:history")).content.decode()


def test_only_the_owner_deletes_a_reading() -> None:
    alice, bob = member("alice"), member("bob")
    mine = reading(owner=alice)
    path = reverse("fortune:history_delete", args=[mine.pk])
    for client in (browser(bob), browser(), guest_browser()[0]):
        assert client.post(path).status_code == 404
    asked = browser(alice).get(path)
    assert asked.status_code == 200 and "이 풀이를 지울까요?" in asked.content.decode()
    assert Reading.objects.exists(), "a question deletes nothing"
    assert browser(alice).post(path).status_code == 302
    assert not Reading.objects.exists() and not Run.objects.exists()


def test_what_was_begun_as_a_guest_is_the_members_after_signing_in() -> None:
    alice = member("alice")
    client, guest = guest_browser()
    begun = reading(guest=guest)
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert str(begun.pk) in client.get(reverse("fortune:history")).content.decode()
    begun.refresh_from_db()
    assert (begun.owner, begun.guest) == (alice, "")
    assert GUEST not in client.session


def listed(alice: Any, **filters: Any) -> set[str]:
    me = Who(alice.pk, "", "", False)
    return {row.reading.label for row in queries.listed(who=me, filters=filters).rows}


def test_search_finds_names_and_words_of_the_text_and_filters_narrow() -> None:
    alice, bob = member("alice"), member("bob")
    day = datetime(2026, 5, 15, 12, tzinfo=KOREA)
    reading(owner=alice, label="Jisu", text="봄바람 같아요", created_at=day)
    reading(
        owner=alice, label="민호", text="큰 산 같아요", created_at=day + timedelta(days=1), mode="teacher"
    )
    reading(owner=alice, label="하나", kind="daily", date=day.date(), created_at=day + timedelta(days=2))
    reading(owner=bob, label="밥", text="봄바람")
    assert listed(alice, q="jisu") == {"Jisu"}
    assert listed(alice, q="산 같") == {"민호"}
    assert listed(alice, q="100%") == set()
    assert listed(alice, kind="daily") == {"하나"}
    assert listed(alice, mode="teacher") == {"민호"}
    assert listed(alice, since=date(2026, 5, 16), until=date(2026, 5, 16)) == {"민호"}
    assert listed(alice) == {"Jisu", "민호", "하나"}


@pytest.mark.parametrize("query", ["page=999", "page=x", "since=nonsense", "kind=nonsense", "q=%00"])
def test_nonsense_in_the_address_is_no_error(query: str) -> None:
    alice = member("alice")
    reading(owner=alice)
    assert browser(alice).get(reverse("fortune:history") + "?" + query).status_code == 200


def test_the_history_shows_the_scene_of_each_persons_day_and_none_of_two() -> None:
    alice = member()
    reading(owner=alice)
    reading(owner=alice, kind="match", other_chart=chart_json())
    client = browser(alice)
    (shown,) = SCENE.findall(client.get(reverse("fortune:history")).content.decode())
    assert shown[0] == shown[1].replace("light", "dark")
    assert all(client.get(address).headers["Content-Type"] == "image/svg+xml" for address in shown)
    client.cookies["view"] = "theme:dark"
    for path in (
        reverse("fortune:history"),
        reverse("fortune:form"),
    ):  # the form's page begins with the last readings
        page = client.get(path).content.decode()
        assert page.count(f'<img src="{shown[0]}"') == 1
        assert "<source" not in page


def test_the_history_is_paged_and_keeps_the_filters() -> None:
    alice = member("alice")
    for _ in range(queries.PAGE + 1):
        reading(owner=alice, mode="teacher")
    page = browser(alice).get(reverse("fortune:history"), {"mode": "teacher"}).content.decode()
    assert page.count("/delete/") == queries.PAGE
    assert 'href="?mode=teacher&amp;page=2"' in page


@pytest.mark.parametrize(
    "name", ["history", "statistics", "people", "favorites", "account", "history_export", "account_export"]
)
def test_queries_do_not_grow_with_rows(name: str) -> None:
    alice = member("alice")
    client = browser(alice)

    def more() -> None:
        for index in range(8):
            reading(owner=alice, label=f"n{index}")
            SavedPerson.objects.create(user=alice, name="x", birth={})
            FavoriteDate.objects.create(user=alice, date=date(2026, 1, 1), label=str(timezone.now()))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"fortune:{name}")).status_code == 200
        return len(queries)

    more()
    count()
    few = count()
    if not name.endswith("export"):  # an export reads in batches of ten
        more()
    assert count() == few
    assert few <= 12  # the whole account: a table each


def test_statistics_count_by_kind_and_by_korean_day() -> None:
    alice = member("alice")
    now = datetime(2026, 5, 15, 12, tzinfo=KOREA)
    reading(owner=alice, created_at=datetime(2026, 5, 15, 0, 1, tzinfo=KOREA))
    reading(owner=alice, created_at=datetime(2026, 5, 14, 23, 59, tzinfo=KOREA))
    reading(owner=alice, created_at=datetime(2026, 5, 14, 8, 0, tzinfo=KOREA), kind="daily")
    reading(owner=alice, created_at=datetime(2025, 1, 1, tzinfo=KOREA))
    reading(owner=member("bob"), created_at=now)
    found = queries.statistics(who=Who(alice.pk, "", "", False), now=now)
    assert found.total == 4
    assert dict(found.kinds) == {"총평": 3, "오늘의 운세": 1}
    assert [(bar.day.day, bar.count) for bar in found.bars if bar.count] == [(14, 2), (15, 1)]
    assert len(found.bars) == 30
    assert (found.bars[-2].height, found.bars[-1].height) == (56, 28)


def test_the_picture_of_the_statistics_is_drawn() -> None:
    alice = member("alice")
    reading(owner=alice)
    page = browser(alice).get(reverse("fortune:statistics")).content.decode()
    drawing = page.partition('class="bars"')[2].partition("</svg>")[0]
    assert drawing.count("<rect") == 1 and "style=" not in page


# -- People --


def test_a_person_is_kept_encrypted() -> None:
    alice = member("alice")
    assert browser(alice).post(reverse("fortune:person_new"), BIRTH).status_code == 302
    kept = SavedPerson.objects.get()
    assert kept.name == "엄마" and kept.birth["birth_date"] == "1960-02-10" and kept.is_default
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, birth FROM fortune_savedperson")
        raw = "".join(cursor.fetchone())
    assert "엄마" not in raw and "1960" not in raw


def test_a_birth_that_does_not_exist_is_not_kept() -> None:
    alice = member("alice")
    bad = {**BIRTH, "calendar": "solar", "birth_date": "1990-02-30"}
    answer = browser(alice).post(reverse("fortune:person_new"), bad)
    assert answer.status_code == 422
    assert not SavedPerson.objects.exists()


def test_saved_people_show_their_pillars() -> None:
    alice = member("alice")
    client = browser(alice)
    births = (BIRTH, {"name": "동생", "birth_date": "1990-05-15", "gender": "male", "birth_place": "seoul"})
    for birth in births:
        assert client.post(reverse("fortune:person_new"), {**birth, "relation": "family"}).status_code == 302
    SavedPerson.objects.create(user=alice, name="모름", birth={})  # nothing that could be read
    page = client.get(reverse("fortune:people")).content.decode()
    assert re.findall(r'aria-label="([^"]*)" data-letters', page) == [
        "시주 무진, 일주 갑오, 월주 기묘, 년주 경자",
        "시주 ?, 일주 경진, 월주 신사, 년주 경오",
    ]


def test_one_of_many_saved_people_is_found_by_name() -> None:
    alice = member("alice")
    client = browser(alice)
    for number in range(25):
        SavedPerson.objects.create(user=alice, name=f"이웃 {number:02}", birth={})
    SavedPerson.objects.create(user=member("bob"), name="이웃 남의", birth={})

    def shown(address: str) -> list[str]:
        page = client.get(reverse("fortune:people") + address).content.decode()
        return re.findall(r'<h2><a href="[^"]*">([^<]*)</a>', page)

    assert shown("?q=이웃 24") == ["이웃 24"]  # on the second page of all
    assert len(shown("?q=이웃")) == 20
    assert shown("?q=이웃&page=2") == [f"이웃 {number:02}" for number in range(20, 25)]
    assert shown("?q=없는") == []
    assert "그런 이름은 없어요." in client.get(reverse("fortune:people") + "?q=없는").content.decode()
    more = client.get(reverse("fortune:people") + "?q=이웃").content.decode()
    assert "25명을 찾았어요." in more
    assert 'rel="next" href="?q=%EC%9D%B4%EC%9B%83&amp;page=2"' in more


def test_few_saved_people_need_no_search() -> None:
    alice = member("alice")
    SavedPerson.objects.create(user=alice, name="이웃", birth={})
    assert 'role="search"' not in browser(alice).get(reverse("fortune:people")).content.decode()


def test_no_relation_is_chosen_beforehand() -> None:
    alice = member("alice")
    client = browser(alice)
    page = client.get(reverse("fortune:person_new")).content.decode()
    chosen = re.findall(r'<option value="([^"]*)" selected', page)
    assert chosen == [""]
    answer = client.post(reverse("fortune:person_new"), {**BIRTH, "relation": ""})
    assert answer.status_code == 422
    assert "나와 어떤 사이인지 골라 주세요." in answer.content.decode()
    assert not SavedPerson.objects.exists()


def test_only_the_owner_sees_changes_or_deletes_a_person() -> None:
    alice, bob = member("alice"), member("bob")
    kept = SavedPerson.objects.create(user=alice, name="엄마", birth={"birth_date": "1960-02-10"})
    page, delete = (reverse(f"fortune:{name}", args=[kept.pk]) for name in ("person", "person_delete"))
    assert browser(bob).get(page).status_code == 404
    assert browser(bob).post(page, BIRTH).status_code == 404
    assert browser(bob).post(delete).status_code == 404
    for path in (page, reverse("fortune:people"), reverse("fortune:person_new")):
        assert browser().get(path)["Location"].startswith("/accounts/login/")
    shown = browser(alice).get(page).content.decode()
    assert "1960-02-10" in shown
    assert browser(alice).post(page, {**BIRTH, "name": "어머니"}).status_code == 302
    kept.refresh_from_db()
    assert kept.name == "어머니"
    assert browser(alice).post(delete).status_code == 302
    assert not SavedPerson.objects.exists()


def keep(user: Any, name: str, *, default: bool = False) -> SavedPerson:
    return people.save_person(user_id=user.pk, name=name, relation="friend", birth={}, is_default=default)


def test_there_is_always_one_default() -> None:
    alice = member("alice")
    first, second = keep(alice, "하나"), keep(alice, "둘")
    assert first.is_default and not second.is_default
    third = keep(alice, "셋", default=True)
    assert SavedPerson.objects.get(is_default=True) == third
    people.delete_person(person=third)
    assert SavedPerson.objects.get(is_default=True) == first


def test_the_database_refuses_a_second_default_and_an_unknown_relation() -> None:
    alice = member("alice")
    keep(alice, "하나")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedPerson.objects.create(user=alice, name="둘", birth={}, is_default=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedPerson.objects.create(user=alice, name="둘", birth={}, relation="enemy")


@pytest.mark.django_db(transaction=True)
def test_eight_new_defaults_at_once_leave_one() -> None:
    alice = member("alice")
    gate, errors = threading.Barrier(8), []

    def run(number: int) -> None:
        try:
            gate.wait(10)
            keep(alice, str(number), default=True)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not errors
    assert SavedPerson.objects.count() == 8
    assert SavedPerson.objects.filter(is_default=True).count() == 1


def test_no_more_people_than_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MAX_PEOPLE", 1)
    alice = member("alice")
    keep(alice, "하나")
    answer = browser(alice).post(reverse("fortune:person_new"), BIRTH)
    assert answer.status_code == 422
    assert "모두 썼어요" in answer.content.decode()


# -- Dates --


def test_dates_to_come_stand_first() -> None:
    alice = member("alice")
    for day in (1, 10, 20, 30):
        FavoriteDate.objects.create(user=alice, date=date(2026, 5, day), label=str(day))
    rows = FavoriteDate.objects.upcoming_first(alice.pk, date(2026, 5, 15))
    assert [row.label for row in rows] == ["20", "30", "10", "1"]


def test_a_date_is_kept_once_and_deleted_by_its_owner_alone() -> None:
    alice, bob = member("alice"), member("bob")
    form = {"date": "2026-05-15", "label": "모의고사", "memo": "잘 보자", "colour": "blue"}
    client = browser(alice)
    assert client.post(reverse("fortune:favorites"), form).status_code == 302
    again = client.post(reverse("fortune:favorites"), form)
    assert again.status_code == 422 and "이미 있어요" in again.content.decode()
    kept = FavoriteDate.objects.get()
    path = reverse("fortune:favorite_delete", args=[kept.pk])
    assert browser(bob).post(path).status_code == 404
    assert browser().post(path).status_code == 302
    assert "모의고사" not in browser(bob).get(reverse("fortune:favorites")).content.decode()
    assert client.post(path).status_code == 302
    assert not FavoriteDate.objects.exists()


def test_the_database_refuses_unknown_colours() -> None:
    alice = member("alice")
    with pytest.raises(IntegrityError), transaction.atomic():
        FavoriteDate.objects.create(user=alice, date=date(2026, 5, 16), label="x", colour="mauve")


# -- Their data --


def test_the_export_holds_everything_of_a_member_and_nothing_of_others() -> None:
    alice, bob = member("alice"), member("bob")
    reading(owner=alice, label="나", text="맑은 물")
    reading(owner=bob, label="밥")
    keep(alice, "엄마")
    FavoriteDate.objects.create(user=alice, date=date(2026, 5, 15), label="시험", memo="메모")
    answer = browser(alice).get(reverse("fortune:account_export"))
    assert answer["Content-Disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["readings"][0]["versions"][0]["text"] == "맑은 물"
    assert data["readings"][0]["chart"]["pillars"]
    assert data["people"][0]["name"] == "엄마"
    assert data["favorite_dates"][0]["memo"] == "메모"
    assert data["account"]["email_addresses"][0]["email"] == alice.email
    assert "밥" not in answer.content.decode()


def test_a_guest_takes_their_readings_along() -> None:
    client, guest = guest_browser()
    reading(guest=guest, label="손님")
    data = json.loads(client.get(reverse("fortune:history_export")).content)
    assert [row["label"] for row in data["readings"]] == ["손님"]
    assert json.loads(browser().get(reverse("fortune:history_export")).content) == {"readings": []}


def test_deleting_the_account_asks_for_the_password_first() -> None:
    alice = member("alice")
    client = browser(alice)
    answer = client.post(reverse("fortune:account_delete"), {"sure": "on"})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    unsure = client.post(reverse("fortune:account_delete"), {})
    assert unsure.status_code == 422
    assert client.post(reverse("fortune:account_delete"), {"sure": "on"}).status_code == 302
    assert not type(alice).objects.exists()


def test_a_deleted_account_leaves_nothing_and_others_lose_nothing() -> None:
    alice, bob = member("alice"), member("bob")
    for user in (alice, bob):
        reading(owner=user)
        keep(user, "x")
        FavoriteDate.objects.create(user=user, date=date(2026, 5, 15), label="x")
        DayCount.objects.create(key=f"user:{user.pk}", day=date(2026, 5, 15), used=1)
    account.delete(user=alice, now=timezone.now())
    for model in (Reading, Run, SavedPerson, FavoriteDate, DayCount):
        assert model.objects.count() == 1, model
    assert not Charge.objects.filter(key__startswith="user:").exists()


# -- The form knows who opens it --


def test_the_form_is_filled_with_the_default_person_or_the_chosen_one() -> None:
    alice, bob = member("alice"), member("bob")
    mum = people.save_person(
        user_id=alice.pk,
        name="엄마",
        relation="family",
        birth={"birth_date": "1960-02-10", "calendar": "lunar", "gender": "female"},
        is_default=True,
    )
    friend = people.save_person(
        user_id=alice.pk, name="친구", relation="friend", birth={"birth_date": "1991-07-07"}, is_default=False
    )
    client = browser(alice)
    assert 'value="1960-02-10"' in client.get("/fortune/").content.decode()
    chosen = client.get("/fortune/", {"person": friend.pk}).content.decode()
    assert 'value="1991-07-07"' in chosen and "1960" not in chosen
    assert "1960-02-10" not in client.get("/fortune/?new=1").content.decode()
    for other in (browser(bob), browser()):
        page = other.get("/fortune/", {"person": mum.pk}).content.decode()
        assert "1960-02-10" not in page and "엄마" not in page


def test_the_page_says_how_many_are_left_and_when_more_come(settings: Any) -> None:
    settings.RATE_HOUR, settings.RATE_DAY = 100, 2
    alice = member("alice")
    client = browser(alice)
    assert 'data-left="2"' in client.get("/fortune/").content.decode()
    DayCount.objects.create(key=f"user:{alice.pk}", day=timezone.localdate(), used=2)
    page = client.get("/fortune/").content.decode()
    assert 'data-left="0"' in page and "00:00부터" in page
    settings.RATELIMIT_ENABLE = False
    assert "data-left" not in client.get("/fortune/").content.decode()


@pytest.mark.parametrize(("who", "most"), [("stranger", 0), ("guest", 2), ("member", 6)])
def test_opening_the_form_costs_few_queries(who: str, most: int) -> None:
    clients = {"stranger": browser, "guest": lambda: guest_browser()[0], "member": lambda: browser(member())}
    client = clients[who]()
    client.get("/fortune/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/fortune/").status_code == 200
    assert len(queries) <= most, [query["sql"] for query in queries]
