"""Claims about a chart as a whole: its elements and their counts, its stems or branches in a row, the strength of its day stem."""

from __future__ import annotations

import itertools
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


# 나무를 뺀 네 오행은 두 개씩 고르게 있어요
_BUT_ONE = re.compile(r"(?:뺀|빼고|제외한|제외하고|말고|없이|나머지|[두세네]) $")


def complete(s: Sentence) -> Iterator[Claim]:
    """Yield the claim that all five elements are there."""
    for one in s.mentions:
        if one.kind == "all_elements":
            found = _COMPLETE.search(s.text[one.end :])
            found = found or re.search(
                r"빠진 (?:것|오행|기운|글자)(?:이|은|도|가)? ?(?:하나도 )?없|부족한 오행(?:이|은) 없",
                s.text[one.end :],
            )
            if found and not s.in_time(one.start) and not _BUT_ONE.search(s.text, 0, one.start):
                yield from claim(s, "complete", "", True, one, end=one.end + found.end())


_ALL_OF = re.compile(
    r"(?<!천간과 )(?<!지지와 )(?<!천간도 )(?<!지지도 )(?P<part>지지|천간)(?: ?네 (?:곳|자리|글자))?[가는은이]? ?(?:네 (?:곳|자리|글자)[이가]? )?"
    r"(?:모두|전부|온통|죄다|하나같이) (?:다 )?$"
    r"|(?P<part_en>branch|stem)e?s (?:are|being) (?:all|nothing but|each) $"
    r"|\b[Aa]ll (?:of )?(?:(?:your|the) )?(?:three|four) (?:earthly |heavenly )?(?P<all_en>branch|stem)e?s are $"
)
_ALL_SIGNS = re.compile(
    r"(?<!지지가 )(?<!천간이 )(?<!지지는 )(?<!천간은 )(?:모두|전부|온통|죄다|하나같이) (?:[음양](?:의 기운)?이 아니라 )?(?P<a>[음양])(?:\([陰陽]\))?(?:의 (?:기운|글자)|기운|기)?(?=으로|이에|예요|입니|이라|이어|인 |뿐)"
    r"|(?<![가-힣])(?P<b>[음양])(?:의 (?:기운|글자)| 기운|기운| 글자|기)?(?=으로만|만으로|로만)"
    r"|(?<![가-힣])순(?P<c>[음양])(?=의? ?(?:사주|명식|팔자))|(?<![가-힣])(?P<d>[음양])팔통"
    r"|\b(?:all|entirely|only|exclusively|completely)(?: [a-z]+){0,4} (?P<en>yin|yang)\b(?![- ](?:wood|fire|earth|metal|water|stem|branch))"
)


_ALL_WORDS = ("모두", "전부", "온통", "죄다", "하나같이", "로만", "만으로", "순음", "순양", "팔통", "branches", "stems", " yin", " yang")  # fmt: skip


def uniform(s: Sentence) -> Iterator[Claim]:
    """Read that all branches, all stems or all signs are one: 지지가 모두 술토예요, 모두 양으로 이루어져, all four branches are Dogs."""
    if not any(word in s.text for word in _ALL_WORDS):
        return
    for one in s.mentions:
        if one.kind not in ("stem", "branch", "animal", "element", "god") or s.in_time(one.start):
            continue
        if found := _ALL_OF.search(s.text, 0, one.start):
            part = found["part_en"] or found["all_en"] or ("branch" if found["part"] == "지지" else "stem")
            said = ("branch" if one.kind == "animal" else one.kind, one.value)
            yield from claim(s, "uniform", part, said, Mention("all", part, found.start(), one.end))
    if "음" in s.text or "양" in s.text or " yin" in s.text or " yang" in s.text:
        yield from _one_polarity(s)


_SIGNS = re.compile("사주|명식|팔자|글자|원국|이루어|기운|chart|eight|characters|signs")
_PARTS_EN = re.compile(r"\b(?:stem|branch)")


def _one_polarity(s: Sentence) -> Iterator[Claim]:
    found = _ALL_SIGNS.search(s.text)
    if found is None or s.in_time(found.start()):
        return
    sign = found["a"] or found["b"] or found["c"] or found["d"] or found["en"]
    if (found["en"] and _PARTS_EN.search(s.text)) or not _SIGNS.search(s.text):
        return
    key = "eum_signs" if sign in ("음", "yin") else "yang_signs"
    yield from claim(
        s, "amount", key, "all", Mention("yinyang", key, found.start(), found.end()), affirmed=True
    )


_ONLY_KO = re.compile(r"^(?:[은는이가]|의 기운은) (?:모두 |오직 |오로지 |전부 )?$")


