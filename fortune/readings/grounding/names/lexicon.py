"""The things of a chart that a sentence names, and where they stand in it.

``mentions`` reads a sentence once, with one pattern, and returns what it names in order. It decides nothing: what
is said of what is read by ``claims``.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import Any

from fortune.readings.grounding.names.bare import with_bare
from fortune.readings.grounding.names.endings import IS
from fortune.readings.grounding.names.mention import ROMAN_BRANCHES, ROMAN_STEMS, Mention
from fortune.readings.grounding.names.numbers import age_at
from fortune.readings.grounding.names.pictures import coloured, elemental
from fortune.readings.grounding.names.words import NOT_AFTER, NOT_BEFORE, WORDS, Word
from fortune.saju.cycle import (
    BRANCH_ELEMENT,
    BRANCHES,
    BRANCHES_KO,
    ELEMENTS,
    ELEMENTS_KO,
    STEMS,
    STEMS_KO,
    pillar,
)
from fortune.saju.korean import ELEMENTS_EN

_S, _B, _SK, _BK = STEMS, BRANCHES, STEMS_KO, BRANCHES_KO
_STEM_WORDS = {f"{STEMS_KO[at]}{ELEMENTS_KO[at // 2]}": at for at in range(10)}
_BRANCH_WORDS = {f"{BRANCHES_KO[at]}{ELEMENTS_KO[BRANCH_ELEMENT[at]]}": at for at in range(12)}
_ELEMENT_WORDS = {
    w: at for at, words in enumerate(("목나무木", "화불火", "토흙土", "금쇠金", "수물水")) for w in words
}
_PLAIN = {"나무": 0, "쇠": 3, "흙": 2, "불": 1, "물": 4}
# A pillar's name ends here: 갑자 is one, 갑자기 is not.
AFTER = (
    rf"(?=$|[^가-힣]|{IS}|이지|이다|[년월일시]|대운|운|띠|생|라[서는고면]|라며|에[는서도]"
    r"|으로|답게|처럼|까지|부터|이란|[은는이가을를의과와로고도인에](?:[^가-힣]|$))"
)
_TAIL = (
    r"(?:의|이|가|은|는|을|를|도|과|와|만|로|으로|라[는 서고]|인|이고"
    r"|이에요|예요|입니다|이라|이며|에|기운|기|오행|성분)"
)
_ROMAN = "|".join(
    f"(?:{'|'.join(stems)})[- ]?(?:{'|'.join(branches)})"
    for stems, branches in zip(ROMAN_STEMS, ROMAN_BRANCHES, strict=True)
)
# June 2027 is a month, and its pillar not that of 2027.
_NO_MONTH = "".join(f"(?<!{name} )" for name in calendar.month_name[1:])
_GROUPS = (
    rf"(?P<rel>(?<![가-힣])(?!인사해 )[{_BK}]{{2,3}} ?"
    r"(?:육합|삼합국|삼합|반합|방합국|방합|[목화토금수]국|삼형살?|상형|자형|원진살?|귀문|충"
    r"|합(?=[^가-힣]|이|을|은|의|으로|가)"
    r"|형(?=[^가-힣]|이|을|살|의)|파(?=[^가-힣]|가|를|의)|해(?=[^가-힣]|가|를|의)))",
    rf"(?P<srel>(?<![가-힣])[{_SK}]{{2}} ?(?:천간합|천간충|합(?=[^가-힣]|이|을|은|의|으로|가)|충))",
    rf"(?P<hrel>[{_S}{_B}]{{2,3}} ?"
    r"(?:六合|三合|方合|半合|合|沖|冲|刑|破|害|육합|삼합|반합|방합|합|충|형|파|해|원진))",
    rf"(?P<ganji>[{_SK}][{_BK}] ?\( ?[{_S}][{_B}](?:[日年月時]柱)? ?\)|[{_S}][{_B}](?: ?\([{_SK}][{_BK}]\))?)",
    rf"(?P<birth_month>(?<![가-힣])[{_BK}]월"
    r"(?=에 (?:태어|난 |나신)|생(?![가-힣])|생(?=이|인|으로|답)|의 (?:기운|정기)을 (?:받|품|안|타)"
    rf"|의 (?:{'|'.join(_STEM_WORDS)})|에 난 )"
    rf"|(?:(?<=태어난 달은 )|(?<=태어난 달이 )|(?<=생월이 )|(?<=생월은 ))[{_BK}]월"
    rf"|(?:[{_BK}]\()?[{_B}]\)?[月월](?=에 (?:태어|난 )|의 [{_S}]|生))",
    rf"(?P<birth_hour>(?<![가-힣])[{_BK}]시(?=에 (?:태어|난 |나신)|생(?![가-힣]))"
    rf"|(?:(?<=태어난 시는 )|(?<=태어난 시가 )|(?<=생시가 )|(?<=생시는 ))[{_BK}]시"
    rf"|(?<=태어난 시간은 )[{_BK}]시"
    rf"|(?<=태어난 시각은 )[{_BK}]시"
    rf"|[{_B}]時(?=에 (?:태어|난 )|生))",
    rf"(?P<kganji>(?<![\d십])(?!정해 [두놓보주야])[{_SK}][{_BK}]{AFTER})",
    rf"(?P<roman>\b(?i:{_ROMAN})\b(?: ?\([{_S}][{_B}]\))?)",
    rf"(?P<stem>(?<![가-힣])(?:{'|'.join(_STEM_WORDS)})(?: ?\((?:[{_S}{_B}]|[음양陰陽])[^)]{{0,6}}\))?"
    rf"|[{_SK}]\([{_S}]\)[{ELEMENTS_KO}]?"
    rf"|[{_S}][{ELEMENTS}]?(?:\([{_SK}][{ELEMENTS_KO}]?\))?)",
    rf"(?P<branch>(?<![가-힣])(?:{'|'.join(_BRANCH_WORDS)})(?: ?\([{_B}][^)]{{0,6}}\))?"
    rf"|[{_BK}]\([{_B}]\)[{ELEMENTS_KO}]?"
    rf"|[{_B}][{ELEMENTS}]?(?:\([{_BK}][{ELEMENTS_KO}]?\))?)",
    r"(?P<stem_yy>(?<![가-힣])[양음](?:의 )?"
    r"(?:나무|쇠|흙|불|물|[목화토금수](?=[ 이가은는을를의인로으예입이,.]))(?:\([木火土金水]\))?)",
    r"(?P<stem_en>\b"
    rf"(?:(?i:yin|yang)|{'|'.join(name.capitalize() for names in ROMAN_STEMS for name in names)})[- ]"
    r"(?:(?i:wood|fire|earth|metal|water)|stem)\b)",
    rf"(?P<absolute>{_NO_MONTH}(?<![\d/])(?:19|20)\d\d(?:년도?|(?!\d)))",
    r"(?P<month>(?<!\d)\d{1,2}월)",
    rf"(?P<month_en>\b(?:{'|'.join(calendar.month_name[1:])})(?= of (?:the |this |next |20\d\d)))",
    r"(?P<gender>"
    r"(?:(?<=^)|(?<=[,.] )|(?<=당신은 )|(?<=당신이 )|(?<=회원님은 )|(?<=본인은 )|(?<=사주는 )"
    r"|(?<=명식은 )|(?<=성별은 )|(?<=성별: )|(?<=성별이 ))"
    r"(?:여성|여자|여명|남성|남자|남명)"
    rf"(?=분?(?:으?로 태어|인 (?:당신|회원님|본인)| 사주|의 사주|이시|으?로서|, |{IS}))"
    r"|(?<=as a )(?:wo)?man\b"
    r"|(?<=you are a )(?:wo)?man\b"
    r"|(?<=year-old )(?:wo)?man\b)",
    r"(?P<age>(?:만 ?)?(?<!\d)\d{1,2} ?(?:[~∼–-] ?\d{1,2} ?)?[세살]"
    r"|(?<!\d)\d0대"
    r"|\b\d{1,2}(?=[- ]year[- ]old)|\bage (?:of )?\d{1,2}"
    r"|(?<=[Yy]ou are )\d{1,2}(?= now| years|,| and)"
    r"|\b\d{1,2}(?=[–-]\d{1,2}\b))",
    rf"(?P<element>(?<![가-힣A-Za-z])(?:나무|쇠|흙|불|물|[{ELEMENTS_KO}]|[{ELEMENTS}])"
    rf"(?:\([{ELEMENTS}{ELEMENTS_KO}氣기]{{1,2}}\))?(?={_TAIL}|$|[^가-힣]))",
    r"(?P<element_en>\b(?i:wood|fire|earth|metal|water)\b)",
    r"(?P<rel1>"
    r"(?<![가-힣])(?:합(?=이 |을 |으로|을|이|의 관계|해[요서]?|하|입|예|은)"
    r"|충(?=이|을|의 |으로|은|해|하|합|돼|되|돌|관계|살|입|이에요| 관계)"
    r"|형살?(?=이 |을 |살|으로| 관계|의 관계|이에)"
    r"|(?:파|해)(?=의 관계|가 |를 | 관계|예요)"
    r"|[沖冲合刑破害]))",
)
_ENGLISH = sorted((w for w in WORDS if w.isascii()), key=len, reverse=True)
_KOREAN = sorted((w for w in WORDS if not w.isascii()), key=len, reverse=True)
# The letters that a pattern may begin with, and those that anything may: all others, two thirds of a text, are passed over.
_PATTERN_HEADS = (
    f"a-zA-Z\\d{_S}{_B}{_SK}{_BK}{ELEMENTS}{ELEMENTS_KO}양음만남여나쇠흙불물합충형파해沖冲合刑破害"
)
_HEADS = "".join({word[0] for word in _KOREAN}) + _PATTERN_HEADS


def _guarded(word: str) -> str:
    """Return the pattern of a Korean word after its first letter."""
    before, after = NOT_BEFORE.get(word), NOT_AFTER.get(word)
    return (f"(?<![{before}].)" if before else "") + re.escape(word[1:]) + (f"(?!{after})" if after else "")


def _by_first(words: list[str]) -> dict[str, list[str]]:
    """Return the words by their first letter: alternatives that begin with a plain letter are told apart by it alone."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[0], []).append(word)
    return heads


