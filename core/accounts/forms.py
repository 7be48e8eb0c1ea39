"""The forms of a member's profile."""

from __future__ import annotations

from typing import Literal

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.accounts.pictures import MAX_BYTES, NotAPicture, shrink
from core.models import Role
from core.models.people import NICKNAME_LENGTH


class WelcomeForm(forms.Form):
    """Asked once. Everything may be left empty."""

    nickname = forms.CharField(
        label=_("별명"),
        required=False,
        max_length=NICKNAME_LENGTH,
        help_text=_("이곳에서 부를 이름이에요. 나중에 바꿀 수 있어요."),
    )
    role = forms.ChoiceField(
        label=_("어떤 분이세요?"), choices=Role.choices, initial=Role.GENERAL, widget=forms.RadioSelect
    )


class ProfileForm(WelcomeForm):
    picture = forms.FileField(
        label=_("프로필 사진"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("5MB까지, 정사각형으로 잘라서 저장해요."),
    )

    def clean_picture(self) -> bytes | Literal[False] | None:
        """Return the new picture, False to remove the stored one, None to leave it.

        The uploaded bytes are never stored: the picture is encoded anew, without the place or camera in its metadata.
        """
        file = self.cleaned_data["picture"]
        if not isinstance(file, UploadedFile):
            return False if file is False else None
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("사진이 너무 커요. 5MB보다 작은 사진을 골라 주세요."), code="too_large"
            )
        try:
            return shrink(file.read())
        except NotAPicture:
            raise forms.ValidationError(
                _("사진을 읽지 못했어요. JPG, PNG, WebP 사진을 골라 주세요."), code="not_a_picture"
            ) from None


class OwnKeyForm(forms.Form):
    key = forms.CharField(
        label=_("Gemini API 키"),
        max_length=200,
        strip=True,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("암호화해서 보관하고, 다시 보여 주지 않아요. 풀이를 쓸 때에만 꺼내 써요."),
    )

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if not key.isascii() or not key.isprintable() or " " in key or len(key) < 20:
            raise forms.ValidationError(
                _("키 모양이 아니에요. Google AI Studio에서 복사한 그대로 넣어 주세요."), code="not_a_key"
            )
        return key
