"""Where allauth asks us: who is calling, what new accounts are called, which providers there are."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_email, user_field, user_username
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from core.accounts.signin.claims import drop_claims
from core.db import pool
from core.limits.addresses import client_address
from core.site.browsers import in_app

# Inside KakaoTalk's browser only Kakao works at a touch, and Google not at all.
ORDER = ("kakao", "naver", "google")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    def get_client_ip(self, request: HttpRequest) -> str:
        """allauth answers 500 to a request with fewer forwarded entries than proxies; ours is the peer's."""
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nobody else waits for a connection while the mail server takes its time."""
        pool.give_back()
        super().send_mail(template_prefix, email, context)

    def populate_username(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """A random one: nobody signs in with it, and an address's first half is personal."""
        if not user_username(user):
            user_username(user, f"m{secrets.token_hex(8)}")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Only what the environment configures: a sign-in page then asks the database nothing."""
        configured = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in configured.values() for app in apps]

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist:
            raise Http404(f"{provider} is not configured") from None

    def get_requests_session(self) -> Any:
        """What the provider is asked with. It may take seconds to answer, so no connection is held meanwhile."""
        pool.give_back()
        return super().get_requests_session()

    def list_providers(self, request: HttpRequest) -> list[Any]:
        providers = super().list_providers(request)
        if request and in_app(request):
            providers = [provider for provider in providers if provider.id != "google"]
        return sorted(providers, key=lambda provider: ORDER.index(provider.id))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Who comes with an address that the provider vouches for is not kept out by one who only claims it."""
        if not sociallogin.is_existing:
            for address in sociallogin.email_addresses:
                if address.verified:
                    drop_claims(address.email)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Of what a provider tells, the address alone: no names."""
        user = sociallogin.user
        user_email(user, data.get("email") or "")
        user_username(user, "")
        user_field(user, "first_name", "")
        user_field(user, "last_name", "")
        return user


def display_name(user: AbstractBaseUser) -> str:
    """This will give what a member is called in mails and pages: the nickname, or a plain word."""
    profile = getattr(user, "profile", None)
    return (profile.nickname if profile else "") or _("회원")
