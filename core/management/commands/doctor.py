"""Say, item by item, whether this process and its services are set up as they must be."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.ops.doctor import examine

MARKS = {"ok": "ok   ", "doubtful": "doubt", "wrong": "WRONG"}


class Command(BaseCommand):
    help = "Say, item by item, whether this process and its services are set up as they must be."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reach", action="store_true", help="ask every provider a tiny question (costs a few tokens)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for finding in examine(reach=options["reach"]):
            self.stdout.write(f"{MARKS[finding.verdict]}  {finding.item:<16}  {finding.says}")
            wrong += finding.verdict == "wrong"
        if wrong:
            raise CommandError(f"{wrong} items are wrong")
