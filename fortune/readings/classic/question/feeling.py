"""The feeling that a question tells of: hurt, tired, worried; or a child who is hurt."""

from __future__ import annotations

import re
from typing import Final

_CHILD: Final = re.compile(
    r"따돌|왕따|은따|괴롭|학폭|놀림|울어|웁니다|운대요|맞고 왔|\b(?:bull(?:y|ied)|cries|crying)\b"
)
_KINDS: Final = (
    ("hurt",
        r"(?<![가-힣])울(?:어|었)|웁니다|눈물(?!점)|무너[지져졌]|서럽|(?<!무)서운|속상|상처(?! ?(?:없|안 ))|배신|억울"
        r"|무시(?:해|를|당)|섭섭|비참"
        r"|\b(?:am|feel|feeling|felt|was|been|so|really) hurt\b|'m hurt\b|\b(?:hurts|hurt me|cr(?:y|ied|ying)|betray\w*)\b"),
    ("tired",
        # 힘들까요, 버틸까요 ask of what is to come
        r"지쳤|지칩|지쳐|힘들(?!까|지 ?않|려나|겠)|힘듭|버티[고다]|버텼|버텨 ?왔|막막|답답(?!한 ?(?:성격|사람))|숨 ?막|끝이 ?안 ?보|못 ?하겠|지긋지긋|번번이|미끄러"
        r"|\b(?:tired|exhausted|drowning|burn(?:ed|t) out|struggling)\b"),
    ("worried",
        r"걱정(?![은이도]? ?(?:없|안 |말))|불안(?!정)|무서|무섭|겁이 ?나|겁나(?=[요서는고네])|두렵|두려|조마조마|초조"
        r"|\b(?:worried|scared|afraid|anxious|nervous)\b"),
)  # fmt: skip
# For text in lower case: with re.IGNORECASE every syllable of a class of Hangul would be compared with its capital.
_COMPILED: Final = tuple((kind, re.compile(words)) for kind, words in _KINDS)


def told(question: str, who: str) -> str:
    """Return "child", "hurt", "tired" or "worried"; "" where a question tells of none."""
    question = question.lower()
    if who == "child" and _CHILD.search(question):
        return "child"
    return next((kind for kind, words in _COMPILED if words.search(question)), "")
