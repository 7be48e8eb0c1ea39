"""Forms for a member's saved people and dates, for searching the history, and for deleting the account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fortune.forms.birth import BirthForm
from fortune.forms.fields import own_field, shares_fields
from fortune.models import Colour, Kind, Mode, Relation


@shares_fields
class PersonForm(BirthForm):
    """A person with their birth moment; the engine has cast it when the form is valid."""

    relation = forms.ChoiceField(
        label=_("관계"),
        choices=[("", _("골라 주세요")), *Relation.choices],
        error_messages={"required": _("나와 어떤 사이인지 골라 주세요.")},
    )
    is_default = forms.BooleanField(label=_("사주를 볼 때 기본으로 채우기"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_field(self, "name", required=gettext("부를 이름을 적어 주세요. 별칭도 괜찮아요."))

    def normalised(self) -> dict[str, str]:
        """Return the date and the time as they are usually written, however they were typed."""
        birth = self.birth()
        found = {"birth_date": f"{birth.year}-{birth.month:02}-{birth.day:02}", "calendar": birth.calendar}
        return found | ({} if birth.hour is None else {"birth_time": f"{birth.hour:02}:{birth.minute:02}"})


class FavoriteForm(forms.Form):
    date = forms.DateField(
        label=_("날짜"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("날짜를 골라 주세요."), "invalid": _("날짜를 다시 확인해 주세요.")},
    )
    label = forms.CharField(
        label=_("이름"), max_length=50, error_messages={"required": _("무슨 날인지 적어 주세요.")}
    )
    memo = forms.CharField(
        label=_("메모"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    colour = forms.ChoiceField(
        label=_("색"), choices=Colour.choices, initial=Colour.YELLOW, widget=forms.RadioSelect
    )


@shares_fields
class HistoryForm(forms.Form):
    """Filters of the history. A value that can't be read is ignored, because it came from an address."""

    q = forms.CharField(label=_("찾을 말"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("종류"), required=False, choices=[("", _("모두")), *Kind.choices])
    mode = forms.ChoiceField(label=_("방식"), required=False, choices=[("", _("모두")), *Mode.choices])
    since = forms.DateField(
        label=_("부터"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("까지"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    @property
    def narrows(self) -> bool:
        """True when a filter other than the search words is set, so that the page keeps those fields open."""
        return any(self.filters().get(name) for name in ("kind", "mode", "since", "until"))

    def filters(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DeleteAccountForm(forms.Form):
    sure = forms.BooleanField(
        label=_("지운 자료는 되돌릴 수 없다는 것을 알아요."),
        error_messages={"required": _("되돌릴 수 없다는 것을 확인해 주세요.")},
    )