def _branches(heads: dict[str, list[str]], size: int = 32) -> str:
    """Return the words as one pattern, ``size`` first letters behind one look ahead: so a letter is told apart in few steps."""
    rows = [f"{head}(?:{'|'.join(map(_guarded, heads[head]))})" for head in sorted(heads)]
    return "|".join(
        f"(?=[{''.join(row[0] for row in rows[at : at + size])}])(?:{'|'.join(rows[at : at + size])})"
        for at in range(0, len(rows), size)
    )


_WORD = _branches(_by_first(_KOREAN))
_ENGLISH_WORD = "|".join(
    rf"[{head}{head.upper()}](?<!\w.)(?ai:{'|'.join(re.escape(word[1:]) for word in words)})\b"
    for head, words in _by_first(_ENGLISH).items()
)
_MASTER = re.compile(
    rf"(?=[{_HEADS}])"
    rf"(?:(?P<word>{_WORD})"
    rf"|(?=[{_PATTERN_HEADS}])(?:{'|'.join(_GROUPS)})"
    rf"|(?=[a-zA-Z0-9])(?P<english>{_ENGLISH_WORD}))"
)
# A term's Hanja in brackets belongs to it; a sign in brackets is named by itself.
_GLOSS = re.compile(
    rf" ?\((?!(?:[{_S}{_B}]))[가-힣 ,·]{{0,8}}(?:(?![{_S}{_B}])[一-鿿]){{1,4}}[가-힣 ,·]{{0,8}}\)"
)


