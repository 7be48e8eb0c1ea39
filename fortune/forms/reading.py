"""Forms for what is wanted: a reading of a birth moment, an answer to a question."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fortune.forms.birth import BirthForm
from fortune.forms.fields import DateField, own_field, shares_fields
from fortune.models import Kind, Mode, PairKind, Topic
from fortune.saju.calendar.dates import FIRST_YEAR, LAST_YEAR
from fortune.services.readings import ReadingRequest


@shares_fields
class ReadingForm(BirthForm):
    """A birth moment and the reading that is wanted."""

    mode = forms.ChoiceField(label=_("풀이 방식"), required=False, choices=Mode.choices)
    topic = forms.ChoiceField(label=_("주제"), required=False, choices=[("", "—"), *Topic.choices])
    date = DateField(label=_("날짜"), required=False, max_length=40)
    relation = forms.ChoiceField(label=_("두 사람의 관계"), required=False, choices=PairKind.choices)
    token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, kind: str = Kind.FULL, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        if kind == Kind.TOPIC:
            own_field(self, "topic", required=gettext("주제를 골라 주세요."))
        if kind == Kind.MATCH:
            own_field(self, "relation", required=gettext("두 사람이 어떤 사이인지 골라 주세요."))

    def clean_token(self) -> str:
        """Return the token of one press of the button; a request without one gets a new token."""
        return self.cleaned_data["token"] or uuid.uuid4().hex

    def clean_date(self) -> dt.date | None:
        typed = self.cleaned_data["date"]
        if typed is None:
            return None
        try:
            day = dt.date(*typed)
        except ValueError as error:
            raise ValidationError(
                _("없는 날짜예요. 월과 일을 다시 확인해 주세요."), code="no_such_date"
            ) from error
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("1900년부터 2100년 사이의 날짜를 적어 주세요."), code="out_of_range")
        return day

    def reading_request(self, *, kind: str = Kind.FULL) -> ReadingRequest:
        """Return the reading that the visitor wants."""
        data = self.cleaned_data
        day: dt.date | None = data["date"]
        if kind in (Kind.DAILY, Kind.YEAR):
            day = day or timezone.localdate()
        if kind == Kind.YEAR and day is not None:
            day = dt.date(day.year, 1, 1)  # one reading a person and year, whatever the day
        return ReadingRequest(
            birth=self.birth(),
            options=self.options(),
            label=data["name"].strip(),
            kind=Kind(kind),
            mode=Mode(data["mode"] or Mode.GENERAL),
            topic=data["topic"] if kind == Kind.TOPIC else "",
            date=day if kind in (Kind.DAILY, Kind.YEAR) else None,
            language=(get_language() or "ko")[:2],
        )


@shares_fields
class QuestionForm(forms.Form):
    """A question about one's own chart."""

    use_required_attribute = False

    question = forms.CharField(
        label=_("물어보고 싶은 것"),
        max_length=500,
        widget=forms.Textarea,
        error_messages={
            "required": _("물어보고 싶은 것을 적어 주세요."),
            "max_length": _("500자까지 물어볼 수 있어요. 조금 줄여 주세요."),
        },
    )
    token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_token(self) -> str:
        return self.cleaned_data["token"] or uuid.uuid4().hex
