"""A run: one writing of a subject's text, and the one state machine it goes through."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.ids import ordered_id
from core.db.lookups import rows
from core.llm.types import BLOCKED
from core.security.fields import BytesOf, PackedTextField


class Status(models.TextChoices):
    """``queued → writing → done | stopped | interrupted | failed``; going on goes back to ``queued``."""

    QUEUED = "queued", _("대기")
    WRITING = "writing", _("쓰는 중")
    DONE = "done", _("완료")
    STOPPED = "stopped", _("멈춤")
    INTERRUPTED = "interrupted", _("끊김")
    FAILED = "failed", _("실패")


# How often a text may be continued: each time costs a request to a model, with all of the text so far.
RETRIES: Final = 3
LIVE = (Status.QUEUED, Status.WRITING)
TERMINAL = (Status.DONE, Status.STOPPED, Status.INTERRUPTED, Status.FAILED)


class Run(models.Model):
    """One writing of ``subject``. Each epoch of a subject is one run, and one version of its text.

    ``fence`` rises with every claim: a producer with an older one can neither append to the log nor save.
    """

    id = models.UUIDField(_("번호"), primary_key=True, default=ordered_id, editable=False)
    subject = models.UUIDField(_("풀이"), editable=False)
    epoch = models.PositiveIntegerField(_("판"), default=1)
    fence = models.PositiveIntegerField(_("맡은 횟수"), default=0)
    worker = models.CharField(_("워커"), max_length=80, blank=True, default="")
    status = models.CharField(_("상태"), max_length=12, choices=Status.choices, default=Status.QUEUED)
    stop_requested = models.BooleanField(_("멈추라고 함"), default=False)
    text = PackedTextField(_("글"), in_bytes="packed", blank=True, default="")
    packed = BytesOf(of="text", editable=False)
    error_code = models.CharField(_("오류"), max_length=40, blank=True, default="")
    provider = models.CharField(_("쓴 곳"), max_length=40, blank=True, default="")
    model = models.CharField(_("모델"), max_length=80, blank=True, default="")
    # The product's own name for what it asked (its engine's and prompt's versions).
    edition = models.CharField(_("엔진과 지시문"), max_length=60, blank=True, default="")
    own_key = models.BooleanField(_("내 키로 씀"), default=False)
    input_tokens = models.PositiveIntegerField(_("입력 토큰"), default=0)
    output_tokens = models.PositiveIntegerField(_("출력 토큰"), default=0)
    retries = models.PositiveSmallIntegerField(_("이어 쓴 횟수"), default=0, db_default=0)
    # Millionths of a US dollar for all requests of this run, by core.llm.pricing; 0 on a person's own key.
    cost_micro = models.PositiveBigIntegerField(_("비용(100만분의 1달러)"), default=0)
    created_at = models.DateTimeField(_("만든 때"))
    started_at = models.DateTimeField(_("시작한 때"), null=True)
    finished_at = models.DateTimeField(_("끝난 때"), null=True)

    class Meta:
        verbose_name = _("글쓰기")
        verbose_name_plural = _("글쓰기")
        ordering = ("-created_at", "-epoch")
        constraints = (
            models.UniqueConstraint(fields=("subject", "epoch"), name="run_epoch_once"),
            models.UniqueConstraint(
                fields=("subject",), condition=Q(status__in=LIVE), name="run_one_live_per_subject"
            ),
            models.CheckConstraint(
                condition=Q(status__in=TERMINAL) ^ Q(finished_at__isnull=True),
                name="run_finished_iff_terminal",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("created_at")),
                name="run_finished_after_created",
            ),
        )
        indexes = (
            models.Index(fields=("worker",), condition=Q(status__in=LIVE), name="run_live_by_worker"),
            models.Index(fields=("-created_at",), name="run_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.subject} · {self.epoch} · {self.get_status_display()}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def can_continue(self) -> bool:
        """Whether its text can be gone on with. A text that a filter has ended would be ended again."""
        if self.retries >= RETRIES:
            return False
        if self.status == Status.STOPPED:
            return bool(self.text)
        return self.status == Status.INTERRUPTED and self.error_code != BLOCKED

    @property
    def can_be_retried(self) -> bool:
        """Whether it can be continued or, without a text, written again."""
        return self.can_continue or (self.status == Status.FAILED and self.error_code != BLOCKED)

    def stored(self, text: str) -> dict[str, Any]:
        """Return the fields that ``text`` is stored in, for an ``update`` of this row."""
        field: PackedTextField = self._meta.get_field("text")  # type: ignore[assignment]
        return field.stored_in(self, text)

    @property
    def token(self) -> int:
        """The fencing token: grows with every epoch and every claim of this subject."""
        return (self.epoch << 20) | self.fence


def current(subject: uuid.UUID) -> Run:
    """Return the newest epoch's run. Raises ``Run.DoesNotExist``."""
    for run in rows(Run, "subject", subject, ending="ORDER BY epoch DESC LIMIT 1"):
        return run
    raise Run.DoesNotExist


def versions(subject: uuid.UUID) -> list[Run]:
    """Return all epochs, the newest first."""
    return rows(Run, "subject", subject, ending="ORDER BY epoch DESC")
