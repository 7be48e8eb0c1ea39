"""Signing up and in: by e-mail, and with Kakao and Naver over real sockets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.naver.views import NaverOAuth2Adapter
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.accounts.signin.kakao.views import KakaoOAuth2Adapter
from core.models import Profile
from tests.fakes.kakao import CLIENT_ID, CLIENT_SECRET, FakeKakao
from tests.integration.site.helpers import PASSWORD, browser, member

pytestmark = pytest.mark.django_db

KAKAOTALK = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Mobile Safari/537.36 KAKAOTALK 25.9.1"


@pytest.fixture
def kakao(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeKakao]:
    configure(settings, "kakao", "naver", "google")
    with FakeKakao() as fake:
        monkeypatch.setattr(KakaoOAuth2Adapter, "access_token_url", f"{fake.url}/oauth/token")
        monkeypatch.setattr(KakaoOAuth2Adapter, "authorize_url", f"{fake.url}/oauth/authorize")
        monkeypatch.setattr(KakaoOAuth2Adapter, "profile_url", f"{fake.url}/v2/user/me")
        monkeypatch.setattr(NaverOAuth2Adapter, "access_token_url", f"{fake.url}/oauth2.0/token")
        monkeypatch.setattr(NaverOAuth2Adapter, "authorize_url", f"{fake.url}/oauth2.0/authorize")
        monkeypatch.setattr(NaverOAuth2Adapter, "profile_url", f"{fake.url}/v1/nid/me")
        yield fake


def configure(settings: Any, *names: str) -> None:
    app = {"client_id": CLIENT_ID, "secret": CLIENT_SECRET}
    providers = {
        name: {**values, "APPS": [app] if name in names else []}
        for name, values in settings.SOCIALACCOUNT_PROVIDERS.items()
    }
    settings.SOCIALACCOUNT_PROVIDERS = providers


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def sign_in_with(provider: str, client: Client) -> Any:
    """Press the button, agree at the provider over its socket, and come back."""
    away = client.post(reverse(f"{provider}_login"))
    assert away.status_code == 302, away.content
    return client.get(agree_at(away["Location"]))


def agree_at(address: str) -> str:
    """Open the provider's consent page, and return the path it sends the browser back to."""
    try:
        build_opener(NoRedirects).open(Request(address), timeout=10)
    except HTTPError as redirect:
        back = redirect.headers["Location"]
    assert back.startswith("http://testserver/accounts/"), back
    return str(back.removeprefix("http://testserver"))


def signed_in(client: Client) -> Any:
    number = client.session.get("_auth_user_id")
    return get_user_model().objects.get(pk=number) if number else None


def test_a_new_person_signs_up_with_kakao(kakao: FakeKakao) -> None:
    client = browser()
    assert sign_in_with("kakao", client).status_code == 302
    user = signed_in(client)
    assert user is not None and not user.has_usable_password()
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid, account.user) == ("kakao", "4210000001", user)
    assert EmailAddress.objects.get().verified
    assert kakao.ledger.token_requests == 1


def test_nothing_but_the_number_and_the_address_is_kept_of_what_kakao_tells(kakao: FakeKakao) -> None:
    client = browser()
    sign_in_with("kakao", client)
    assert SocialAccount.objects.get().extra_data == {"id": 4210000001}
    user = signed_in(client)
    assert (user.first_name, user.last_name) == ("", "")
    assert "지수" not in user.username and "jisu" not in user.username


def test_the_same_person_comes_back_to_the_same_account(kakao: FakeKakao) -> None:
    first, second = browser(), browser()
    sign_in_with("kakao", first)
    sign_in_with("kakao", second)
    assert signed_in(first) == signed_in(second)
    assert get_user_model().objects.count() == 1


def test_a_person_whom_kakao_gives_no_address_signs_up_all_the_same(kakao: FakeKakao) -> None:
    kakao.ledger.person.email = None
    client = browser()
    sign_in_with("kakao", client)
    assert signed_in(client) is not None
    assert not EmailAddress.objects.exists()


def test_an_address_kakao_has_not_verified_is_not_taken_as_verified(kakao: FakeKakao) -> None:
    kakao.ledger.person.verified = False
    client = browser()
    sign_in_with("kakao", client)
    assert signed_in(client) is not None
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize("verified", [True, False])
def test_a_kakao_account_never_joins_an_account_that_has_its_address(
    kakao: FakeKakao, verified: bool
) -> None:
    alice = member("alice")
    kakao.ledger.person.email, kakao.ledger.person.verified = alice.email, verified
    client = browser()
    sign_in_with("kakao", client)
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()
    assert get_user_model().objects.count() == 1
    assert "이미" in mail.outbox[0].subject


