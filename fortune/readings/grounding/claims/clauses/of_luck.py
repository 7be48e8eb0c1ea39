"""Claims on the ten gods of the one 대운 or year that a sentence is about, whatever they are said to do in it.

12세에 시작된 계미 대운에는 정인과 정재가 함께했습니다, 58세부터이고 편관과 식신의 운입니다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

_AND = re.compile(r"^(?:\([^)]{1,4}\))?(?:[와과] |[·,/] ?| 및 )$")
_OF_TIME = ("ganji", "decade", "year", "age", "when", "god", "self", "month", "direction")
# Words that weaken a god, ask for it or say it of the chart itself may stand in any 대운.
_DOES = re.compile(
    r"^(?:\([^)]{1,4}\))?(?:(?:이|가) (?!.{0,12}(?:(?<!활)약[한하해합]|줄어|부족|필요|흔들|무너|사라|아쉬|많은|많아|강한|없는|적은|모자))"
    r"|의 (?:운|기운|시기|흐름|대운|조합|무대|해|십 ?년|10년)|[을를] (?:만나|맞|얻|겪|데려|데리|몰고|품))"
)


def of_luck(s: Sentence) -> Iterator[Claim]:
    """Yield two joined ten gods of the pillar of a 대운 or a year that the sentence names before them."""
    pillar = _pillar(s)
    if pillar is None:
        return
    for at in range(1, len(s.mentions)):
        one, two = s.mentions[at - 1 : at + 1]
        is_pair = one.kind == two.kind == "god" and one.start > pillar.end and _AND.match(s.gap(one, two))
        for god in (one, two) if is_pair and _DOES.match(s.text[two.end :]) else ():
            yield from claim(s, "ganji_god", pillar.value, god.value, pillar, god, given=True)


def _pillar(s: Sentence) -> Mention | None:
    """Return the only pillar of a sentence that names nothing but times and ten gods, if it is that of a 대운 or a year."""
    pillars = [m for m in s.mentions if m.kind == "ganji"]
    if len(pillars) != 1 or any(m.kind not in _OF_TIME for m in s.mentions):
        return None
    return pillars[0] if re.match(r"\)? ?대운|\)?년(?!생|에 태어)", s.text[pillars[0].end :]) else None
