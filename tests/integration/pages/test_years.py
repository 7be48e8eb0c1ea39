"""신년운세: a year's page, its reading once a person and year, and another year's new one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from core.access import Who
from fortune.models import Kind, Reading
from fortune.pages.years import offered_years, year_title
from fortune.saju import Birth
from fortune.services import readings

pytestmark = pytest.mark.django_db(transaction=True)
BIRTH = {"birth_date": "1990-05-15", "birth_time": "12:00", "gender": "female"}
NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
def hers() -> tuple[Client, str]:
    client = Client()
    return client, client.post(reverse("fortune:form"), BIRTH)["Location"]


def test_the_page_of_a_year_has_areas_months_and_the_curve(hers: tuple[Client, str]) -> None:
    client, address = hers
    page = unescape(client.get(f"{address}years/?year=2027").content.decode())
    assert "2027년: 정미(丁未)" in re.sub(r"<[^>]+>", "", page)
    assert page.count("번째 대운") == 10
    assert '<svg class="luck-curve"' in page
    assert '<option value="2027" selected>' in page


@pytest.mark.parametrize("year", ["1", "0000", "9999", "abcd", "²⁰²⁷", ""])
def test_an_odd_year_opens_an_offered_one(hers: tuple[Client, str], year: str) -> None:
    client, address = hers
    assert client.get(f"{address}years/", {"year": year}).status_code == 200


def test_a_stranger_sees_no_years(hers: tuple[Client, str]) -> None:
    assert Client().get(f"{hers[1]}years/").status_code == 404


def test_a_years_reading_is_one_whatever_the_day(hers: tuple[Client, str]) -> None:
    client, address = hers
    asked = [{"what": "year.2027"}, {"what": "year", "year": "2027"}, {"what": "year", "date": "2027-08-09"}]
    found = {client.post(f"{address}more/", wanted)["Location"] for wanted in asked}
    assert len(found) == 1
    row = Reading.objects.get(kind=Kind.YEAR)
    assert row.date == date(2027, 1, 1)


def test_a_reading_says_of_which_day_it_is(hers: tuple[Client, str]) -> None:
    client, address = hers
    assert "기준" in client.get(address).content.decode()


def test_asking_again_in_another_year_makes_a_new_reading() -> None:
    who = Who(user_id=None, guest="somebody", key="somebody", unlimited=True)
    wanted = readings.ReadingRequest(birth=Birth("solar", 1990, 5, 15, 12, 0))

    def asked(token: str, now: datetime) -> Reading:
        return readings.begin(who=who, wanted=wanted, token=token, now=now)

    first = asked("a", NOW)
    assert asked("b", datetime(2026, 12, 31, tzinfo=UTC)).pk == first.pk
    assert asked("c", datetime(2027, 3, 1, tzinfo=UTC)).pk != first.pk


@pytest.mark.parametrize(("day", "years"), [((8, 31), (2026,)), ((9, 1), (2026, 2027))])
def test_the_coming_year_is_offered_from_september(day: tuple[int, int], years: tuple[int, ...]) -> None:
    assert offered_years(date(2026, *day)) == years


def test_the_coming_year_is_called_a_new_one() -> None:
    assert year_title(2027, today=NOW.date()) == "2027년 신년운세"
    assert year_title(2026, today=NOW.date()) == "2026년의 운세"
