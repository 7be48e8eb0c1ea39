"""A member's profile, beside Django's account."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from core.security.fields import EncryptedTextField

NICKNAME_LENGTH = 20
# A picture is kept as 256 × 256 pixels of WebP; noise, the worst there is, takes 47 KB.
PICTURE_BYTES: Final = 128 * 1024


class Role(models.TextChoices):
    GENERAL = "general", _("일반")
    TEACHER = "teacher", _("선생님")
    STUDENT = "student", _("학생")
    PARENT = "parent", _("학부모")


class Profile(models.Model):
    """One per member, made when it is first needed (``profile_of``)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("회원"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="profile",
    )
    role = models.CharField(_("역할"), max_length=10, choices=Role.choices, default=Role.GENERAL)
    nickname = models.CharField(_("별명"), max_length=NICKNAME_LENGTH, blank=True, default="")
    own_key = EncryptedTextField(_("내 Gemini 키"), blank=True, default="")
    own_key_set_at = models.DateTimeField(_("키를 넣은 때"), null=True, blank=True)
    # When the key was last seen to work; only then does it free from the limits of the site's own. The release before
    # does not know this column: what it says of an earlier key counts for nothing.
    own_key_seen_at = models.DateTimeField(_("키가 된 때"), null=True, blank=True)
    # When the welcome form was answered or postponed. A state of its own: it can't be inferred from the
    # nickname or the e-mail address.
    welcomed_at = models.DateTimeField(_("첫 안내를 마친 때"), null=True, blank=True)
    created_at = models.DateTimeField(_("만든 때"), auto_now_add=True)

    class Meta:
        verbose_name = _("프로필")
        verbose_name_plural = _("프로필")
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="core_profile_known_role"),
            models.CheckConstraint(
                condition=models.Q(own_key="", own_key_set_at=None)
                | (~models.Q(own_key="") & models.Q(own_key_set_at__isnull=False)),
                name="core_profile_key_with_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.nickname or f"#{self.pk}"

    @property
    def has_own_key(self) -> bool:
        return self.own_key_set_at is not None

    @property
    def own_key_works(self) -> bool:
        set_at, seen_at = self.own_key_set_at, self.own_key_seen_at
        return set_at is not None and seen_at is not None and seen_at >= set_at


class Picture(models.Model):
    """A member's picture. In a table of its own, so that reading a profile doesn't read it."""

    profile = models.OneToOneField(
        Profile, on_delete=models.CASCADE, primary_key=True, related_name="stored_picture"
    )
    content = models.BinaryField()

    class Meta:
        verbose_name = _("프로필 사진")
        verbose_name_plural = _("프로필 사진")
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("content"), PICTURE_BYTES), name="core_picture_small"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


def profile_of(user: User) -> Profile:
    """Return the member's profile, made when first needed, so that no signal can be missed.

    Two first requests at once make one row, not an error.
    """
    try:
        return user.profile
    except Profile.DoesNotExist:
        # get_or_create settles the race on the primary key; the cache on `user` saves later queries.
        profile, _ = Profile.objects.get_or_create(user_id=user.pk)
        user.profile = profile
        return profile
