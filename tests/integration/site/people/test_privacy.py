"""Personal pages stay out of caches and search engines, and out of sight after signing out."""

from __future__ import annotations

import pytest

from fortune.services import people
from tests.integration.site.helpers import browser, member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/fortune/"])
def test_a_form_that_is_filled_in_with_a_birth_is_kept_by_nobody(path: str) -> None:
    alice = member("alice")
    birth = {"birth_date": "1960-02-10"}
    people.save_person(user_id=alice.pk, name="엄마", relation="family", birth=birth, is_default=True)
    answer = browser(alice).get(path)
    assert "1960-02-10" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "X-Robots-Tag" not in answer, "search engines come without a session, and may find the form"


def test_the_form_for_everyone_may_be_kept() -> None:
    assert "no-store" not in browser().get("/").get("Cache-Control", "")
