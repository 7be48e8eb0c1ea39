"""Claims of a clause without a subject of its own, which has that of the clause before.

월지 사화는 식신인데 역마까지 겸하고, 시주 임진은 괴강이면서 월덕귀인까지, 월지와 시지는 떨어져 있어 충이 되지 않아요.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.claims.named.gods import sign_said
from fortune.readings.grounding.claims.named.judged import school
from fortune.readings.grounding.names.endings import BECOMES, IS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

_VALUES = ("god", "stage", "star", "useful")
KINDS = frozenset((*_VALUES, "relation"))
"""The kinds that a clause may say of a subject: without one of them there is nothing to read."""
_SIGNS = ("stem", "branch", "ganji")
_CELLS = ("cell", "place")
_MARKED = re.compile(r"^(?:\([^)]{1,6}\))?[은는이가도] ")
_LINK = re.compile(
    r"(?:이고|이며|이자|이면서|면서|이지만|지만|인데|는데|은데|하고|있고|하며|있어|이라|라서|어서|아서|여서|이니|으니|니|므로|고|며|자),? "
)
# It belongs to the subject as well: 역마까지 겸하고, 도화에 해당해, 화개를 지녀, 건록이에요.
_SAYS = re.compile(
    rf"^(?:\([^)]{{1,6}}\))?(?:{IS}|{BECOMES}"
    r"|(?:까지|도|마저|[을를이가])? ?(?:함께 |같이 |동시에 |나란히 )?(?:겸|지니|지녔|지닌|품|띠|띤|갖|얻|붙|깔|더해))"
)
_OBJECT = re.compile(r"(?:\([^)]{1,6}\))?(?: ?(?:기운|글자))?(?:[을를]|에게|에서|으?로|까지) ")
_OWN_SUBJECT = re.compile(r"[가-힣]+(?:은|(?<!로)(?<!에)(?<!서)는|이|가|께서) ")
_JOINS = re.compile(r"^(?:\([^)]{1,6}\))?(?:와|과|하고|이랑) $")
_BOND = re.compile(
    r"^(?:살)?(?:이|가|은|는|도|을|를)? ?(?:\S+ )?(?:되|된|됩|돼|걸|이루|이룬|이룹|이뤄|성립|일어|맺|작용|생기|생겨|하[고며지])"
    rf"|^(?:살)?(?:의 관계)?(?:{IS}|로|으로)"
)
_LONGEST = 44


def continued(s: Sentence) -> Iterator[Claim]:
    """Yield what a clause says of the subject of a clause before it."""
    for at, one in enumerate(s.mentions):
        if one.kind in _VALUES and _SAYS.match(s.text[one.end :]):
            if (subject := _subject(s, at)) and not s.in_time(one.start):
                yield from _of_subject(s, subject, one)
        elif one.kind == "relation" and not s.in_time(one.start) and _BOND.match(s.text[one.end :]):
            yield from _of_pair(s, at, one)


def _of_pair(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read a contact of the two cells that the clause before is about."""
    if pair := _pair(s, at):
        yield from claim(s, "relation", frozenset(m.value for m in pair), one.value, pair[0], one)


def _subject(s: Sentence, at: int) -> Mention | None:
    """Return the cell, the pillar or the sign that a clause before marks as its subject, with nothing but values behind it."""
    one = s.mentions[at]
    for step in range(at - 1, -1, -1):
        m = s.mentions[step]
        if m.kind in _VALUES:
            continue
        if one.kind == "useful" and m.kind in (*_SIGNS, "element") and _OBJECT.match(s.text, m.end):
            continue  # 나무는 약한 불을 살리니 희신이고요
        if m.value == "day.stem" and _OBJECT.match(s.text, m.end):
            continue  # 시지의 신금이 일간을 받쳐 주는데
        if m.kind not in (*_SIGNS, *_CELLS, "element") or not _MARKED.match(s.text[m.end :]):
            return None
        if not _goes_on(s.text[m.end : one.start]):
            return None
        cell = s.mentions[step - 1] if step else m
        is_of = m.kind in _SIGNS and cell.kind in _CELLS and len(s.gap(cell, m)) <= 2
        return cell if is_of else m
    return None


def _goes_on(between: str) -> bool:
    """Return whether the words behind a subject end one clause and begin another that names no subject."""
    links = list(_LINK.finditer(between)) if len(between) <= _LONGEST else []
    return bool(links) and not _OWN_SUBJECT.search(between, links[-1].end() - 1)


def _of_subject(s: Sentence, subject: Mention, one: Mention) -> Iterator[Claim]:
    if one.kind == "useful":
        if subject.kind in ("element", "stem"):
            own = subject.value if subject.kind == "element" else subject.value // 2
            yield from claim(s, "useful", school(s, one), ("element", own), subject, one)
        return
    is_cell = subject.kind in _CELLS and subject.value != "day.stem"
    if is_cell and one.kind == "stage":
        yield from claim(s, "stage", (None, subject.value), one.value, subject, one)
    elif is_cell:
        yield from claim(s, one.kind, subject.value, one.value, subject, one)
    elif one.kind == "god" and subject.kind in ("stem", "branch"):
        yield from claim(s, "sign_god", sign_said(s, subject), one.value, subject, one)
    elif one.kind == "star" and subject.kind in ("stem", "branch"):
        yield from claim(s, "starred", (sign_said(s, subject),), one.value, subject, one)


def _pair(s: Sentence, at: int) -> list[Mention]:
    """Return the two cells of the clause before: 월지 신금과 시지 인목은 서로 떨어져 있어."""
    before = [m for m in s.mentions[:at] if m.kind != "relation"]
    cells = [m for m in before if m.kind == "cell"]
    last = before[-1] if before else None
    if last is None or len(cells) != 2 or any(m.kind not in ("cell", *_SIGNS) for m in before):
        return []
    first = before[before.index(cells[1]) - 1]
    joined = _JOINS.match(s.gap(first, cells[1])) and _MARKED.match(s.text[last.end :])
    return cells if joined and _goes_on(s.text[last.end : s.mentions[at].start]) else []
