"""Claims about the person's age and gender."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claim import Claim, claim
from fortune.readings.grounding.endings import IS
from fortune.readings.grounding.mention import Mention
from fortune.readings.grounding.scope import Sentence

_NOW = re.compile(
    r"(?:지금|현재|올해|이제|요즘|막)(?:은|는|로)?[ ,]+(?:당신은 |당신이 |회원님은 |본인은 )?(?:만 ?)?(?:나이(?:는|로|가)? )?$"
)
_AGED = re.compile(
    rf"^(?:의 나이(?:인|로)|인(?: 지금| 당신| 올해| 현재| 회원님| 본인)|의 당신|(?:{IS}|이 되(?:셨|었|는 해|신)|가 되(?:셨|었|는 해|신)))"
)
_AGED_EN = re.compile(r"\b(?:[Yy]ou are|[Yy]ou're|[Aa]t)(?: now| currently)? $")


def life(s: Sentence) -> Iterator[Claim]:
    """Yield the age and the gender that a sentence gives the reader."""
    for one in s.mentions:
        if one.kind == "age" and one.value[0] == "age":
            yield from _age(s, one)
        elif one.kind == "gender":
            yield from claim(s, "gender", "", one.value, one)


def _age(s: Sentence, one: Mention) -> Iterator[Claim]:
    word = s.text[one.start : one.end]
    if any(m.kind in ("decade", "luck_age", "ganji") for m in s.mentions) or re.search("[~∼–-]", word):
        return
    before, after = s.text[: one.start], s.text[one.end :]
    told = _AGED.search(after) and (_NOW.search(before) or "당신" in after[:8] or after.startswith("인 지금"))
    if told or (_AGED_EN.search(before) and re.match(r"^(?: years old|,|\.| and| now)", after)):
        yield from claim(s, "age", "만" in word, one.value[1], one)
