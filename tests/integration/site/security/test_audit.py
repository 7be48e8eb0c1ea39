"""Staff who open somebody's text in the admin leave a row that says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from core.models import TextOpening
from core.streams import Run
from fortune.models import Reading
from fortune.services import account
from tests.integration.site.helpers import browser, member, reading
from tests.integration.site.operators.admin_pages import PRIVATE, addresses, row_of_each_model

pytestmark = pytest.mark.django_db

PAGES = ["admin:fortune_reading_change", "admin:streams_run_change"]


@pytest.fixture
def staff() -> Any:
    return member("staff", is_staff=True, is_superuser=True)


def opened(staff: Any, page: str, made: Any) -> str:
    run = Run.objects.get(subject=made.pk)
    key = made.pk if "reading" in page else run.pk
    return browser(staff).get(reverse(page, args=[key])).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_whoever_opens_a_text_is_noted_with_the_reading_and_without_the_text(staff: Any, page: str) -> None:
    made = reading(owner=member("alice"), text="맑은 물")
    before = timezone.now()
    assert "맑은 물" in opened(staff, page, made)
    (row,) = TextOpening.objects.values()
    assert (row["staff"], row["subject"]) == (staff.pk, made.pk)
    assert before <= row["opened_at"] <= timezone.now()
    assert set(row) == {"id", "staff", "subject", "opened_at"}
    opened(staff, page, made)
    assert TextOpening.objects.count() == 2


@pytest.mark.parametrize("page", PAGES)
def test_a_text_is_not_shown_where_that_can_not_be_noted(staff: Any, page: str) -> None:
    made = reading(owner=member("alice"), text="맑은 물")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_textopening RENAME TO gone")
    with pytest.raises(DatabaseError):
        opened(staff, page, made)


def test_lists_and_other_pages_are_no_openings(staff: Any) -> None:
    made = reading(owner=member("alice"), text="맑은 물")
    client = browser(staff)
    for name in ("fortune_reading", "streams_run"):
        assert "맑은 물" not in client.get(reverse(f"admin:{name}_changelist")).content.decode()
        found = client.get(reverse(f"admin:{name}_changelist"), {"q": str(made.pk)})
        assert str(made.pk) in found.content.decode(), "a reading is found by its id"
    assert (
        "맑은 물" not in client.get(reverse("admin:fortune_reading_history", args=[made.pk])).content.decode()
    )
    client.get(reverse("admin:fortune_reading_change", args=["00000000-0000-0000-0000-000000000000"]))
    assert not TextOpening.objects.exists()


def test_no_page_of_the_admin_shows_what_is_somebodys_own_without_noting_it(staff: Any) -> None:
    rows = row_of_each_model(member("alice"))
    client = browser(staff)
    shown = set()
    for address in addresses(rows):
        before = TextOpening.objects.count()
        if PRIVATE in client.get(address, follow=True).content.decode():
            assert TextOpening.objects.count() > before, address
            shown.add(address)
    assert shown >= {
        reverse(page, args=[rows[model].pk]) for page, model in zip(PAGES, (Reading, Run), strict=True)
    }


def test_staff_without_the_right_see_and_leave_nothing() -> None:
    made = reading(owner=member("alice"), text="맑은 물")
    clerk = member("clerk", is_staff=True)
    for page in PAGES:
        assert "맑은 물" not in opened(clerk, page, made)
    assert not TextOpening.objects.exists()


def test_the_admin_shows_who_has_opened_what_and_lets_nobody_remove_it(staff: Any) -> None:
    made = reading(owner=member("alice"), text="맑은 물")
    opened(staff, PAGES[0], made)
    row = TextOpening.objects.get()
    client = browser(staff)
    shown = client.get(reverse("admin:core_textopening_changelist")).content.decode()
    assert f"#{staff.pk} {staff.email}" in shown and str(made.pk) in shown and "맑은" not in shown
    assert client.get(reverse("admin:core_textopening_change", args=[row.pk])).status_code == 200
    assert client.post(reverse("admin:core_textopening_delete", args=[row.pk])).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(reverse("admin:core_textopening_changelist"), action)
    assert TextOpening.objects.exists()


def test_it_outlives_the_reading_and_both_accounts_and_goes_after_a_year(staff: Any) -> None:
    alice = member("alice")
    opened(staff, PAGES[0], reading(owner=alice))
    for user in (alice, staff):
        account.delete(user=user, now=timezone.now())
    assert TextOpening.objects.exists()
    TextOpening.objects.update(opened_at=timezone.now() - timedelta(days=366))
    call_command("sweep", verbosity=0)
    assert not TextOpening.objects.exists()
