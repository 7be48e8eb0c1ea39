"""One named thing of a sentence."""

from __future__ import annotations

from typing import Any, NamedTuple


class Mention(NamedTuple):
    """One named thing: its kind, its value, and where it stands in the sentence."""

    kind: str
    value: Any
    start: int
    end: int
