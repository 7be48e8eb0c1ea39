"""Claims on 투출: that a stem stands among the stems, or in a cell of them, whatever hides it as well.

해수 속 갑목이 천간에 드러나 있어, 축토의 계수가 시간에 투출했고, 신금은 월간에 나와 있어요.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

_WORDS = ("투출", "투간", "드러나", "드러났", "드러난", "나와", "떠", "솟", "올라", "고개를")
_MARKED = re.compile(
    r"^(?:\([^)]{1,6}\))?(?:[은는이가도]|만이?) (?:(?:다시|그대로|함께|바로|밖으로|모두|직접|뚜렷이|힘 있게) )*$"
)
_AMONG = re.compile(
    r"(?:\([^)]{1,6}\))?(?:[은는이가도]|만이?) (?:(?:다시|그대로|함께|바로|밖으로|직접|뚜렷이) )*천간(?=에|으로)"
)
_SHOWN = re.compile(
    r"(?:에|으로|로|에도|에는) (?:\S+[이게] )?"
    r"(?:(?P<no>(?:투출|투간)(?:하|되)지(?:는|도)? ?[않못]|드러나(?: ?있)?지(?:는|도)? ?[않못]|나와 ?있지(?:는)? ?않|떠 ?있지(?:는)? ?않|떠오르지(?:는)? ?[않못])"
    r"|투출|투간|드러나|드러났|드러난|나와|나온|나왔|떠|뜬|떴|솟|올라|고개를)"
)


def shown(s: Sentence) -> Iterator[Claim]:
    """Yield that a stem is shown, or isn't, among the stems or in the cell that is named behind it."""
    if not any(word in s.text for word in _WORDS):
        return
    for at, one in enumerate(s.mentions):
        if one.kind == "stem" and not s.in_time(one.start):
            yield from _in_half(s, one)
            cell = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
            if cell is not None and cell.kind == "cell" and cell.value.endswith(".stem"):
                yield from _in_cell(s, one, cell)


def _in_half(s: Sentence, one: Mention) -> Iterator[Claim]:
    among = _AMONG.match(s.text, one.end)
    found = _SHOWN.match(s.text, among.end()) if among else None
    if found:
        yield from claim(s, "stem", "*", one.value, one, affirmed=not found["no"], end=found.end())


def _in_cell(s: Sentence, one: Mention, cell: Mention) -> Iterator[Claim]:
    found = _SHOWN.match(s.text, cell.end) if _MARKED.match(s.gap(one, cell)) else None
    if found and cell.value != "day.stem":
        affirmed = not found["no"]
        yield from claim(s, "stem", cell.value, one.value, one, cell, affirmed=affirmed, end=found.end())
