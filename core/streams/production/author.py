"""What the platform must ask the product about a run. The product registers one author at start-up."""

from __future__ import annotations

from typing import Protocol

from core.llm.types import Prompt
from core.streams.models import Run


class Author(Protocol):
    """Asked by the writer of a run, in any process, also when it takes a run over."""

    def prompt(self, run: Run) -> Prompt:
        """What to ask the model. Called before the provider is, with the database at hand."""
        ...

    def own_key(self, run: Run) -> str | None:
        """The person's own provider key for this run, if it is written on one."""
        ...

    def finished(self, run: Run) -> None:
        """The run has reached a terminal state: called in the same transaction, exactly once."""
        ...


_author: Author | None = None


def register(author: Author) -> None:
    """Make ``author`` the one who is asked."""
    global _author
    _author = author


def author() -> Author:
    if _author is None:
        raise RuntimeError("no author is registered: the product does it in AppConfig.ready")
    return _author
