"""The feeling that a question tells of: hurt, tired, worried; or a child who is hurt."""

from __future__ import annotations

import re
from typing import Final

_CHILD: Final = re.compile(
    r"따돌|왕따|은따|괴롭|학폭|놀림|울어|웁니다|운대요|맞고 왔|\b(?:bull(?:y|ied)|cries|crying)\b",
    re.IGNORECASE,
)
_KINDS: Final = (
    ("hurt",
        r"울(?:어|었)|웁니다|눈물|무너[지져졌]|서럽|서운|속상|상처|배신|억울|무시(?:해|를|당)|섭섭|비참"
        r"|\b(?:hurt|cr(?:y|ied|ying)|betray\w*)\b"),
    ("tired",
        r"지쳤|지칩|지쳐|힘들|힘듭|버티|버텨|막막|답답|숨 ?막|끝이 ?안 ?보|못 ?하겠|지긋지긋|번번이|미끄러"
        r"|\b(?:tired|exhausted|drowning|burn(?:ed|t) out|struggling)\b"),
    ("worried",
        r"걱정|불안|무서|무섭|겁[이나]|두렵|두려|조마조마|초조|두근"
        r"|\b(?:worried|scared|afraid|anxious|nervous)\b"),
)  # fmt: skip
_COMPILED: Final = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _KINDS)


def told(question: str, who: str) -> str:
    """Return "child", "hurt", "tired" or "worried"; "" where a question tells of none."""
    if who == "child" and _CHILD.search(question):
        return "child"
    return next((kind for kind, words in _COMPILED if words.search(question)), "")
