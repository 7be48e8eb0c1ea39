"""Fields that read dates and times as people type them, and what all forms of a class share."""

from __future__ import annotations

from copy import copy
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fortune.saju.calendar.written import Ambiguous, is_unknown, read_date, read_time

Form = TypeVar("Form", bound=forms.Form)


class _Fields(dict[str, forms.Field]):
    """The declared fields of a form. Django copies them deeply for each form, half of what one costs: here they stay shared."""

    def __deepcopy__(self, memo: object) -> dict[str, forms.Field]:
        return dict(self)


def shares_fields(form: type[Form]) -> type[Form]:
    """Let all forms of a class have the same fields. One that changes a field changes a copy (``own_field``)."""
    form.base_fields = _Fields(form.base_fields)
    for field in form.base_fields.values():
        if isinstance(field, forms.ChoiceField):
            # Django's own sentence has the value in it, and is in another tone.
            field.error_messages["invalid_choice"] = _("고를 수 있는 값이 아니에요. 다시 골라 주세요.")
    return form


def own_field(form: forms.Form, name: str, *, required: str) -> None:
    """Make a field of this form alone required, with the message ``required``."""
    field = form.fields[name] = copy(form.fields[name])
    field.required = True
    field.error_messages = {**field.error_messages, "required": required}


class Missing(ValidationError):
    """A field that must be filled in."""


class DateField(forms.CharField):
    """A date as people write it (``written.read_date``) → ``ReadDate``, calendar unknown."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            found = read_date(text, latest_year=timezone.localdate().year)
        except Ambiguous as error:
            one, other = error.meanings
            raise ValidationError(
                _("%(one)s로도 %(other)s로도 읽혀요. 둘 가운데 맞는 것을 적어 주세요."),
                code="ambiguous",
                params={"one": one, "other": other},
            ) from None
        if found is None:
            raise ValidationError(
                _("날짜를 읽지 못했어요. 1990-05-15처럼 연·월·일을 적어 주세요."), code="unreadable"
            )
        return found


class TimeField(forms.CharField):
    """A time of day as people write it (``written.read_time``) → ``ReadTime``; None when it is left out or unknown."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text or is_unknown(text):
            return None
        try:
            found = read_time(text)
        except Ambiguous as error:
            one, other = error.meanings
            raise ValidationError(
                _("날이 바뀌는 때라 두 가지로 읽혀요. %(one)s이나 %(other)s처럼 적어 주세요."),
                code="ambiguous",
                params={"one": one, "other": other},
            ) from None
        if found is None:
            raise ValidationError(
                _("시각을 읽지 못했어요. 1430이나 오후 2시 30분처럼 적어 주세요."), code="unreadable"
            )
        return found
