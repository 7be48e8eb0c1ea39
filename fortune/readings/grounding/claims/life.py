"""Claims about the person's age and gender."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import IS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.names.numbers import NUMBER, number
from fortune.readings.grounding.sentences.scope import Sentence

_NOW = re.compile(r"지금|현재|올해|이제|요즘|나이")
_AGED = re.compile(
    r"^(?:의 나이(?:인|로)"
    r"|인(?: 지금| 당신| 올해| 현재| 회원님| 본인)"
    r"|의 (?:당신|여성|남성|여자|남자)"
    rf"|(?:{IS}|이시|이 (?:된|되(?:셨|었|는 해|신))|가 (?:된|되(?:셨|었|는 해|신))))"
)
# 서른여섯이라는 나이에 걸맞은 책임
_AS_IT_IS = re.compile(
    r"^(?:이라는|의) 나이(?:는 |에 (?:걸맞|어울|맞게|이르|접어)|를 (?:생각|감안|고려)(?:하면|하더라도|해도|할 때)|답게)"
)
_AGED_EN = re.compile(r"\b(?:[Yy]ou are|[Yy]ou're|[Aa]t|[Aa]s an?|[Yy]ou are an?)(?: now| currently)? $")
# 음이 5개, 양이 여섯
_N = rf"(?:(?:{NUMBER})(?= ?(?:개|글자))|(?:둘|셋|넷|다섯|여섯|일곱|여덟|하나)(?=[,.로이입예뿐]|$))"
_SIGNS = re.compile(
    rf"(?<![가-힣])(?P<eum>음)[이은는가]? ?(?P<n>{_N})|(?<![가-힣])양[이은는가]? ?(?P<m>{_N})"
)


def life(s: Sentence) -> Iterator[Claim]:
    """Yield the age and the gender that a sentence gives the reader."""
    for one in s.mentions:
        if one.kind == "age" and one.value[0] == "age":
            yield from _age(s, one)
        elif one.kind == "gender":
            yield from claim(s, "gender", "", one.value, one)


def polarities(s: Sentence) -> Iterator[Claim]:
    """Yield how many signs are 음 and 양: 양이 5개, 음이 3개."""
    if "양" not in s.text or "음" not in s.text:
        return
    for found in _SIGNS.finditer(s.text):
        key = "eum_signs" if found["eum"] else "yang_signs"
        part = Mention("yinyang", key, found.start(), found.end())
        yield from claim(s, "count", key, number(found["n"] or found["m"]), part)


def is_of_luck(s: Sentence) -> bool:
    """Return whether the ages in a sentence may be those of a 대운, and not the reader's."""
    return any(m.kind in ("decade", "luck_age", "ganji") for m in s.mentions)


def _age(s: Sentence, one: Mention) -> Iterator[Claim]:
    word = s.text[one.start : one.end]
    if is_of_luck(s) or re.search("[~∼–-]", word):
        return
    before, after = s.text[: one.start], s.text[one.end :]
    told = (_AGED.search(after) or _AS_IT_IS.match(after)) and (
        _NOW.search(before)
        or "당신" in after[:8]
        or _AS_IT_IS.match(after)
        or after.startswith(("인 지금", "의 여", "의 남", "이시", "이신", "이십"))
    )
    if told or (_AGED_EN.search(before) and re.match(r"^(?:[- ]years?[- ]old|,|\.| and| now)", after)):
        as_it_is = _AS_IT_IS.match(after)
        end = one.end + (as_it_is.end() if as_it_is else 0)
        yield from claim(s, "age", "만" in word or before.endswith("만으로 "), one.value[1], one, end=end)
