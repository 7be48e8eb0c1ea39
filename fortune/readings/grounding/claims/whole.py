"""Claims about a chart as a whole: its elements and their counts, its stems or branches in a row, the strength of its day stem."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.amounts import CHANGES
from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, STEMS, STEMS_KO
from fortune.saju.korean import ELEMENT_KEYS

_COMPLETE = re.compile(
    r"^[^,.]{0,12}?(?:모두|전부|다|고루|골고루|고르게|빠짐없이) ?(?:갖|있|들어|분포|고르|자리)"
    r"|^ (?:are|is) present|^ appear"
)


def complete(s: Sentence) -> Iterator[Claim]:
    """Yield the claim that all five elements are there."""
    for one in s.mentions:
        if one.kind == "all_elements":
            found = _COMPLETE.search(s.text[one.end :])
            found = found or re.search(
                r"빠진 (?:것|오행|기운|글자)(?:이|은|도|가)? ?(?:하나도 )?없|부족한 오행(?:이|은) 없",
                s.text[one.end :],
            )
            if found and not s.in_time(one.start):
                yield from claim(s, "complete", "", True, one, end=one.end + found.end())


_FIVE = re.compile(
    r"목[·, ]+화[·, ]+토[·, ]+금[·, ]+수(?:의)? ?(?:기운|오행)?(?:의)? ?"
    r"(?:개수|수|분포|비율)?(?:는|은|가|이|:)? ?(?:각각|순서대로|차례로)? ?"
    r"(?P<row>\d(?:개?[·, :]+\d){4})"
)


def five(s: Sentence) -> Iterator[Claim]:
    """Yield the counts of the five elements in a row: 목·화·토·금·수의 개수는 각각 0, 3, 1, 3, 1."""
    found = _FIVE.search(s.text) if "목" in s.text and "화" in s.text else None
    for at, n in enumerate(re.findall(r"\d", found["row"]) if found else ()):
        part = Mention("element", at, found.start() if found else 0, found.end() if found else 0)
        yield from claim(s, "count", ELEMENT_KEYS[at], int(n), part, affirmed=True)


_SELF_FORCE = re.compile(
    r"^(?:의 ?(?:힘|기운|세력)|\S{0,6}의 ?(?:힘|기운))?(?:이|가|은|는|도)? ?"
    r"(?:지나치게|과하게|꽤|아주|매우|무척|몹시|너무|굉장히|대단히|유난히|상당히|다소|비교적|조금"
    r"|전반적으로|전체적으로|워낙|본래)? ?(?:힘이 )?"
    # 강하다, 약한; but 강하지 않다 and 강해지다 say something else
    r"(?:(?P<strong>강(?=[하한해합](?!지|져))|왕성|튼튼|센|세고|왕[하한]|넉넉)"
    r"|(?P<weak>약(?=[하한해합](?!지|져))|허약|여[리린]))"
    r"|^ (?:is|being|looks|leans|runs|reads as|counts as|comes out|tends to be|appears|seems|remains|itself is) "
    r"(?:\w+ ){0,2}?(?:(?P<strong_en>strong)|(?P<weak_en>weak))\b"
)
_WHOLE = re.compile(
    r"(?<![가-힣] )(?<![가-힣])(?:당신의 |이 |전체 |회원님 |회원님의 |본인의 )?(?:사주|명식|원국|팔자)"
    r"(?=[가는은도] )"
    r"|\b[Yy]our (?:chart|day stem|self)(?= )"
)

_WHOLES = ("사주", "명식", "원국", "팔자", "our chart", "our day stem", "our self")


def own_force(s: Sentence) -> Iterator[Claim]:
    """Yield the strength told of the day stem itself: 일간의 힘이 약해요."""
    named = [m for m in s.mentions if m.kind == "stem" or m.value == "day.stem"]
    if any(word in s.text for word in _WHOLES):
        named += [Mention("whole", True, m.start(), m.end()) for m in _WHOLE.finditer(s.text)]
    for one in named:
        if one.kind == "stem":
            yield from _stem_force(s, one)
            continue
        found = _SELF_FORCE.search(s.text[one.end :])
        if found and not CHANGES.search(s.text[one.end + found.end() - 1 :]):
            value = "strong" if found["strong"] or found["strong_en"] else "weak"
            yield from claim(s, "strength", "", value, one, affirmed=True, end=one.end + found.end())


_FORCE_BEFORE = re.compile(
    r"(?:(?P<strong>(?<![가-힣])"
    r"(?:강한|튼튼한|힘이 넘치는|힘 있는|힘이 센|왕성한|\b[Aa]n? (?:very )?(?:strong|powerful|robust|mighty)))"
    r"|(?P<weak>(?<![가-힣])"
    r"(?:약한|허약한|힘이 약한|힘이 부족한|여린|\b[Aa] (?:very )?(?:weak|fragile|feeble)))) $"
)


def _stem_force(s: Sentence, one: Mention) -> Iterator[Claim]:
    """Read the strength of a stem, which is the reader's if it is the day's: 임수가 매우 강해서, a strong Jia wood."""
    if s.in_time(one.start) or s.in_hiding(one.start):
        return
    if any(m.kind in ("cell", "place") and m.value != "day.stem" for m in s.mentions if m.start < one.start):
        return
    found = _FORCE_BEFORE.search(s.text[: one.start])
    if found:
        part = Mention("stem", one.value, found.start(), one.end)
        value = "strong" if found["strong"] else "weak"
        yield from claim(s, "strength", ("stem", one.value), value, part)
        return
    found = _SELF_FORCE.search(s.text[one.end :])
    is_subject = re.match(r"^(?:의 ?(?:힘|기운|세력))?(?:이|가|은|는|도) | ", s.text[one.end :])
    if found and is_subject and not CHANGES.search(s.text[one.end + found.end() - 1 :]):
        value = "strong" if found["strong"] or found["strong_en"] else "weak"
        end = one.end + found.end()
        yield from claim(s, "strength", ("stem", one.value), value, one, affirmed=True, end=end)


_ELEMENT = r"(?:[목화토금수木火土金水]?(?:\([^)]{1,2}\))?)"
_JOIN = r"(?:[·,/]| |, |와 |과 | · )"


def _pattern(name: str, signs: str) -> re.Pattern[str]:
    sign = f"[{signs}]{_ELEMENT}"
    return re.compile(
        rf"{name}(?:는|은|에는|에|를 보면|을 보면|:)? ?"
        rf"(?P<row>{sign}(?:{_JOIN}{sign}){{2,3}})"
        # a particle may follow, but no letter of another word, and no element that would belong to the last sign
        r"(?![가-힣](?<![이가로으입예의])|[목화토금수])"
    )


_ROWS = (
    ("stem", _pattern("천간", STEMS_KO + STEMS), STEMS_KO, STEMS),
    ("branch", _pattern("지지", BRANCHES_KO + BRANCHES), BRANCHES_KO, BRANCHES),
)


def rows(s: Sentence) -> Iterator[Claim]:
    """Yield the signs that stand in a row behind 천간 or 지지: 네 지지는 묘·유·오·묘."""
    for part, pattern, hangul, hanja in _ROWS:
        if ("천간" if part == "stem" else "지지") not in s.text:
            continue
        found = pattern.search(s.text)
        if found is None or s.in_time(found.start()):
            continue
        signs = tuple(
            (hangul + hanja).index(one[0]) % len(hangul) for one in re.split(_JOIN, found["row"]) if one
        )
        yield from claim(s, "row", part, signs, Mention("row", signs, found.start(), found.end()))
