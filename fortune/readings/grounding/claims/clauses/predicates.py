"""Claims whose subject stands far from what it is said to be: 올해 들어온 병화는 신금과 합을 이루는 정관입니다.

A subject is a cell or a sign that 은 or 는 marks; it is what the copula says, whatever clause stands before that as an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.claims.named.gods import sign_said
from fortune.readings.grounding.names.endings import BECOMES, IS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import BREAK, Sentence

_MARKED = re.compile(r"^(?:\([^)]{1,6}\))?[은는] ")
# The attribute ends in 은, 는, 던 or ㄴ, ㄹ; a noun with 의 may stand behind it.
_ATTRIBUTE = re.compile(r"(?P<last>[가-힣]) (?:[가-힣]+의 )?$")
_SAYS = re.compile(
    rf"^(?:\([^)]{{1,6}}\))?(?:의 (?:자리|별|기운|글자|도움|힘|모습))?(?:{IS}|{BECOMES}|로, |으로, )"
)
# 계수가 떠 있으니, 이는 비견의 도움입니다
_POINTS = re.compile(r"(?<![가-힣])(?:이는|이것은|이것이|그것은|이 글자는|그 글자는|이게) (?:바로 |곧 )?$")
_SUBJECTS = ("cell", "stem", "branch")
_VALUES = ("god", "stage")
_NIEUN, _RIEUL = 4, 8


def predicates(s: Sentence) -> Iterator[Claim]:
    """Yield the ten god or the 12운성 that a clause says of its subject, over an attribute between them."""
    for at, one in enumerate(s.mentions):
        if one.kind not in _VALUES or not _SAYS.match(s.text[one.end :]):
            continue
        if (named := _named_before(s, at)) and one.kind == "god":
            yield from claim(s, "sign_god", sign_said(s, named), one.value, named, one)
            continue
        subject = _subject(s, at)
        if subject is None or not _is_attribute(_MARKED.sub("", s.gap(subject, one))):
            continue
        if subject.kind == "cell" and subject.value != "day.stem":
            where = subject.value if one.kind == "god" else (None, subject.value)
            yield from claim(s, one.kind, where, one.value, subject, one)
        elif one.kind == "god" and subject.kind != "cell":
            yield from claim(s, "sign_god", sign_said(s, subject), one.value, subject, one)


def _named_before(s: Sentence, at: int) -> Mention | None:
    """Return the sign that a clause points back at."""
    if not _POINTS.search(s.text[: s.mentions[at].start]):
        return None
    last = s.mentions[at - 1] if at else None
    return last if last is not None and last.kind in ("stem", "branch") else None


def _subject(s: Sentence, at: int) -> Mention | None:
    """Return the nearest subject of the clause, as its cell where it has one; None if anything else is marked behind it."""
    one = s.mentions[at]
    for step in range(at - 1, -1, -1):
        m = s.mentions[step]
        if BREAK.search(s.text[m.end : one.start]):
            return None
        if _MARKED.match(s.text[m.end :]):
            cell = s.mentions[step - 1] if step else m
            is_of = m.kind in ("stem", "branch") and cell.kind == "cell" and len(s.gap(cell, m)) <= 2
            found = cell if is_of else m
            return found if found.kind in _SUBJECTS else None
    return None


def _is_attribute(gap: str) -> bool:
    """Return whether the words between a subject and its predicate are an attribute of the latter."""
    found = _ATTRIBUTE.search(gap)
    if found is None or re.search(r"[이가] [가-힣]+의 $|에게|한테|입장|기준", gap):
        return False
    last = found["last"]
    return last in "은는던" or (ord(last) - ord("가")) % 28 in (_NIEUN, _RIEUL)
