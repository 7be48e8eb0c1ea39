"""신금, which is how the stem 辛 and the branch 申 are both spelt; it is named as the stem."""

from __future__ import annotations

from typing import Any, Final

from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

_SPELT: Final = "신금"
SIN: Final = 8  # 申 among the branches


def is_shin(s: Sentence, one: Mention) -> bool:
    """Return whether a mention is spelt 신금."""
    return s.text.startswith(_SPELT, one.start)


def as_branch(s: Sentence, one: Mention) -> Mention:
    """Return 신금 as the branch, and any other mention as it is."""
    return one._replace(kind="branch", value=SIN) if is_shin(s, one) else one


def signs_meant(s: Sentence, one: Mention) -> tuple[tuple[str, Any], ...]:
    """Return the kind and value of each sign that a mention may mean: of 신금 there are two."""
    own = one.kind, one.value
    return (own, ("branch", SIN)) if is_shin(s, one) else (own,)
