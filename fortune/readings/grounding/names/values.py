"""The kind and the value of each match of the lexicon's pattern: of a sign, a pillar, a time or a contact."""

from __future__ import annotations

import calendar
import re

from fortune.readings.grounding.names.english import ROMAN_SIGNS, sign_of
from fortune.readings.grounding.names.mention import ROMAN_BRANCHES, ROMAN_STEMS
from fortune.readings.grounding.names.words import WORDS, Word
from fortune.saju.cycle import BRANCH_ELEMENT, BRANCHES, BRANCHES_KO, ELEMENTS_KO, STEMS, STEMS_KO, pillar
from fortune.saju.korean import ELEMENTS_EN

STEM_WORDS = {f"{STEMS_KO[at]}{ELEMENTS_KO[at // 2]}": at for at in range(10)}
BRANCH_WORDS = {f"{BRANCHES_KO[at]}{ELEMENTS_KO[BRANCH_ELEMENT[at]]}": at for at in range(12)}
_ELEMENT_WORDS = {
    w: at for at, words in enumerate(("목나무木", "화불火", "토흙土", "금쇠金", "수물水")) for w in words
}
_PLAIN = {"나무": 0, "쇠": 3, "흙": 2, "불": 1, "물": 4}


def value_of(name: str, text: str, sentence: str, at: int) -> Word:
    """Return the kind and value of one match."""
    if name in ("word", "english"):
        return _word(text if name == "word" else text.lower(), sentence[:at])
    if name in ("ganji", "kganji", "roman"):
        return "ganji", _ganji(text, sentence, at)
    if name in ("stem_yy", "stem_en", "roman_sign", "branch_en"):
        return _named_sign(name, text)
    if name in ("rel", "srel", "hrel"):
        return _relation(text)
    if name == "triad":
        return _triad(text)
    if name in ("stem", "branch"):
        return _sign(name, text)
    if name in _PASSING:
        return _passing(name, text)
    if name == "element":
        return _element(text, sentence, at)
    if name == "element_en":
        return "element", ELEMENTS_EN.index(text.lower())
    return "relation", _SINGLE[text[0]]


def _word(word: str, before: str) -> Word:
    """Return what a word names; nothing of 년간 where it counts years: 십 년간."""
    is_span = word == "년간" and re.search(r"[\d십백몇여수] $", before)
    is_gone = word == "지난" and before.endswith(("이 ", "가 "))  # 환갑이 지난 당신
    return ("", None) if is_span or is_gone else WORDS[word]


def _named_sign(name: str, text: str) -> Word:
    """Return the sign of 양의 나무, Yang Wood, Bing or Zi."""
    if name == "stem_yy":
        word = text[1:].removeprefix("의 ")
        own = _PLAIN.get(word[:2], _ELEMENT_WORDS.get(word[0], 0))
        return "stem", 2 * own + (text[0] == "음")
    if name == "stem_en":
        return _stem_en(*re.split("[- ]", text.lower()))
    if name == "roman_sign":
        return ROMAN_SIGNS[re.split(r"\W", text, maxsplit=1)[0].lower()]
    return "branch", ROMAN_BRANCHES[1].index(text.lower())


def _stem_en(name: str, element: str) -> Word:
    """Return the sign of Yin Wood, Yi Wood or Wu Fire; nothing of a name with another's element."""
    if element == "stem":
        rows = [names.index(name) for names in ROMAN_STEMS if name in names]
        return ("stem", rows[0]) if rows else ("", None)
    own = ELEMENTS_EN.index(element)
    if name in ("yin", "yang"):
        return "stem", 2 * own + (name == "yin")
    return sign_of(name, element, BRANCH_ELEMENT)


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
    return (name, STEM_WORDS[text[:2]]) if name == "stem" else (name, BRANCH_WORDS[text[:2]])


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


_TRIAD_KINDS = {
    "신자진 해묘미 인오술 사유축": "samhap",
    "인묘진 사오미 신유술 해자축": "banghap",
    "인사신 축술미": "samhyeong",
}


def _triad(text: str) -> Word:
    """Return three branches that are named together, as the contact that the three make."""
    numbers = tuple((BRANCHES_KO + BRANCHES).index(sign) % 12 for sign in text)
    kinds = {
        frozenset(map(BRANCHES_KO.index, triad)): kind
        for names, kind in _TRIAD_KINDS.items()
        for triad in names.split()
    }
    # four that are named together make no one contact
    return "signs", ("branch", numbers, kinds.get(frozenset(numbers), "samhap" if len(numbers) == 3 else ""))


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
    "천간충": "cheongan_chung", **{f"{element}국": "samhap" for element in ELEMENTS_KO}, **{f"합{element}": "hap" for element in ELEMENTS_KO}, "육합": "yukhap", "삼합": "samhap", "반합": "banhap", "방합": "banghap", "삼형": "samhyeong",
    "상형": "sanghyeong", "자형": "jahyeong", "원진": "wonjin", "귀문": "gwimun", "六合": "yukhap", "三合": "samhap",
    "方合": "banghap", "半合": "banhap", **_SINGLE,
}  # fmt: skip