@lru_cache(maxsize=64)  # a streamed paragraph is read for each language and person
def mentions(sentence: str) -> tuple[Mention, ...]:
    """Return what a sentence names, in order."""
    found: list[Mention] = []
    for match in _MASTER.finditer(sentence):
        name = match.lastgroup or ""
        kind, value = _value(name, match.group(), sentence, match.start())
        kind, value, end = _whole(kind, value, sentence, match.end())
        if not kind or (found and match.start() < found[-1].end):
            continue
        if kind == "all_elements" and found and match.start() - found[-1].end <= 1:
            continue  # 목 오행은: its own element
        last = found[-1] if found else None
        if last and (kind, value) == last[:2] and sentence[last.end : match.start()].strip() == "(":
            found[-1] = last._replace(end=end + sentence.startswith(")", end))
            continue  # Nobleman star (천을귀인)
        gloss = _GLOSS.match(sentence, end) if name in ("word", "english", "element") else None
        found.append(Mention(kind, value, match.start(), gloss.end() if gloss else end))
    return tuple(with_bare(found, sentence))


def _whole(kind: str, value: Any, sentence: str, end: int) -> tuple[str, Any, int]:
    """Return what a name is together with the word behind it, of which it is only the first half: 서른여덟, 푸른 소."""
    if kind == "tens":
        aged = age_at(value, sentence, end)
        return ("age", ("age", aged[0]), aged[1]) if aged else ("", None, end)
    if kind == "colour":
        seen = coloured(value, sentence, end)
    elif kind in ("element", "stem") and sentence[end - 1].isascii():
        seen = elemental(value if kind == "element" else value // 2, sentence, end)
    else:
        return kind, value, end
    if seen:
        return "ganji", seen[0], seen[1]
    return ("" if kind == "colour" else kind), value, end


def _value(name: str, text: str, sentence: str, at: int) -> Word:
    """Return the kind and value of one match."""
    if name in ("word", "english"):
        return WORDS[text if name == "word" else text.lower()]
    if name in ("ganji", "kganji", "roman"):
        return "ganji", _ganji(text, sentence, at)
    if name in ("rel", "srel", "hrel"):
        return _relation(text)
    if name in ("stem", "branch"):
        return _sign(name, text)
    if name == "stem_yy":
        word = text[1:].removeprefix("의 ")
        own = _PLAIN.get(word[:2], _ELEMENT_WORDS.get(word[0], 0))
        return "stem", 2 * own + (text[0] == "음")
    if name == "stem_en":
        return _stem_en(*re.split("[- ]", text.lower()))
    if name in _PASSING:
        return _passing(name, text)
    if name == "element":
        return _element(text, sentence, at)
    if name == "element_en":
        return "element", ELEMENTS_EN.index(text.lower())
    return "relation", _SINGLE[text[0]]


def _stem_en(name: str, element: str) -> Word:
    """Return the stem of Yin Wood, Yi Wood or Eul Wood; nothing of a name with another's element."""
    if element == "stem":
        rows = [names.index(name) for names in ROMAN_STEMS if name in names]
        return ("stem", rows[0]) if rows else ("", None)
    own = ELEMENTS_EN.index(element)
    if name in ("yin", "yang"):
        return "stem", 2 * own + (name == "yin")
    at = next(names.index(name) for names in ROMAN_STEMS if name in names)
    return ("stem", at) if at // 2 == own else ("", None)


_PASSING = ("absolute", "month", "month_en", "birth_month", "birth_hour", "gender", "age")


def _passing(name: str, text: str) -> Word:
    """Return the kind and value of a year, a month, an hour, an age or a gender."""
    if name == "absolute":
        return "year", int(text[:4])
    if name == "month":
        return (name, int(text[:-1])) if 1 <= int(text[:-1]) <= 12 else ("", None)
    if name == "month_en":
        return "month", list(calendar.month_name).index(text)
    if name == "gender":
        return name, "female" if text[0] in "여w" else "male"
    if name == "age":
        first = int(re.findall(r"\d+", text)[0])
        return "age", ("ages" if "대" in text else "age", first)
    return name, (BRANCHES_KO + BRANCHES).index(text[0]) % 12


_SINGLE = {
    "합": "hap", "合": "hap", "충": "any_chung", "沖": "any_chung", "冲": "any_chung", "형": "any_hyeong", "刑": "any_hyeong",
    "파": "pa", "破": "pa", "해": "hae", "害": "hae",
}  # fmt: skip


def _ganji(text: str, sentence: str, at: int) -> int | None:
    """Return a pillar's number; None for a pair that is none, or for Hangul and Hanja that differ."""
    signs = [(STEMS.index(t), BRANCHES.index(b)) for t, b in re.findall(rf"([{STEMS}])([{BRANCHES}])", text)]
    signs += [
        (STEMS_KO.index(t), BRANCHES_KO.index(b))
        for t, b in re.findall(rf"([{STEMS_KO}])([{BRANCHES_KO}])", text)
    ]
    if not signs:
        signs = [_roman(text)]
    stem, branch = signs[0]
    if any(pair != signs[0] for pair in signs) or (stem - branch) % 2:
        return None
    return pillar(stem, branch).index


def _roman(text: str) -> tuple[int, int]:
    spelt = text.lower().replace("-", "").replace(" ", "")
    for stems, branches in zip(ROMAN_STEMS, ROMAN_BRANCHES, strict=True):
        for s, stem in enumerate(stems):
            if spelt.startswith(stem) and spelt[len(stem) :] in branches:
                return s, branches.index(spelt[len(stem) :])
    return 0, 1


def _sign(name: str, text: str) -> Word:
    for sign in text:
        if sign in STEMS:
            return "stem", STEMS.index(sign)
        if sign in BRANCHES:
            return "branch", BRANCHES.index(sign)
    return (name, _STEM_WORDS[text[:2]]) if name == "stem" else (name, _BRANCH_WORDS[text[:2]])


def _element(text: str, sentence: str, at: int) -> Word:
    """Return the element, unless the letter is part of a saying: 할 수가 없어요, 화가 나요, 물론."""
    head = text[:2] if text[:2] in _PLAIN else text[0]
    before, after = sentence[:at].rstrip(), sentence[at + len(text) : at + len(text) + 5]
    if head == "수" and before and "가" <= before[-1] <= "힣" and (ord(before[-1]) - 0xAC00) % 28 == 8:
        return "", None
    if head == "화" and re.match(r"[가를도]? ?(?:나|났|내|낼|풀|치|참|날|낸|를 내)", after):
        return "", None
    if head == "쇠" and before.endswith("운성의"):
        return "", None
    if head == "금" and re.match(r"이? ?(?:가(?!장)|갔)", after):
        return "", None
    return "element", _PLAIN.get(head, _ELEMENT_WORDS.get(head[0]))


def _relation(text: str) -> Word:
    """ "사해충" as its kind, the half it is of, and its signs."""
    text = text.replace(" ", "")
    head = re.match(rf"[{STEMS}{BRANCHES}]+", text)
    if head:
        signs, rest = head.group(), text[head.end() :]
    else:
        rest = next(n for n in _REL_NAMES if text.endswith(n))
        signs = text[: -len(rest)]
    for part, alphabets in (("branch", (BRANCHES, BRANCHES_KO)), ("stem", (STEMS, STEMS_KO))):
        for alphabet in alphabets:
            if signs and all(sign in alphabet for sign in signs):
                numbers = tuple(alphabet.index(sign) for sign in signs)
                return "signs", (part, numbers, _REL_NAMES.get(rest, "hap"))
    return "", None


_REL_NAMES = {
    "삼합국": "samhap", "방합국": "banghap", "삼형살": "samhyeong", "원진살": "wonjin", "천간합": "cheongan_hap",
    "천간충": "cheongan_chung", **{f"{element}국": "samhap" for element in ELEMENTS_KO}, "육합": "yukhap", "삼합": "samhap", "반합": "banhap", "방합": "banghap", "삼형": "samhyeong",
    "상형": "sanghyeong", "자형": "jahyeong", "원진": "wonjin", "귀문": "gwimun", "六合": "yukhap", "三合": "samhap",
    "方合": "banghap", "半合": "banhap", **_SINGLE,
}  # fmt: skip
