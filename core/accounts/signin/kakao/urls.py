"""Kakao's addresses: begin a sign-in, and come back from it."""

from __future__ import annotations

from allauth.socialaccount.providers.oauth2.urls import default_urlpatterns

from core.accounts.signin.kakao.provider import KakaoProvider

urlpatterns = default_urlpatterns(KakaoProvider)
