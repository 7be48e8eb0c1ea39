"""Kakao's OAuth 2, as allauth's views call it."""

from __future__ import annotations

from allauth.socialaccount.providers.kakao.views import KakaoOAuth2Adapter as Base
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings


class KakaoOAuth2Adapter(Base):  # type: ignore[misc]  # allauth is not typed
    access_token_url = f"{settings.KAKAO_AUTH_URL}/oauth/token"
    authorize_url = f"{settings.KAKAO_AUTH_URL}/oauth/authorize"
    profile_url = f"{settings.KAKAO_API_URL}/v2/user/me"


oauth2_login = OAuth2LoginView.adapter_view(KakaoOAuth2Adapter)
oauth2_callback = OAuth2CallbackView.adapter_view(KakaoOAuth2Adapter)