def test_navers_word_for_an_address_is_not_taken(kakao: FakeKakao) -> None:
    client = browser()
    sign_in_with("naver", client)
    assert signed_in(client) is not None
    assert not EmailAddress.objects.get().verified
    assert SocialAccount.objects.get().extra_data == {"id": "naver-4210000001"}


def test_a_naver_account_never_joins_an_account_that_has_its_address(kakao: FakeKakao) -> None:
    alice = member("alice")
    kakao.ledger.person.email = alice.email
    client = browser()
    sign_in_with("naver", client)
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()


def test_a_signed_in_member_connects_kakao_by_their_own_wish(kakao: FakeKakao) -> None:
    alice = member("alice")
    client = browser()
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    away = client.post(reverse("kakao_login") + "?process=connect")
    assert away.status_code == 302
    asked = client.get(agree_at(away["Location"]))
    assert asked["Location"] == reverse("account_reauthenticate"), "a borrowed session can't add a way in"
    assert not SocialAccount.objects.exists()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert SocialAccount.objects.get().user == alice


def test_refusing_at_kakao_leads_to_a_page_that_says_so(kakao: FakeKakao) -> None:
    kakao.ledger.person.agrees = False
    answer = sign_in_with("kakao", browser())
    assert answer.status_code in (200, 302)
    assert not SocialAccount.objects.exists()


def test_kakao_failing_is_a_page_and_not_an_error(kakao: FakeKakao) -> None:
    kakao.ledger.broken = True
    client = browser()
    answer = sign_in_with("kakao", client)
    assert answer.status_code == 401
    assert "로그인하지 못했어요" in answer.content.decode()
    assert signed_in(client) is None


def test_a_callback_with_a_forged_state_signs_nobody_in(kakao: FakeKakao) -> None:
    client = browser()
    answer = client.get(reverse("kakao_callback"), {"code": "x", "state": "forged"})
    assert answer.status_code == 401
    assert signed_in(client) is None
    assert kakao.ledger.token_requests == 0


def test_signing_in_needs_a_post(kakao: FakeKakao) -> None:
    answer = browser().get(reverse("kakao_login"))
    assert answer.status_code == 200
    assert "계속할까요" in answer.content.decode()


@pytest.mark.parametrize("provider", ["kakao", "naver", "google"])
def test_a_provider_that_is_not_configured_does_not_exist(settings: Any, provider: str) -> None:
    configure(settings)
    assert browser().post(reverse(f"{provider}_login")).status_code == 404
    assert f"provider-{provider}" not in browser().get(reverse("account_login")).content.decode()


def test_the_sign_in_page_offers_kakao_first(kakao: FakeKakao) -> None:
    page = browser().get(reverse("account_login")).content.decode()
    assert re.findall(r"provider-(\w+)", page) == ["kakao", "naver", "google"]


def test_inside_kakaotalk_google_is_replaced_by_a_way_out(kakao: FakeKakao) -> None:
    page = browser(**{"user-agent": KAKAOTALK}).get(reverse("account_login")).content.decode()
    assert re.findall(r"provider-(\w+)", page) == ["kakao", "naver"]
    assert "kakaotalk://web/openExternal?url=http%3A%2F%2Ftestserver%2Faccounts%2Flogin%2F" in page
    assert "외부 브라우저로 열기" in page


def test_inside_another_app_google_is_replaced_by_a_way_out_or_by_words(kakao: FakeKakao) -> None:
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 390.0"
    page = browser(**{"user-agent": agent}).get(reverse("account_login")).content.decode()
    assert re.findall(r"provider-(\w+)", page) == ["kakao", "naver"]
    assert "Instagram 앱 안에서는" in page and "Safari로 열기" in page and "외부 브라우저로 열기" not in page


def test_signing_up_by_mail_needs_the_link_in_it() -> None:
    client = browser()
    form = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(reverse("account_signup"), form)
    assert answer.status_code == 302 and answer["Location"] == reverse("account_email_verification_sent")
    assert signed_in(client) is None
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body)
    assert link is not None
    page = client.get(link[1])
    assert "new@example.com" in page.content.decode()
    assert client.post(link[1]).status_code == 302
    assert EmailAddress.objects.get().verified
    assert get_user_model().objects.get().username[0] == "m"


