"""The form of a birth moment: text as people type it becomes frozen engine input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fortune.casting import chart_of
from fortune.forms.fields import DateField, Missing, TimeField, shares_fields
from fortune.saju import Birth, Chart, Options, SajuError, places
from fortune.saju.branch_hours import with_time
from fortune.saju.calendar.written import ReadDate, ReadTime, named_calendar

DEFAULT_PLACE = "seoul"
# The field beside which an error of the engine is shown; every other error is about the date.
FIELD_OF = {
    "time": "birth_time", "fold": "fold", "longitude": "longitude", "timezone": "timezone",
    "gender": "gender", "calendar": "calendar",
}  # fmt: skip


def _is_english() -> bool:
    return (get_language() or "ko").startswith("en")


def _unplaced(error: places.Unplaced) -> ValidationError:
    """Return what to tell about a text that is no place."""
    names = [place.en if _is_english() else place.ko for place in error.near[:4]]
    if error.code == "country":
        message = _("나라나 주 이름만으로는 경도와 시간대를 알 수 없어요. 태어난 도시를 적어 주세요.")
    elif error.code == "province":
        message = _("도 이름만으로는 경도를 알 수 없어요. 태어난 시나 군을 적어 주세요.")
    elif error.code == "twins":
        message = _("같은 이름이 여러 곳에 있어요: %(place)s. 어느 곳인지 적어 주세요.")
    elif names:
        message = _("찾지 못한 곳이에요. 혹시 %(place)s인가요?")
    else:
        message = _("찾지 못한 곳이에요. 가까운 도시 이름으로 다시 적어 주세요.")
    return ValidationError(message, code=error.code, params={"place": ", ".join(names)})


@shares_fields
class BirthForm(forms.Form):
    """One person's birth moment. A valid form has its chart in ``self.chart``."""

    use_required_attribute = False

    name = forms.CharField(label=_("이름 또는 별칭"), required=False, max_length=40)
    gender = forms.ChoiceField(
        label=_("성별"),
        choices=[("female", _("여성")), ("male", _("남성"))],
        error_messages={"required": _("성별을 골라 주세요. 대운이 흐르는 방향을 정할 때만 써요.")},
    )
    calendar = forms.ChoiceField(
        label=_("달력"),
        required=False,
        choices=[("solar", _("양력")), ("lunar", _("음력")), ("lunar_leap", _("음력 윤달"))],
    )
    birth_date = DateField(
        label=_("태어난 날"),
        max_length=40,
        error_messages={"required": _("태어난 날을 적어 주세요.")},
    )
    birth_time = TimeField(label=_("태어난 시각"), required=False, max_length=30)
    time_unknown = forms.BooleanField(label=_("시각을 몰라요"), required=False)
    birth_place = forms.CharField(label=_("태어난 곳"), required=False, max_length=60)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180)
    timezone = forms.CharField(required=False, max_length=60)
    clock = forms.ChoiceField(
        label=_("시간 기준"),
        required=False,
        choices=[("mean", _("지방평균시")), ("standard", _("표준시")), ("apparent", _("진태양시"))],
    )
    day_change = forms.ChoiceField(
        label=_("하루가 바뀌는 때"),
        required=False,
        choices=[("23:00", _("밤 11시")), ("00:00", _("자정"))],
    )
    fold = forms.TypedChoiceField(
        label=_("두 번 있었던 시각"),
        required=False,
        coerce=int,
        empty_value="0",
        choices=[("0", _("먼저 온 쪽")), ("1", _("나중에 온 쪽"))],
    )

    chart: Chart | None = None

    def full_clean(self) -> None:
        super().full_clean()
        # A bound field and its form refer to each other. Without that cycle a form that is not rendered is freed
        # when its view returns instead of by a garbage collection: 200 objects for each reading that begins.
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        # 음력 written beside the date, and another calendar chosen: neither is the likelier one.
        named = named_calendar(str(self.data.get(self.add_prefix("birth_date"), "")))
        cleaned["calendar"] = cleaned["calendar"] or named
        if not cleaned["calendar"].startswith(named):
            says = dict(self.fields["calendar"].choices)[named]  # type: ignore[attr-defined]
            message = gettext("적은 날짜에 ‘%(calendar)s’이라고 되어 있어요. 달력을 다시 골라 주세요.")
            self.add_error("calendar", message % {"calendar": says})
            return cleaned
        try:
            chart = chart_of(self.birth(), self.options())
            if chart.solar_date > timezone.localdate():
                raise SajuError("date", gettext("아직 오지 않은 날이에요. 연도를 다시 확인해 주세요."))
            self.chart = chart
        except SajuError as error:
            message = error.message_en if _is_english() else error.message
            self.add_error(FIELD_OF.get(error.code, "birth_date"), message)
        return cleaned

    def clean_birth_place(self) -> places.Place | None:
        """Return the place itself, by its slug or by a name as people type it; None when a longitude is given."""
        typed = self.cleaned_data["birth_place"].strip()
        if not typed and self.data.get(self.add_prefix("longitude")):
            return None
        try:
            return places.read(typed or DEFAULT_PLACE)
        except places.Unplaced as error:
            raise _unplaced(error) from None

    def clean_timezone(self) -> str:
        name: str = self.cleaned_data["timezone"]
        if self.data.get(self.add_prefix("longitude")) and not name:
            raise Missing(_("경도를 적을 때는 시간대(예: Asia/Seoul)도 적어 주세요."), code="required")
        return name

    def birth(self) -> Birth:
        """Return the engine's input. Only after the fields are clean; raises SajuError for a day that isn't."""
        data = self.cleaned_data
        day: ReadDate = data["birth_date"]
        time: ReadTime | None = None if data["time_unknown"] else data["birth_time"]
        place = data["birth_place"]
        birth = Birth(
            calendar=data["calendar"] or "solar",
            year=day.year,
            month=day.month,
            day=day.day,
            gender=data["gender"],
            longitude=place.longitude if place else data["longitude"],
            timezone=place.timezone if place else data["timezone"],
            fold=int(data["fold"] or 0),
        )
        return birth if time is None else with_time(birth, time, self.options())

    def other_hour(self) -> int | None:
        """Return the afternoon hour that may have been meant, where a time such as "2시" was taken as the morning's."""
        time: ReadTime | None = self.cleaned_data.get("birth_time")
        if time is None or self.cleaned_data.get("time_unknown"):
            return None
        return time.or_hour

    def options(self) -> Options:
        return Options(
            clock=self.cleaned_data["clock"] or "mean",
            day_change=self.cleaned_data["day_change"] or "23:00",
        )
