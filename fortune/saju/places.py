"""Birthplaces: Korean cities and counties, and cities of the world, with longitude and zone.

The table and its sources are in ``data.places``, other names in ``data.place_names``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from fortune.saju.data.place_names import COUNTRIES, PROVINCES, names
from fortune.saju.data.places import ROWS

_CHO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_LONG_NAMES = (
    ("특례시", "시"), ("특별자치시", ""), ("특별시", ""), ("광역시", ""), ("직할시", ""), ("특별자치도", ""), ("충청북도", "충북"), ("충청남도", "충남"),
    ("전라북도", "전북"), ("전라남도", "전남"), ("경상북도", "경북"), ("경상남도", "경남"), ("경기도", "경기"),
    ("강원도", "강원"), ("제주도", "제주"), ("서울시", "서울"), ("부산시", "부산"), ("대구시", "대구"),
    ("인천시", "인천"), ("대전시", "대전"), ("울산시", "울산"), ("세종시", "세종"), ("전남 광주시", "광주"), ("전남 광주", "광주"),
)  # fmt: skip
# A city and its district, written together: 수원시영통구.
_APART = re.compile(r"([가-힣]{2,}?[시군])(?=[가-힣]+[구군읍면동]$)")

# NFKC would take compatibility 자모 (ㅂㅅ) apart as well.
_HALF_WIDTH = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)}
# Suwon-si, Gyeonggi-do, as Korean addresses are written in Latin letters.
_ROMAN_KIND = re.compile(r"(?<=[a-z])-(?:si|shi|gun|gu|do)\b")
_KOREA = re.compile(r"(?:republic of|rep\. of|south)\s+korea\b")
# 수원에서 태어났어요.
_BORN = re.compile(r"(?:에서(?:\s*(?:태어\S*|출생))?|\s+(?:출생|태생))\.?\s*$")


class Place(NamedTuple):
    """A birthplace. ``ko`` has the province before the city ("경기 수원시"), ``en`` after it."""

    slug: str
    ko: str
    en: str
    longitude: float
    latitude: float
    timezone: str


class _Indexed(NamedTuple):
    """``words`` are those of the names, ``whole`` the names run together."""

    place: Place
    words: tuple[str, ...]
    whole: tuple[str, ...]
    initials: tuple[str, ...]


def _folded(text: str) -> str:
    """Lower case without accents; Hangul stays composed."""
    plain = unicodedata.normalize("NFD", text)
    kept = "".join(c for c in plain if not 0x300 <= ord(c) <= 0x36F)
    return unicodedata.normalize("NFC", kept).lower()


def _initials(word: str) -> str:
    """Return the first consonants of a Hangul word: 수원시 gives ㅅㅇㅅ."""
    return "".join(_CHO[(ord(c) - 0xAC00) // 588] if "가" <= c <= "힣" else c for c in word)


def _indexed(place: Place) -> _Indexed:
    text = " ".join((place.ko, place.en, place.slug, *_NAMES.get(place.slug, ())))
    words = [_folded(word) for word in text.replace("(", " ").replace(")", " ").replace(",", " ").split()]
    whole = [_folded(name.replace(" ", "")) for name in (place.ko, place.en)] + [_folded(place.en)]
    unique = tuple(dict.fromkeys(words + whole))
    return _Indexed(place, tuple(dict.fromkeys(words)), unique, tuple(_initials(word) for word in unique))


ALL = tuple(Place(*row) for row in ROWS)
_NAMES = names()
_BY_SLUG = {place.slug: place for place in ALL}
_INDEX = tuple(_indexed(place) for place in ALL)


def find(slug: str) -> Place | None:
    """Return the place with this slug."""
    return _BY_SLUG.get(slug)


class Unplaced(ValueError):
    """No place can be told from a text.

    ``code``: "country" and "province" (a city is needed), "twins" (several have that name), "unknown".
    ``near`` are the places that may have been meant.
    """

    def __init__(self, code: str, *near: Place) -> None:
        super().__init__(code)
        self.code = code
        self.near = near


def read(text: str) -> Place:
    """Return the place that is meant by a slug or by a name as people type it. Raises Unplaced."""
    text = text.strip()
    if place := find(text):
        return place
    wanted = _words(text)
    if "".join(wanted) in COUNTRIES:
        raise Unplaced("country")
    if wanted and all(word in PROVINCES for word in wanted):
        raise Unplaced("province")
    found = search(text, limit=len(ALL))
    twins = [place for place in found if place.ko.split()[-1] == found[0].ko.split()[-1]]
    if len(twins) > 1:
        raise Unplaced("twins", *twins)
    if not found:
        near = closest(text)
        raise Unplaced("unknown", *([near] if near else ()))
    return found[0]


def search(query: str, limit: int = 10) -> tuple[Place, ...]:
    """Return places for a few Korean or English words, or first consonants (ㅅㅇ), the closest first.

    Every word must begin (or, failing that, be within) a word of the place's names. Where nothing has all of them, a
    country beside a city and then the last words are left out (미국 뉴욕, 수원시 영통구), a county of former times is looked
    for as a city (여주군), and a city without the province that it belonged to (경남 울산).
    """
    wanted = _words(query)
    if len(wanted) > 1:
        wanted = [word for word in wanted if word not in COUNTRIES]
    return tuple(_found(wanted)[: max(limit, 0)])


def _words(query: str) -> list[str]:
    query = query[:60].translate(_HALF_WIDTH)
    query = _BORN.sub("", "".join(sign for sign in query if unicodedata.category(sign) != "Cf"))
    query = " ".join(query.replace(",", " ").replace("，", " ").split())
    for long, short in _LONG_NAMES:
        query = query.replace(long, short)
    return [
        word
        for word in (
            word.strip(".·()'\"") or word
            for word in _KOREA.sub("korea", _ROMAN_KIND.sub("", _folded(query))).split()
        )
        if word
    ]


def _found(wanted: list[str]) -> list[Place]:
    for length in range(len(wanted), 0, -1):
        words = wanted[:length]
        if length < len(wanted) and words[-1] in PROVINCES:
            break  # a city that is not known, and not any city of its province
        if found := _ranked(words) or _former(words, "군") or _former(words, "시"):
            return found
    apart = [part for word in wanted for part in _APART.sub(r"\1 ", word).split()]
    if apart != wanted:
        return _found(apart)
    return _found(wanted[1:]) if len(wanted) > 1 and wanted[0] in PROVINCES else []


def _former(words: list[str], kind: str) -> list[Place]:
    """Return what is found without a 군 that has become a city (여주군), or a 시 that is not said there (오사카시)."""
    return _ranked([word.removesuffix(kind) for word in words if word != kind])


def closest(query: str) -> Place | None:
    """Return the place whose Korean name is one letter (자모) away from ``query``: 부싼 for 부산. None if none is."""
    letters = _letters(_folded(query[:30]).replace(" ", ""))
    if len(letters) < 4:
        return None
    for indexed in _INDEX:
        # 수언 for 수원, whose name is 수원시.
        names = {
            *indexed.whole,
            *(name[:-1] for name in indexed.whole if name[-1] in "시군구" and len(name) > 2),
        }
        if any(_is_near(letters, _letters(name)) for name in names):
            return indexed.place
    return None


def _letters(word: str) -> str:
    return unicodedata.normalize("NFD", word)


def _is_near(one: str, other: str) -> bool:
    """Return whether one letter more, less or different makes ``other`` of ``one``."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[same + (len(one) >= len(other)) :] == other[same + (len(other) >= len(one)) :]


def _ranked(wanted: list[str]) -> list[Place]:
    if not all(wanted):
        return []
    ranked = []
    for order, indexed in enumerate(_INDEX):
        scores = [score for word in wanted if (score := _score(word, indexed)) is not None]
        if len(scores) == len(wanted):
            ranked.append((sum(scores), order, indexed.place))
    ranked.sort()
    return [place for _, _, place in ranked]


def _score(word: str, indexed: _Indexed) -> int | None:
    """0 for a whole name, 1 for one but its 시, 군 or 구, 2 for a beginning, 3 for a part; None for no match."""
    if word in indexed.whole:
        return 0
    if any(f"{word}{kind}" in indexed.whole for kind in "시군구"):
        return 1
    if any(name.startswith(word) for name in indexed.whole):
        return 2
    if all(c in _CHO for c in word):
        return 2 if any(initials.startswith(word) for initials in indexed.initials) else None
    # Two Latin letters are within many names: those of a state behind a city (LA, CA) mean none of them.
    return 3 if len(word) > 1 + word.isascii() and any(word in name for name in indexed.words) else None
