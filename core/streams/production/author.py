"""The protocol by which the platform asks the product about a run. The product registers one author at start-up."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from core.llm.types import Prompt
from core.streams.models import Run


class Author(Protocol):
    """Tells the producer of a run what to ask, in any process, also for a run that is taken over."""

    def prompt(self, run: Run) -> Prompt:
        """Return what to ask the model. Called before the provider is, with the database at hand."""
        ...

    def own_key(self, run: Run) -> str | None:
        """Return the person's own provider key for this run, if it is written on one."""
        ...

    def finished(self, run: Run) -> None:
        """Act on the run's end: called in the transaction that saves it, exactly once."""
        ...

    def forget(self, subjects: Collection[UUID]) -> None:
        """Drop what this process has in memory of deleted subjects."""
        ...
