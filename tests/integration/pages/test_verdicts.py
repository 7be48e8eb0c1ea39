"""맞았어요 / 아니에요: one verdict a paragraph, changeable, counted by the prompt that wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fortune.models import Verdict
from fortune.services import verdicts
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db

TEXT = "## 한눈에\n\n맑은 물 같은 분이에요.\n\n사람을 잘 챙겨요.\n"


@pytest.fixture
def alice() -> Any:
    return member("alice")


@pytest.fixture
def hers(alice: Any) -> Any:
    return reading(owner=alice, text=TEXT)


def press(user: Any, row: Any, paragraph: str, verdict: str) -> int:
    data = {"paragraph": paragraph, "verdict": verdict}
    return browser(user).post(f"/fortune/readings/{row.id}/verdicts/", data).status_code


def test_each_paragraph_can_be_judged_and_no_title(hers: Any, alice: Any):
    html = browser(alice).get(f"/fortune/readings/{hers.id}/verdicts/").content.decode()
    assert html.count('name="paragraph"') == 2
    assert "맑은 물 같은 분이에요" in html and "사람을 잘 챙겨요" in html


def test_a_verdict_is_kept_changed_and_taken_back(hers: Any, alice: Any):
    assert press(alice, hers, "2", "right") == 303
    assert press(alice, hers, "2", "wrong") == 303
    (kept,) = Verdict.objects.all()
    assert (kept.paragraph, kept.is_right, kept.prompt_version, kept.kind) == (2, False, "1", "full")
    assert (
        'aria-pressed="true"' in browser(alice).get(f"/fortune/readings/{hers.id}/verdicts/").content.decode()
    )
    assert press(alice, hers, "2", "none") == 303
    assert not Verdict.objects.exists()


def test_what_is_no_paragraph_or_no_verdict_is_refused(hers: Any, alice: Any):
    assert press(alice, hers, "3", "right") == 404
    assert press(alice, hers, "0", "right") == 404
    assert press(alice, hers, "1", "maybe") == 404


def test_the_database_keeps_one_verdict_a_paragraph(hers: Any):
    verdicts.judge(reading=hers, epoch=1, paragraph=1, is_right=True, now=timezone.now())
    (kept,) = Verdict.objects.all()
    kept.pk = None
    with pytest.raises(IntegrityError, match="verdict_once_per_paragraph"), transaction.atomic():
        kept.save(force_insert=True)


def test_the_admin_counts_them_by_prompt_and_kind(hers: Any):
    for paragraph, is_right in ((1, True), (2, False)):
        verdicts.judge(reading=hers, epoch=1, paragraph=paragraph, is_right=is_right, now=timezone.now())
    assert verdicts.by_prompt() == (("1", "full", 2, 1),)
    staff = browser(member("staff", is_staff=True, is_superuser=True))
    html = staff.get("/admin/fortune/verdict/").content.decode()
    assert "<td>총평</td><td>1</td><td>2</td>" in html
