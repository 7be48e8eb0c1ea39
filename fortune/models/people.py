"""A member's saved people, with their birth moments, and favourite dates."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_lazy as _

from core.security.fields import (
    EarlyBigAutoField,
    EncryptedJSONField,
    EncryptedTextField,
    FormerlyPlainTextField,
)


class Relation(models.TextChoices):
    SELF = "self", _("본인")
    FAMILY = "family", _("가족")
    PARTNER = "partner", _("연인·배우자")
    FRIEND = "friend", _("친구")
    COLLEAGUE = "colleague", _("동료")
    PUPIL = "pupil", _("학생")
    OTHER = "other", _("그 밖")


class SavedPerson(models.Model):
    """A person saved by a member. ``birth`` holds the fields of the birth form, encrypted."""

    id = EarlyBigAutoField(primary_key=True, verbose_name="ID", auto_created=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("회원"),
        on_delete=models.CASCADE,
        related_name="saved_people",
    )
    name = EncryptedTextField(_("이름"))
    relation = models.CharField(_("관계"), max_length=10, choices=Relation.choices, default=Relation.SELF)
    birth = EncryptedJSONField(_("태어난 때"))
    is_default = models.BooleanField(_("기본으로 쓰기"), default=False)
    created_at = models.DateTimeField(_("저장한 때"), auto_now_add=True)
    updated_at = models.DateTimeField(_("고친 때"), auto_now=True)

    class Meta:
        verbose_name = _("저장한 사람")
        verbose_name_plural = _("저장한 사람")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(is_default=True), name="fortune_one_default_person"
            ),
            models.CheckConstraint(
                condition=models.Q(relation__in=Relation.values), name="fortune_person_known_relation"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Colour(models.TextChoices):
    RED = "red", _("빨강")
    YELLOW = "yellow", _("노랑")
    GREEN = "green", _("초록")
    BLUE = "blue", _("파랑")
    GREY = "grey", _("회색")


class FavoriteDates(models.Manager["FavoriteDate"]):
    def upcoming_first(self, user_id: int, today: date) -> models.QuerySet[FavoriteDate]:
        """Return a member's dates: those to come, soonest first, then past ones, latest first."""
        return self.filter(user_id=user_id).order_by(
            Case(When(date__gte=today, then=Value(0)), default=Value(1)),
            Case(When(date__gte=today, then=F("date"))),
            F("date").desc(),
            "pk",
        )


class FavoriteDate(models.Model):
    """A date that a member has saved."""

    id = EarlyBigAutoField(primary_key=True, verbose_name="ID", auto_created=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("회원"),
        on_delete=models.CASCADE,
        related_name="favorite_dates",
    )
    date = models.DateField(_("날짜"))
    label = FormerlyPlainTextField(_("이름"))
    memo = EncryptedTextField(_("메모"), blank=True, default="")
    colour = models.CharField(_("색"), max_length=6, choices=Colour.choices, default=Colour.YELLOW)
    created_at = models.DateTimeField(_("저장한 때"), auto_now_add=True)

    objects = FavoriteDates()

    class Meta:
        verbose_name = _("기억할 날")
        verbose_name_plural = _("기억할 날")
        ordering = ["date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(colour__in=Colour.values), name="fortune_favorite_known_colour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date}"
