"""The form for a chart that is known by its pillars and not by its birth."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fortune.saju import Options, Pillar, Pillars
from fortune.saju.cycle import read_pillar

# Written after a pillar: 경오년, 신사월, 경진일, 임오시, 년주 …
SUFFIXES = ("년주", "월주", "일주", "시주", "년", "월", "일", "시", "주")


class PillarField(forms.CharField):
    """A pillar in Hangul or Hanja (경오, 庚午, 경오년) → ``Pillar``; None when it is left out.

    ``example``: a pillar of this kind, which the empty field shows.
    """

    def __init__(self, *, example: object, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.example = example

    def to_python(self, value: Any) -> Any:
        text = "".join((super().to_python(value) or "").split())
        if not text:
            return None
        for suffix in SUFFIXES:
            if len(text) > 2 and text.endswith(suffix):
                text = text.removesuffix(suffix)
                break
        found = read_pillar(text)
        if found is None:
            raise ValidationError(
                _("육십갑자에 없는 글자예요. 경오나 庚午처럼 두 글자로 적어 주세요."), code="no_such_pillar"
            )
        return found


class PillarsForm(forms.Form):
    """Four pillars, the hour's optional, and the options under which their dates are looked for."""

    use_required_attribute = False

    year = PillarField(example=_("경오"), label=_("년주"), max_length=8)
    month = PillarField(example=_("신사"), label=_("월주"), max_length=8)
    day = PillarField(example=_("경진"), label=_("일주"), max_length=8)
    hour = PillarField(example=_("임오"), label=_("시주"), max_length=8, required=False)
    gender = forms.ChoiceField(
        label=_("성별"), required=False, choices=[("female", _("여성")), ("male", _("남성"))]
    )
    day_change = forms.ChoiceField(
        label=_("하루가 바뀌는 때"), required=False, choices=[("23:00", _("밤 11시")), ("00:00", _("자정"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("year", "month", "day"):
            self.fields[name].error_messages["required"] = _("경오나 庚午처럼 두 글자로 적어 주세요.")

    def pillars(self) -> Pillars:
        hour: Pillar | None = self.cleaned_data["hour"]
        return Pillars(self.cleaned_data["year"], self.cleaned_data["month"], self.cleaned_data["day"], hour)

    def options(self) -> Options:
        return Options(day_change=self.cleaned_data["day_change"] or "23:00")

    @property
    def chosen_gender(self) -> str:
        return self.cleaned_data["gender"] or "female"
