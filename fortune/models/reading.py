"""A reading: whose, which chart, which kind. Its text and status live in its runs (core/streams)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.access import Who
from core.db.ids import ordered_id
from core.security.fields import EncryptedJSONField, EncryptedTextField
from core.streams import Run, current
from fortune.saju import Birth, Options, birth_of, options_of


class Kind(models.TextChoices):
    FULL = "full", _("총평")
    TOPIC = "topic", _("주제별")
    DAILY = "daily", _("오늘의 운세")
    YEAR = "year", _("올해의 운세")
    MATCH = "match", _("궁합")
    QUESTION = "question", _("질문")


class Mode(models.TextChoices):
    GENERAL = "general", _("일반")
    TEACHER = "teacher", _("선생님")


class Topic(models.TextChoices):
    PERSONALITY = "personality", _("성격")
    WEALTH = "wealth", _("재물운")
    CAREER = "career", _("직업운")
    LOVE = "love", _("연애·결혼운")
    HEALTH = "health", _("건강운")
    STUDY = "study", _("학업운")
    COMPATIBILITY = "compatibility", _("인간관계")
    TEACHER = "teacher", _("교직")


class PairKind(models.TextChoices):
    """The relation between the two people of a 궁합 (``fortune.readings.inputs.RELATIONS``)."""

    LOVERS = "lovers", _("연인")
    COUPLE = "couple", _("부부")
    FAMILY = "family", _("부모와 아이")
    FRIENDS = "friends", _("친구")
    COLLEAGUES = "colleagues", _("동료")


class ReadingSet(models.QuerySet["Reading"]):
    """Readings, and whose they are."""

    def of(self, who: Who) -> ReadingSet:
        """Return those of a member, or of a guest; none of somebody who is neither yet."""
        return self.of_person(who.user_id, who.guest)

    def of_person(self, user_id: int | None, guest: str) -> ReadingSet:
        """Return those of a member, or else of a guest by their fingerprint."""
        if user_id:
            return self.filter(owner_id=user_id)
        return self.filter(owner=None, guest=guest) if guest else self.none()


class Reading(models.Model):
    """One reading: the request, with everything needed to make the same request again.

    ``chart`` is the record from which the engine casts the chart again, with a digest of what it was (rows of earlier
    releases hold the engine's whole answer); ``likeness`` is a keyed fingerprint of all that shapes the text, so that the
    same request finds this row.
    """

    id = models.UUIDField(_("번호"), primary_key=True, default=ordered_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("회원"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="readings",
        db_index=False,  # reading_of_member begins with it
    )
    guest = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(_("종류"), max_length=10, choices=Kind.choices)
    mode = models.CharField(_("말투"), max_length=10, choices=Mode.choices, default=Mode.GENERAL)
    topic = models.CharField(_("주제"), max_length=20, choices=Topic.choices, blank=True, default="")
    date = models.DateField(_("날짜"), null=True, blank=True)
    language = models.CharField(max_length=5, default="ko")
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        db_index=False,  # reading_of_parent has the rows that have one
    )
    question = EncryptedTextField(blank=True, default="")
    label = EncryptedTextField(blank=True, default="")
    chart: Any = EncryptedJSONField()
    other_label = EncryptedTextField(blank=True, default="")
    other_chart: Any = EncryptedJSONField(null=True, blank=True)
    relation = models.CharField(
        max_length=12, choices=PairKind.choices, blank=True, default="", db_default=""
    )
    token = models.CharField(max_length=64)
    likeness = models.CharField(max_length=64, blank=True, default="")
    engine_version = models.CharField(_("엔진"), max_length=20)
    prompt_version = models.CharField(_("지시문"), max_length=20)
    created_at = models.DateTimeField(_("만든 때"))

    objects = ReadingSet.as_manager()

    class Meta:
        verbose_name = _("풀이")
        verbose_name_plural = _("풀이")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(guest=""), name="reading_belongs_to_somebody"
            ),
            models.UniqueConstraint(
                fields=("owner", "token"), condition=Q(owner__isnull=False), name="reading_once_per_press"
            ),
            models.UniqueConstraint(
                fields=("guest", "token"),
                condition=Q(owner__isnull=True),
                name="reading_once_per_press_guest",
            ),
            models.UniqueConstraint(
                fields=("owner", "likeness"),
                condition=Q(owner__isnull=False) & ~Q(likeness=""),
                name="reading_once_per_likeness",
            ),
            models.UniqueConstraint(
                fields=("guest", "likeness"),
                condition=Q(owner__isnull=True) & ~Q(likeness=""),
                name="reading_once_per_likeness_guest",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.TOPIC) ^ Q(topic=""), name="reading_topic_iff_topic_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.MATCH) ^ Q(other_chart__isnull=True),
                name="reading_two_charts_iff_match",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.MATCH) | Q(relation=""), name="reading_relation_only_of_two"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.QUESTION) ^ Q(parent__isnull=True), name="reading_parent_iff_question"
            ),
        )
        indexes = (
            # A guest's readings, a few dozen, are found by reading_once_per_press_guest.
            models.Index(
                fields=("owner", "-created_at"), condition=Q(owner__isnull=False), name="reading_of_member"
            ),
            models.Index(fields=("parent",), condition=Q(parent__isnull=False), name="reading_of_parent"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.id}"

    def get_absolute_url(self) -> str:
        return reverse("fortune:reading", args=[self.id])

    @cached_property
    def run(self) -> Run:
        """The newest version's run: its text and status are the reading's. Every reading has one."""
        return current(self.id)

    def forget_run(self) -> None:
        """Ask the database again when ``run`` is needed next."""
        self.__dict__.pop("run", None)

    @property
    def birth(self) -> Birth:
        return birth_of(self.chart)

    @property
    def options(self) -> Options:
        return options_of(self.chart)

    @property
    def other_birth(self) -> Birth:
        return birth_of(self.other_chart)

    @property
    def other_options(self) -> Options:
        return options_of(self.other_chart)
