"""One claim of a sentence, affirmed or denied by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import FACT, JOINED, Sentence


class Claim(NamedTuple):
    """``value`` is said to be (``affirmed``) or not to be among the true ones of ``topic`` at ``where``.

    ``seen_by``: the day stem that the sentence sees it with, if it names one: 갑목 일간에게 올해는 식신의 해예요.
    """

    topic: str
    where: Any
    value: Any
    affirmed: bool
    start: int
    end: int
    who: str = ""
    seen_by: int | None = None


DENIED = re.compile(
    r"^[)'’\"”]?(?:[년월일시](?=[이은]))?(?:의 (?:해|달|날|운|시기|대운|기운|자리|별))?(?:도 [가-힣()一-鿿]{1,8}(?=도 ))?(?:이|가|은|는|도|을|를|에는|에)?\s?"
    r"(?:(?:이|당신의|당신) ?(?:사주|명식|원국|팔자)에(?:는|서는)? )?"
    r"(?:전혀 |결코 |절대 |하나도 |보통 )?"
    r"(?:아니|아닌|아닙|아님|아녜"
    # 없어요; but 없지 않아요, 없는 것은 아니에요 mean that there is one
    r"|없(?!지[는도]? ?않|는 ?것은? ?아니|진 ?않)"
    r"|보이지 ?않|드러나지 ?않|들어 ?있지 ?않|해당(?:하|되)지 ?않|속하지 ?않|있지 ?않"
    r"|찾(?:을|아볼) ?수 ?없|이루지 ?않|(?:성립)?(?:하|되)지 ?않|일어나지 ?않|걸리지 ?않|맺지 ?않"
    r"|not\b)"
)
_DENIED_EN = re.compile(r"\b(?:not|no|isn't|never|without|lacks?)\b|n't\b")
# 용신인 화, 월지의 편관: a noun beside its name is given, whatever is supposed of it.
_GIVEN = re.compile(
    r"^(?:인|의|에 숨은|에 감춰진|에 뿌리내린|에 뜬|에 떠 있는|에 투출한"
    r"|속의|속에 있는|에 있는|에 놓인|에 자리한|에 앉은)? ?$"
)
_WORD_END = re.compile("[가-힣]*")


def claim(s: Sentence, topic: str, where: Any, value: Any, *parts: Mention, **more: Any) -> Iterator[Claim]:
    """Yield one claim over the letters of ``parts``, unless the sentence leaves it open."""
    start, end = min(m.start for m in parts), max(max(m.end for m in parts), more.get("end", 0))
    last = _WORD_END.match(s.text, end) if "end" in more else None
    word_end = last.end() if last else end
    gap = s.text[min(m.end for m in parts) : max(m.start for m in parts)]
    firm = more.get("given") or FACT.match(s.text, end) or (len(parts) > 1 and _GIVEN.search(gap))
    joined = JOINED.match(s.text, end)  # the clause ends with this word: what follows supposes nothing of it
    if s.is_open(start, end, firm=bool(firm)):
        return
    if word_end != end and not joined and not firm and s.is_open(start, word_end):
        return
    affirmed = more.get("affirmed")
    if affirmed is None:
        affirmed = not is_denied(s, start, end)
    seen_by = more.get("seen_by", s.seen_by if "god" in topic else None)
    yield Claim(topic, where, value, affirmed, start, word_end, s.who(start), seen_by)


_NOT_THERE = re.compile(
    r"\)?(?:이|가|은|는|도)? ?(?:[가-힣]+에 |전혀 |하나도 )?(?:없|빠져|보이지|드러나지|들어 ?있지|찾)"
)


def is_missing(s: Sentence, end: int) -> bool:
    """Return whether what ends there is said to be missing, which denies nothing of what it is: 금, 곧 재성이 없으니."""
    return _NOT_THERE.match(s.text, end) is not None


def is_denied(s: Sentence, start: int, end: int) -> bool:
    """Return whether what stands between ``start`` and ``end`` is denied by the words in it or behind it."""
    return bool(DENIED.search(s.clause_after(end)) or _DENIED_EN.search(s.text, start, end))
