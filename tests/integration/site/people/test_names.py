"""The name belongs to the page that was asked for; a kept page's token is a press of what it is sent with."""

from __future__ import annotations

import pytest

from fortune.models import Reading
from tests.integration.site.helpers import browser

pytestmark = pytest.mark.django_db
BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_place": "seoul"}


def test_the_same_birth_under_another_name_is_another_reading_once() -> None:
    client = browser()
    pages = [
        client.post("/fortune/", {**BIRTH, "name": name})["Location"] for name in ("하늘", "바다", "", "하늘")
    ]
    assert len(set(pages)) == 3 and pages[0] == pages[3]
    assert sorted(Reading.objects.values_list("label", flat=True)) == ["", "바다", "하늘"]


@pytest.mark.parametrize("changed", [{"name": "바다"}, {"birth_date": "1991-05-15"}])
def test_a_page_that_a_browser_kept_begins_what_it_is_sent_with(changed: dict[str, str]) -> None:
    client, form = browser(), {**BIRTH, "name": "하늘", "token": "the same page"}
    first = client.post("/fortune/", form)["Location"]
    assert client.post("/fortune/", form)["Location"] == first
    assert client.post("/fortune/", {**form, **changed})["Location"] != first
