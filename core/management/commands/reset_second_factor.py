"""Remove a person's second factors, for somebody who has lost all of them."""

from __future__ import annotations

import getpass
import logging
import os
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.models import FactorReset

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Remove the second factors of one account, and end its sessions. Make sure first who is asking."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", help="the e-mail address or the user name")
        parser.add_argument("--by", default="", help="who does it, for the audit; default: the system's user")

    def handle(self, *args: Any, account: str, by: str = "", **options: Any) -> None:
        users = get_user_model().objects.filter(Q(email__iexact=account) | Q(username=account))
        if len(users) != 1:
            raise CommandError(f"{len(users)} accounts have this address or name; exactly one is needed")
        (user,) = users
        with transaction.atomic():  # no removal without its row
            removed, _ = Authenticator.objects.filter(user=user).delete()
            FactorReset.objects.create(
                account=user.pk,
                operator=(by or _system_user())[:150],
                factors=removed,
                reset_at=timezone.now(),
            )
        for session in UserSession.objects.filter(user=user):
            session.end()
        log.warning("second factor: removed by an operator, user=%s, factors=%d", user.pk, removed)
        self.stdout.write(f"{removed} factors removed; the next sign-in asks for the password alone")


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose number has no name
        return f"uid {os.getuid()}"
