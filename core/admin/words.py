"""Korean words for models of other packages, which name them in English or not at all.

Set on the finished models: a migration is made of what the package itself has written, and doesn't see these.
"""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.admin import SocialAppAdmin, SocialAppForm, SocialTokenAdmin
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.forms import AdminPasswordChangeForm, SetUnusablePasswordMixin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MODELS: Final = {UserSession: _("로그인한 기기"), Authenticator: _("2단계 인증")}
FIELDS: Final = {
    SocialAccount: {"user": _("회원")},
    SocialApp: {"provider": _("소셜 서비스"), "provider_id": _("소셜 서비스 번호"), "settings": _("설정")},
    SocialToken: {"app": _("소셜 애플리케이션"), "account": _("소셜 계정")},
    UserSession: {
        "user": _("회원"),
        "created_at": _("로그인한 때"),
        "last_seen_at": _("마지막으로 본 때"),
        "ip": _("IP 주소"),
        "user_agent": _("브라우저"),
        "data": _("덧붙인 값"),
    },
}


class NamedSocialAppForm(SocialAppForm):  # type: ignore[misc]  # allauth has no types
    """allauth's form, which replaces the field by one without the model's word for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].label = FIELDS[SocialApp]["provider"]


class NamedPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Django's form, which warns in English only."""

    usable_password_help_text = format_lazy(  # type: ignore[assignment]  # lazy, as Django's own is
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        SetUnusablePasswordMixin.usable_password_help_text,
        _("끄면 이 사용자의 지금 비밀번호는 사라져요."),
    )


def name_models() -> None:
    """Give the models and fields above their words; before Django makes the admin's forms of them."""
    for model, name in MODELS.items():
        model._meta.verbose_name = model._meta.verbose_name_plural = name
    for owner, fields in FIELDS.items():
        for field, words in fields.items():
            found: Any = owner._meta.get_field(field)
            found.verbose_name = words
    SocialAppAdmin.form = NamedSocialAppForm
    SocialTokenAdmin.truncated_token.short_description = _("토큰")


name_models()
