"""Small helpers for Korean sentences: particles, and names of signs and cells."""

from __future__ import annotations

from functools import lru_cache

from fortune.saju.cycle import (
    BRANCH_ELEMENT,
    BRANCHES,
    BRANCHES_KO,
    ELEMENTS,
    ELEMENTS_KO,
    STEM_ELEMENT,
    STEMS,
    STEMS_KO,
)

PLACES_KO = {"year": "년주", "month": "월주", "day": "일주", "hour": "시주", "luck": "운"}
CELLS_KO = {
    "year.stem": "년간", "year.branch": "년지", "month.stem": "월간", "month.branch": "월지",
    "day.stem": "일간", "day.branch": "일지", "hour.stem": "시간", "hour.branch": "시지",
    "luck.stem": "운의 천간", "luck.branch": "운의 지지",
}  # fmt: skip
ELEMENTS_EN = ("wood", "fire", "earth", "metal", "water")
ELEMENT_KEYS = ("mok", "hwa", "to", "geum", "su")


_FIGURES = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))


@lru_cache(maxsize=4096)  # a reading asks some hundred times, nearly always for the field's own words
def josa(word: str, pair: str) -> str:
    """Return ``word`` with the particle of ``pair`` that fits its last Hangul syllable or figure.

    ``pair`` is "은/는", "이/가", "과/와", "으로/로" or "이에요/예요" and the like; parentheses are not spoken, unless
    Hanja alone stand before them: 壬申(임신).
    """
    after, before = pair.split("/")
    spoken = word.rpartition("(")[0] if word.endswith(")") else word
    signs = (c for part in (spoken, word) for c in reversed(part) if "가" <= c <= "힣" or c in _FIGURES)
    last = next(signs, "가")
    last = _FIGURES.get(last, last)
    final = (ord(last) - ord("가")) % 28
    closed = final not in (0, 8) if after.startswith("으") else final != 0  # ㄹ takes 로
    return word + (after if closed else before)


def stem_ko(stem: int) -> str:
    """ "경금(庚)"."""
    return f"{STEMS_KO[stem]}{ELEMENTS_KO[STEM_ELEMENT[stem]]}({STEMS[stem]})"


def branch_ko(branch: int) -> str:
    """ "오화(午)"."""
    return f"{BRANCHES_KO[branch]}{ELEMENTS_KO[BRANCH_ELEMENT[branch]]}({BRANCHES[branch]})"


def element_ko(element: int) -> str:
    """ "목(木)"."""
    return f"{ELEMENTS_KO[element]}({ELEMENTS[element]})"


def cells_en(cell: str) -> str:
    """ "month.stem" as "month stem"."""
    return cell.replace(".", " ")


def signs_ko(signs: str) -> str:
    """Return Hanja signs spelt in Hangul: "寅午戌" as "인오술"."""
    return "".join(
        STEMS_KO[STEMS.index(sign)] if sign in STEMS else BRANCHES_KO[BRANCHES.index(sign)] for sign in signs
    )
