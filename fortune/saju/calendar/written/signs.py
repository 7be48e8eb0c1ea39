"""The plain signs behind those that are typed or pasted."""

from __future__ import annotations

import unicodedata
from typing import Final

MOST: Final = 60  # no date or time takes so many characters to write
_PLAIN: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－~", "-")
    | dict.fromkeys("。․·・•‧⸱∙⋅ㆍᆞ", ".")  # ㆍ is what a Korean keyboard has for a middle dot
    | dict.fromkeys("⁄∕", "/")
    | dict.fromkeys("、", ",")
    | dict.fromkeys("：∶ː꞉˸;", ":")
    | dict.fromkeys("‘’′´`", "'")
)
# Hanja of the calendar and the clock.
_HANGUL: Final = str.maketrans(
    "年月日號号時点點分半生子丑寅卯辰巳午未申酉戌亥", "년월일일일시시시분반생자축인묘진사오미신유술해"
)
_WORDS: Final = (
    ("午前", "오전"),
    ("午後", "오후"),
    ("上午", "오전"),
    ("下午", "오후"),
    ("陽曆", "양력"),
    ("陰曆", "음력"),
    ("閏", "윤"),
)


class Ambiguous(ValueError):
    """A text with two meanings: ``meanings`` are ways to write each."""

    def __init__(self, *meanings: str) -> None:
        super().__init__(" / ".join(meanings))
        self.meanings = meanings


def plain(text: str) -> str:
    """Return ``text`` in plain signs of lower case, without those that nobody sees; "" for one that is too long."""
    if len(text) > MOST:
        return ""
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    for hanja, hangul in _WORDS:
        text = text.replace(hanja, hangul)
    text = "".join(sign for sign in text.translate(_HANGUL) if unicodedata.category(sign) != "Cf")
    return " ".join(text.split()).lower()
