"""Claims on what a sign makes with each of those it meets: 오화는 년지 자수를 충하지만 일지 미토와는 합해요."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.readings.grounding.sentences.shin import as_branch

_SIGNS = ("stem", "branch")
_MARKED = re.compile(r"^(?:\([^)]{1,6}\))?[은는이가] ")
_MET = re.compile(
    r"^(?:\([^)]{1,6}\))?(?:[을를]|[와과](?:는|도)?) (?:(?:서로|정면으로|다시|동시에|바로|강하게|직접|함께) )*$"
)


def meets(s: Sentence) -> Iterator[Claim]:
    """Yield the contact that a subject is said to make with the sign right before a relation's name."""
    for at in range(2, len(s.mentions)):
        one, met = s.mentions[at], s.mentions[at - 1]
        is_met = one.kind == "relation" and met.kind in _SIGNS and _MET.match(s.gap(met, one))
        if is_met and (subject := _subject(s, at - 1)):
            yield from _of_two(s, subject, met, one)


def _subject(s: Sentence, at: int) -> Mention | None:
    """Return the nearest sign before that is marked as a subject."""
    for m in s.mentions[at - 1 :: -1]:
        if m.kind in _SIGNS and _MARKED.match(s.text[m.end :]):
            return m
        if m.kind not in (*_SIGNS, "cell", "relation"):
            break
    return None


def _of_two(s: Sentence, subject: Mention, met: Mention, one: Mention) -> Iterator[Claim]:
    part, numbers = _same_part(s, subject, met)
    if part:
        yield from claim(s, "contact", (part, numbers), one.value, met, one)


def _same_part(s: Sentence, one: Mention, two: Mention) -> tuple[str, tuple[int, int]]:
    """Return the part that two signs are of, and their numbers; 신금 is 辛 or 申 as the other one is a stem or a branch."""
    rows = [as_branch(s, m) if other.kind == "branch" else m for m, other in ((one, two), (two, one))]
    same = rows[0].kind == rows[1].kind
    return (rows[0].kind if same else ""), (rows[0].value, rows[1].value)
