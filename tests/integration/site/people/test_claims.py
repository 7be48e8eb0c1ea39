"""Unconfirmed addresses: claiming one keeps its owner out of nothing, and lets nobody into another's account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.fakes.kakao import FakeKakao
from tests.integration.site.helpers import PASSWORD, browser, member
from tests.integration.site.people.test_signin import kakao, sign_in_with, signed_in

__all__ = ["kakao"]  # the fixture

pytestmark = pytest.mark.django_db

VICTIM = "victim@example.com"


def ask_for_a_reset(email: str = VICTIM) -> str:
    browser().post(reverse("account_reset_password"), {"email": email})
    return str(mail.outbox[-1].body)


def sign_up(client: Client, email: str = VICTIM) -> str:
    cache.clear()  # three minutes later: an address is sent one link in that time, whoever asks
    form = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("account_signup"), form).status_code == 302
    return str(mail.outbox[-1].body)


def claimed_by_naver(kakao: FakeKakao) -> Any:
    kakao.ledger.person.email = VICTIM
    mallory = browser()
    sign_in_with("naver", mallory)
    return signed_in(mallory)


def claimed_by_a_member() -> Any:
    mallory = member("mallory")
    EmailAddress.objects.create(user=mallory, email=VICTIM, verified=False)
    return mallory


def test_no_link_leads_into_an_account_that_only_claims_the_address(kakao: FakeKakao) -> None:
    assert claimed_by_naver(kakao)
    assert "/password/reset/key/" not in ask_for_a_reset()
    claimed_by_a_member()
    assert "/password/reset/key/" not in ask_for_a_reset()


def test_a_claimed_address_can_still_be_signed_up_with_by_its_owner(kakao: FakeKakao) -> None:
    mallory = claimed_by_naver(kakao)
    claimed_by_a_member()
    victim = browser()
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", sign_up(victim))
    assert link is not None
    victim.post(link[1])
    owned = EmailAddress.objects.get(email=VICTIM, verified=True)
    assert owned.user != mallory and owned.user.check_password(PASSWORD)
    reset = re.search(r"/password/reset/key/(\w+)-", ask_for_a_reset())
    assert reset is not None, "the owner's own link still comes"


def test_a_claimed_address_keeps_nobody_out_of_kakao_either(kakao: FakeKakao) -> None:
    claimed_by_naver(kakao)
    mallory = claimed_by_a_member()
    kakao.ledger.person.number, kakao.ledger.person.email = 4_210_000_002, VICTIM
    victim = browser()
    sign_in_with("kakao", victim)
    owned = EmailAddress.objects.get(email=VICTIM)
    assert owned.verified and owned.user == signed_in(victim)
    mallory.refresh_from_db()
    assert mallory.email == "mallory@example.com", "what is proved stays"


def test_a_proved_address_is_still_told_to_its_owner_alone() -> None:
    alice = member("alice")
    assert "이미 계정이 있어요" in sign_up(browser(), alice.email)
    assert "/password/reset/key/" in ask_for_a_reset(alice.email)


def test_someone_who_has_not_yet_pressed_the_link_may_reset_their_password() -> None:
    sign_up(browser())
    assert "이미 계정이 있어요" in sign_up(browser())
    assert "/password/reset/key/" in ask_for_a_reset()


def test_asking_for_a_reset_tells_nobody_who_is_a_member() -> None:
    member("alice")
    answers = [
        browser().post(reverse("account_reset_password"), {"email": email})
        for email in ("alice@example.com", "nobody@example.com")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert len(mail.outbox) == 2, "and both take as long: a mail each"


def test_passwords_of_operators_can_not_be_tried_out() -> None:
    operator = member("operator", is_staff=True)
    client = browser()
    for _ in range(12):
        client.post("/admin/login/", {"username": operator.username, "password": "wrong"})
    client.post("/admin/login/", {"username": operator.username, "password": PASSWORD})
    assert signed_in(client) is None


def test_an_operator_signs_in_at_the_admin() -> None:
    operator = member("operator", is_staff=True)
    client = browser()
    answer = client.post("/admin/login/", {"username": "operator", "password": PASSWORD, "next": "/admin/"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert signed_in(client) == operator
