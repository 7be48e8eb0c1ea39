"""Numbers in digits and words, and ages told in Korean numerals: 서른여덟, 예순다섯 살."""

from __future__ import annotations

import re

_NUMBERS = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
}  # fmt: skip
NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
DECADES = {f"{tens}십": n * 10 for n, tens in enumerate("이삼사오육칠팔", 2)}
NAMED_AGES = {
    "약관": 20, "불혹": 40, "지천명": 50, "환갑": 60, "회갑": 60, "육순": 60, "고희": 70, "칠순": 70, "희수": 77,
    "팔순": 80, "미수": 88, "구순": 90,
}  # fmt: skip
"""Ages that have names of their own; those of the sixtieth year are told a year later by 세는 나이."""
_TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS_EN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
AGES_EN = rf"(?:{'|'.join(_TENS_EN)})(?:[- ](?:{'|'.join(_UNITS_EN)}))?"
_UNITS = {**{word: n for word, n in _NUMBERS.items() if not word.isascii()}, "아홉": 9}
_AGE = re.compile(
    rf"(?P<unit>{'|'.join(_UNITS)})?"
    r"(?: ?[살세](?!\S{4})"
    r"|(?=부터|까지|에 |에는|쯤|무렵|즈음|[이가] (?:되|된|넘)|[을를] (?:넘|앞|전후)|의 당신|의 나이"
    r"|의 문턱|인 |, (?=[가-힣]{2} 대운)|~|-|이(?:시|신|십|네|군|죠|라는 나이)))"
)


def number(word: str) -> int:
    """Return the value of a number in digits or words."""
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def age_en(word: str) -> int:
    """Return the age in digits or English words: thirty-two."""
    if word.isdigit():
        return int(word)
    tens, _, unit = word.replace("-", " ").partition(" ")
    return 20 + 10 * _TENS_EN.index(tens) + (_UNITS_EN.index(unit) + 1 if unit else 0)


def age_at(tens: int, sentence: str, end: int) -> tuple[int, int] | None:
    """Return the age whose tens end at ``end``, and where it ends; None when the word is of something else."""
    found = _AGE.match(sentence, end)
    if found is None or (tens == 10 and not found["unit"] and not found.group()):
        return None
    return tens + _UNITS.get(found["unit"], 0), found.end()
