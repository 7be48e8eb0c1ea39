"""allauth's Naver provider, whose e-mail addresses are unverified."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.naver.provider import NaverProvider as Base


class NaverProvider(Base):  # type: ignore[misc]  # allauth is not typed
    # URLs and views are allauth's own.
    package = "allauth.socialaccount.providers.naver"

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Mark addresses as unverified: allauth marks them verified, which Naver does not say."""
        addresses: list[EmailAddress] = super().extract_email_addresses(data)
        for address in addresses:
            address.verified = False
        return addresses

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"id": data["id"]}
