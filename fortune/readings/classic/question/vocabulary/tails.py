"""The words said last of a matter, by which a question takes it up: 손절 of shares, 나갈까 of a home, 한 번 더 of an exam."""

from __future__ import annotations

from typing import Final

# Both behind the word of the matter itself and in a question that goes on with a story.
_SHARED: Final = {
    "job": r"연락|소식|전화|결과|발표|통보",
    "exam": r"결과|발표",
    "invest": r"손절|정리|물[려렸]|들어가|회복|오[를르]|반등",
    "house": r"당첨|계약|나갈",
    "business": r"접|정리|닫",
    "health": r"결과|괜찮",
}
# Only right behind the word of the matter.
_BEHIND: Final = {
    "job": r"붙[을나냐여었]",
    "exam": r"연락|소식",
    "house": r"나가나",
    "business": r"넘[기길]|대출",
    "move": r"옮[기길겨]",
    "law": r"돌려 ?받|받아 ?[낼내]",
}
# Only in a question that goes on with a story.
_OF_A_STORY: Final = {
    "invest": r"본전|탈출|팔|버티|빼|넣",
    "house": r"나가|팔릴|팔리|잡을|오를|떨어질|갈아탈|어느 ?쪽",
    "business": r"넘[기길겨]|업종|올인|버티|버틸|살아|일어|자리 ?잡|계속|확장|늘|풀|밀고|잘될|잘 ?될",
    "debt": r"벗|끝|갚|돌려 ?받|받을 ?수|해결|털|짐",
    "law": r"뒤집|이길|이기|끝|풀려|승소|유리|나올|받을",
    "exam": r"한 ?(?:번|해) ?더|도전|붙|될까|포기|접|계속|다시|합격|get in\b|pass\b|retake",
    "job": r"붙|써 ?줄|뽑|다시 ?일|get it\b",
    "health": r"별일|나을|나아|일어나|걸|회복|좋아질|예전처럼|walk\b|get better|make it|okay",
    "pregnancy": r"하나 ?더|소식|찾아|올까|생길|성공|낳|와 ?줄|오나",
    "marriage": r"밀고 ?나가|허락|받아 ?줄|설득|진행|미룰|엎|할까|해도|이 ?결혼",
    "move": r"따라|같이 ?가|옮|갈까|가도|가야|떠나|남을|떨어져|\bgo\b",
    "promotion": r"올라|오를|될까|이름|차례|이번에|달|되나",
    "change": r"나오|나갈|옮|남을|버티|받아들|갈아|그만|수락|거절",
    "divorce": r"갈라|끝내|헤어|도장|버티|참|정리|같이 ?살",
    "affair": r"믿|눈감|용서|생긴|모르는 ?척|확인|물어|추궁|따져|만나",
    "grief": r"견디|견뎌|이겨|잊|극복|괜찮아|보내|추스|빈자리",
}


def _joined(more: dict[str, str]) -> dict[str, str]:
    return {key: "|".join(filter(None, (_SHARED.get(key), more.get(key)))) for key in {**more, **_SHARED}}


SAID_LAST: Final = _joined(_BEHIND)
"""The words that belong to a matter where they follow its own, though they are also those of another (코인 … 손절)."""
TAKEN_UP: Final = _joined(_OF_A_STORY)
"""The words by which a question takes up a matter of the story before it."""
