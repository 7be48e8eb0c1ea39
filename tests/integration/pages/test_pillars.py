"""팔자로 보기: a chart from its pillars, the days that have them, and a reading from one of those days."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = {"year": "경오", "month": "辛巳", "day": "경진일", "hour": "임오시", "gender": "female"}


def shown(**changes: str) -> tuple[int, str]:
    answer = Client().post(reverse("fortune:pillars"), {**GIVEN, **changes})
    return answer.status_code, unescape(answer.content.decode())


def test_the_form_is_shown() -> None:
    assert "팔자로 보기" in Client().get(reverse("fortune:pillars")).content.decode()


def test_pillars_in_hangul_and_hanja_give_their_chart_and_dates() -> None:
    status, page = shown()
    assert status == 200
    assert "1990년 5월 15일, 오전 11:33–오후 1:32" in page
    assert "1930년 5월 30일" in page
    assert "신강" in page or "신약" in page


def test_the_page_speaks_english() -> None:
    answer = Client().post(reverse("fortune:pillars"), GIVEN, headers={"accept-language": "en"})
    assert "Read this one" in answer.content.decode()


def test_pillars_that_no_calendar_has_are_told_so() -> None:
    _, page = shown(month="기사")
    assert "달력에는 없는 짜임이에요" in page
    assert "이 글자가 되는 때가 없어요" in page


@pytest.mark.parametrize("text", ["경사", "가나", "庚", ""])
def test_signs_that_make_no_pillar_are_told_beside_their_field(text: str) -> None:
    status, page = shown(year=text)
    assert status == 422
    assert 'id="id_year-error"' in page
    assert 'value="辛巳"' in page


def test_a_day_of_them_begins_a_reading_with_that_very_chart() -> None:
    _, page = shown()
    rows = re.findall(r'<li><form method="post".*?</form>', page, re.DOTALL)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', rows[-1]))
    client = Client()
    answer = client.post(reverse("fortune:form"), fields)
    assert answer.status_code == 303
    assert client.get(f"{answer['Location'].rstrip('/')}.json").json()["chart"]["pillars"] == {
        "year": "庚午", "month": "辛巳", "day": "庚辰", "hour": "壬午",
    }  # fmt: skip