def test_signing_up_with_a_taken_address_tells_only_its_owner() -> None:
    member("alice")
    form = {"email": "alice@example.com", "password1": PASSWORD, "password2": PASSWORD}
    answer = browser().post(reverse("account_signup"), form)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "이미 가입" in mail.outbox[0].subject


def test_signing_in_and_out_by_mail() -> None:
    alice = member("alice")
    client = browser()
    wrong = client.post(reverse("account_login"), {"login": alice.email, "password": "wrong"})
    assert wrong.status_code == 200 and signed_in(client) is None
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert signed_in(client) == alice
    client.post(reverse("account_logout"))
    assert signed_in(client) is None


def test_a_password_is_reset_by_the_link_in_a_mail() -> None:
    alice = member("alice")
    client = browser()
    client.post(reverse("account_reset_password"), {"email": alice.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[1], follow=True)
    path = form.request["PATH_INFO"]
    new = "an even longer passphrase"
    client.post(path, {"password1": new, "password2": new})
    alice.refresh_from_db()
    assert alice.check_password(new)


def test_the_sessions_list_ends_the_others() -> None:
    alice = member("alice")
    here, there = browser(), browser()
    for client in (here, there):
        client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    page = here.get(reverse("usersessions_list"))
    assert page.content.decode().count("Firefox") == 2
    here.post(reverse("usersessions_list"))
    assert signed_in(here) == alice
    assert there.get(reverse("account_email")).status_code == 302


def test_the_limits_of_sign_in_see_people_and_not_the_proxy(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}
    member("alice")
    client = browser()

    def attempt(forwarded: str) -> int:
        form = {"login": "alice@example.com", "password": "wrong"}
        page = client.post(reverse("account_login"), form, headers={"x-forwarded-for": forwarded})
        return page.content.decode().count("너무") + (page.status_code == 429)

    for _ in range(2):
        assert not attempt("203.0.113.7")
    assert attempt("203.0.113.7")
    assert attempt("198.51.100.1, 203.0.113.7"), "a forged entry in front changes nothing"
    assert not attempt("203.0.113.8"), "another person behind the same proxy is not held up"


def test_a_header_shorter_than_the_proxies_is_not_an_error(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    client = browser()
    form = {"login": "nobody@example.com", "password": "wrong"}
    answer = client.post(reverse("account_login"), form, headers={"x-forwarded-for": "203.0.113.7"})
    assert answer.status_code == 200


def test_sign_in_with_redis_away_refuses_politely_and_members_stay_signed_in(redis_away: None) -> None:
    alice = member("alice")
    client = browser(alice)
    assert client.get(reverse("account_email")).status_code == 200
    answer = browser().post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert answer.status_code in (200, 429)


def test_the_form_action_of_the_policy_lists_the_hosts_of_the_providers() -> None:
    from config.settings import base

    policy = base.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert not [source for sources in policy.values() for source in sources if "unsafe" in source]
    header = browser().get(reverse("account_login"))["Content-Security-Policy"]
    assert "form-action 'self'" in header and "default-src 'none'" in header


def test_a_profile_appears_when_it_is_first_needed(kakao: FakeKakao) -> None:
    client = browser()
    sign_in_with("kakao", client)
    client.get(reverse("profile"))
    assert Profile.objects.get().user == signed_in(client)


@pytest.mark.parametrize("host", ["evil.example", "www.fortune.example:8443"])
def test_links_in_mails_lead_to_the_configured_origin(settings: Any, host: str) -> None:
    settings.SITE_ORIGIN, settings.ALLOWED_HOSTS = "https://fortune.example", ["*"]
    alice = member()
    browser(host=host).post("/accounts/password/reset/", {"email": alice.email})
    browser(host=host).post("/accounts/password/reset/", {"email": "nobody@example.com"})
    for email in ("bob@example.com", alice.email):  # the second has an account already
        form = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
        browser(host=host).post("/accounts/signup/", form)
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        links = re.findall(r"https?://[^/\s]+", message.body)
        assert set(links) == {"https://fortune.example"}, message.body
        assert host not in message.body
        assert message.body.endswith("\nfortune.example")
