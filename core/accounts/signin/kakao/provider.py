"""allauth's Kakao provider, with its two hosts taken from the settings."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.kakao.provider import KakaoProvider as Base

from core.accounts.signin.kakao.views import KakaoOAuth2Adapter


class KakaoProvider(Base):  # type: ignore[misc]  # allauth is not typed
    oauth2_adapter_class = KakaoOAuth2Adapter

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep only the account's number: no name, picture, birthday or phone."""
        return {"id": data["id"]}
