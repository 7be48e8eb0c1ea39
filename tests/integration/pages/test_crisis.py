"""The help lines come first for somebody who tells of a crisis: no reading is begun and none is counted."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.models import Charge
from fortune.models import Reading
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("요즘은 그냥 이대로 사라지고 싶어요", ["tel:109"]),
        ("남편이 술만 마시면 저를 때려요", ["tel:112", "tel:1366"]),
        ("아빠가 때려서 죽고 싶어요", ["tel:109", "tel:112"]),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_question_that_tells_of_a_crisis_is_answered_with_the_lines(
    words: str, numbers: list[str], language: str
) -> None:
    alice = member("alice")
    mine = reading(owner=alice)
    before = Charge.objects.count()
    client = browser(alice)
    client.cookies["django_language"] = language
    page = client.post(reverse("fortune:ask", args=[mine.pk]), {"question": words, "token": "t" * 32})
    body = page.content.decode()
    assert page.status_code == 200
    places = [body.index(number) for number in numbers]
    assert places == sorted(places)
    assert max(places) < body.index("<textarea")  # before anything else that one can do there
    assert words in body  # nothing that was typed is lost
    assert (Reading.objects.count(), Charge.objects.count()) == (1, before)


def test_wherever_one_can_ask_the_line_is_named_whatever_was_asked() -> None:
    """No pattern hears what is hardly said, so the line doesn't depend on one."""
    alice = member("alice")
    mine = reading(owner=alice)
    asked = reading(owner=alice, kind="question", parent=mine, question="서랍 정리는 언제 하면 좋을까요?")
    for address in (
        reverse("fortune:ask", args=[mine.pk]),
        mine.get_absolute_url(),
        asked.get_absolute_url(),
    ):
        body = browser(alice).get(address).content.decode()
        assert body.count('href="tel:109"') == 1
        assert body.index("<textarea") < body.index('href="tel:109"')


def test_a_name_that_is_a_cry_for_help_is_heard() -> None:
    form = {
        "name": "죽고 싶다",
        "gender": "female",
        "calendar": "solar",
        "birth_date": "1990-05-15",
        "birth_time": "",
        "time_unknown": "on",
        "birth_place": "seoul",
        "mode": "general",
        "topic": "",
        "token": "t" * 32,
    }
    page = browser().post(reverse("fortune:form"), form)
    assert page.status_code == 200
    assert "tel:109" in page.content.decode()
    assert not Reading.objects.exists()