# 식신은 세 개인데 모두 지지에 있어요, 재성이 천간에만 떠서
_ALL_IN = re.compile(
    r"^(?:성)?[은는이가도] (?:[^,.]{0,12}?[데고며](?:,)? )?(?:(?:모두|전부|다|둘 다) (?P<all>천간|지지)에(?: |만)|(?P<only>천간|지지)에만 )"
    r"(?:\S+ )?(?:있(?!지)|드러나(?!지)|떠|뜬|몰려|모여|자리|놓)"
)


def all_in(s: Sentence) -> Iterator[Claim]:
    """Read that all there is of something stands among the stems or among the branches."""
    for one in s.mentions if "천간" in s.text or "지지" in s.text else ():
        found = _ALL_IN.match(s.text[one.end :]) if one.kind in ("element", "god") else None
        if found and not s.in_hiding(one.start) and not s.in_time(one.start):
            name = ELEMENT_KEYS[one.value] if one.kind == "element" else str(one.value)
            half = "stem" if (found["all"] or found["only"]) == "천간" else "branch"
            yield from claim(s, "only_at", name, half, one, affirmed=True, end=one.end + found.end())


def only_at(s: Sentence) -> Iterator[Claim]:
    """Read that all there is of something stands at one place: 재성은 시주에만 있어요."""
    if "에만" not in s.text:
        return
    for one, place in itertools.pairwise(s.mentions):
        if (
            one.kind in ("element", "god")
            and place.kind in ("place", "cell")
            and s.text.startswith("에만 ", place.end)
            and _ONLY_KO.match(s.gap(one, place))
            and not s.in_hiding(one.start)
            and not s.in_time(one.start)
        ):
            key = ELEMENT_KEYS[one.value] if one.kind == "element" else str(one.value)
            yield from claim(s, "only_at", key, place.value, one, place)


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
    r"|^(?:, (?:and|but|though|which) (?:it )?)? ?(?<= )(?:is|being|looks|leans|runs|reads as|counts as|comes out|tends to be|appears|seems|remains|itself is) "
    r"(?:\w+ ){0,2}?(?:(?P<strong_en>strong)|(?P<weak_en>weak))\b"
)
_WHOLE = re.compile(
    r"(?<![가-힣] )(?<![가-힣])(?:당신의 |이 |전체 |회원님 |회원님의 |본인의 )?(?:사주|명식|원국|팔자)"
    r"(?=[가는은도] )"
    # 기운이 허약하여 인성에 기대야 하는 명입니다
    r"|^\W*(?:타고난 |본래 )?(?:기운|힘)(?=[이은] .*(?:명|사주|명식|팔자)(?:이|예|입|라))"
    r"|\b[Yy]our (?:chart|day stem|self)(?= )"
)

_WHOLES = (
    "기운이",
    "기운은",
    "힘이",
    "힘은",
    "사주",
    "명식",
    "원국",
    "팔자",
    "our chart",
    "our day stem",
    "our self",
)


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
        rf"{name}(?:는|은|에는|에|를 보면|을 보면|:"
        r"|[을를] (?:나란히 |차례로 |순서대로 |죽 |왼쪽부터 |년월일시 (?:순으로|순서대로) |년[주지간]부터 )?(?:적으면|쓰면|읽으면|늘어놓으면|나열하면|써 보면|적어 보면))? ?"
        rf"(?P<row>{sign}(?:{_JOIN}{sign}){{2,3}})"
        # a particle may follow, but no letter of another word, and no element that would belong to the last sign
        r"(?![가-힣](?<![이가로으입예의])|[목화토금수])"
    )


_ROWS = (
    ("stem", _pattern("천간", STEMS_KO + STEMS), STEMS_KO, STEMS),
    ("branch", _pattern("지지", BRANCHES_KO + BRANCHES), BRANCHES_KO, BRANCHES),
)


_ARE_THERE = re.compile(
    r"\)?(?: ?[—–,])? ?(?:are|stand|appear)(?: all)? (?:present|there|here|in (?:your|the) chart)\b"
)


def present(s: Sentence) -> Iterator[Claim]:
    """Read that three signs in a row are there: 丑, 戌, 未 are present."""
    for one, two, three in zip(s.mentions, s.mentions[1:], s.mentions[2:], strict=False):
        if not one.kind == two.kind == three.kind or one.kind not in ("stem", "branch"):
            continue
        listed = all(re.match(r"^, (?:and )?$|^ and $", gap) for gap in (s.gap(one, two), s.gap(two, three)))
        if listed and _ARE_THERE.match(s.text, three.end):
            yield from claim(s, "signs", (one.kind, (one.value, two.value, three.value)), True, one, three)


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
