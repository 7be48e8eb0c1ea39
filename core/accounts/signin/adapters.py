"""allauth's adapters: client addresses, names of new accounts, the configured providers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_email, user_field, user_username
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from core.accounts.signin.claims import drop_claims
from core.db import pool
from core.limits.addresses import client_address
from core.site.browsers import in_app


@dataclass(frozen=True, slots=True)
class Site:
    """The site as allauth's templates name it."""

    domain: str
    name: str


# Inside KakaoTalk's browser Kakao signs in with one tap, and Google refuses.
ORDER = ("kakao", "naver", "google")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address as everywhere here; allauth's own answers 500 to fewer forwarded entries than proxies."""
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send without holding a database connection: a mail server may take seconds.

        Links lead to the configured origin: a request can name any host.
        """
        pool.release()
        super().send_mail(template_prefix, email, _at_origin(context))

    def populate_username(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Set a random name: nobody signs in with it, and the first half of an address is personal."""
        if not user_username(user):
            user_username(user, f"m{secrets.token_hex(8)}")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return only what the environment configures, so that a sign-in page needs no query."""
        configured = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in configured.values() for app in apps]

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist:
            raise Http404(f"{provider} is not configured") from None

    def get_requests_session(self) -> Any:
        """Return the HTTP session, with the database connection released: a provider may take seconds to answer."""
        pool.release()
        return super().get_requests_session()

    def list_providers(self, request: HttpRequest) -> list[Any]:
        providers = super().list_providers(request)
        if request and in_app(request):
            providers = [provider for provider in providers if provider.id != "google"]
        return sorted(providers, key=lambda provider: ORDER.index(provider.id))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Free an address that the provider has verified from accounts that only claim it."""
        if not sociallogin.is_existing:
            for address in sociallogin.email_addresses:
                if address.verified:
                    drop_claims(address.email)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Take the address from the provider's data, and no names."""
        user = sociallogin.user
        user_email(user, data.get("email") or "")
        user_username(user, "")
        user_field(user, "first_name", "")
        user_field(user, "last_name", "")
        return user


def _at_origin(context: dict[str, Any]) -> dict[str, Any]:
    """Return a mail's context with all of its addresses, and the site, at ``SITE_ORIGIN``."""
    if not settings.SITE_ORIGIN:
        return context
    origin = urlsplit(settings.SITE_ORIGIN)
    moved = {
        name: urlsplit(value)._replace(scheme=origin.scheme, netloc=origin.netloc).geturl()
        for name, value in context.items()
        if name.endswith("_url") and isinstance(value, str)
    }
    return context | moved | {"current_site": Site(domain=origin.netloc, name=origin.netloc)}


def display_name(user: AbstractBaseUser) -> str:
    """Return the member's name for mails and pages: the nickname, or a plain word."""
    profile = getattr(user, "profile", None)
    return (profile.nickname if profile else "") or _("회원")
