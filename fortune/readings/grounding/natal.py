"""Claims about the chart itself: pillars, the day stem, ten gods, elements, the balancing element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.truth import (
    AFTER,
    ELEMENT,
    ELEMENT_WORD,
    GANJI,
    NONE,
    Finding,
    Passage,
    Truth,
    finding,
    ganji_of,
)
from fortune.readings.inputs import Person
from fortune.saju.cycle import BRANCHES_KO, ELEMENTS_KO, STEMS, STEMS_KO
from fortune.saju.derive.basics import GROUPS, TEN_GODS
from fortune.saju.glossary import ko
from fortune.saju.korean import ELEMENTS_EN, josa, stem_ko

_PLACE = {"년주": "year", "연주": "year", "월주": "month", "일주": "day", "시주": "hour"}
_GOD_KEYS = {ko(key): key for key in (*TEN_GODS, *GROUPS)}
_GODS = "|".join(sorted(_GOD_KEYS, key=len, reverse=True))
_STEM_NAMES = {f"{STEMS_KO[at]}{ELEMENTS_KO[at // 2]}": at for at in range(10)}
_NUMBERS = {"한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6}

_PLACED = re.compile(
    rf"(?P<place>[년연월일시]주)(?:[는은가인]|의 간지는|,)?\s?['‘\"“]?(?P<ganji>{GANJI})['’\"”]?{AFTER}"
    rf"|(?<![가-힣])(?P<ganji2>{GANJI})\s?(?P<place2>[년연월일시]주)(?!일)"
)


def _pillars(text: Passage, truth: Truth) -> Iterator[Finding]:
    for match in _PLACED.finditer(text):
        place = _PLACE[match["place"] or match["place2"]]
        claimed = match["ganji"] or match["ganji2"]
        real = [dict(s.pillars.named()).get(place) for s in truth.persons]
        if ganji_of(claimed) in real and ganji_of(claimed) is not None:
            continue
        word = match["place"] or match["place2"]
        if real[0] is None:
            yield finding(
                match, f"태어난 시각을 몰라 {josa(word, '은/는')} 세우지 않았어요.", "The hour is unknown."
            )
        else:
            spelt = f"{real[0].hangul}({real[0].hanja})"
            yield finding(
                match,
                f"명식의 {josa(word, '은/는')} {josa(spelt, '이에요/예요')}.",
                f"The {place} pillar is {real[0].hanja}.",
            )


_STEM_WORD = "|".join(_STEM_NAMES)
_SELF = re.compile(
    rf"일간(?:[은이인]|,)?\s?['‘\"“]?(?P<stem>{_STEM_WORD})|(?<![가-힣])(?P<stem2>{_STEM_WORD})\s?일간"
    rf"|당신은 ['‘\"“]?(?P<stem3>{_STEM_WORD})(?=이에요|예요|입니다|의 사람|으로 태어|로 태어)"
)


def _self(text: Passage, truth: Truth) -> Iterator[Finding]:
    real = [s.pillars.day.stem for s in truth.persons]
    for match in _SELF.finditer(text):
        if _STEM_NAMES[match["stem"] or match["stem2"] or match["stem3"]] not in real:
            yield finding(
                match,
                f"명식의 일간은 {josa(stem_ko(real[0]), '이에요/예요')}.",
                f"The day stem is {STEMS[real[0]]}.",
            )


_COUNT = re.compile(
    rf"(?P<god>{_GODS})[이가은는]?\s?(?:모두 |총 )?(?P<n>\d|하나|한|두|둘|세|셋|네|넷|다섯|여섯)\s?[개자](?![가-힣]*째)"
)
_MANY = re.compile(
    rf"(?<![과와·] )(?P<god>{_GODS})[이가은는]\s?(?:아주 |매우 |가장 |특히 )?(?:많|강하|강해|강한|발달|두드러)"
)
_LACKS = re.compile(rf"(?P<god>{_GODS})[이가은는]?\s?{NONE}")


def _count_of(person: Person, key: str) -> int:
    gods = person.facts.elements.god_counts
    if key in GROUPS:
        at = 2 * GROUPS.index(key)
        return gods[at] + gods[at + 1]
    return gods[TEN_GODS.index(key)]


def _gods(text: Passage, truth: Truth) -> Iterator[Finding]:
    for pattern in (_COUNT, _MANY, _LACKS):
        for match in pattern.finditer(text):
            name = match["god"]
            counts = [_count_of(s, _GOD_KEYS[name]) for s in truth.persons]
            scoped = len(counts) == 1 and text.elsewhere(match.start())
            if scoped or any(_count_fits(pattern, match, n) for n in counts):
                continue
            yield finding(
                match,
                f"명식에서 {josa(name, '은/는')} {counts[0]}개예요.",
                f"The chart has {counts[0]} of {_GOD_KEYS[name]}.",
            )


def _count_fits(pattern: re.Pattern[str], match: re.Match[str], n: int) -> bool:
    if pattern is _COUNT:
        return n == _number(match["n"])
    return n > 0 if pattern is _MANY else n == 0


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


_CELL = {"년간": ("year", 0), "연간": ("year", 0), "월간": ("month", 0), "년지": ("year", 1), "연지": ("year", 1),
         "월지": ("month", 1), "일지": ("day", 1), "시지": ("hour", 1)}  # fmt: skip
_AT = re.compile(
    rf"(?P<cell>{'|'.join(_CELL)})(?:의 십성|의|에|[가-힣]? ?[{BRANCHES_KO}{STEMS_KO}][목화토금수])?"
    rf"(?:[은는이가]|에는)?\s?(?P<god>{'|'.join(ko(key) for key in TEN_GODS)})(?=[이은는의,.]|예요|가|로|이에요|에서|$)"
)


def _cells(text: Passage, truth: Truth) -> Iterator[Finding]:
    for match in _AT.finditer(text):
        place, part = _CELL[match["cell"]]
        columns = [s.facts.column(place) for s in truth.persons]
        real = [(c.branch_god if part else c.stem_god) for c in columns if c is not None]
        if _GOD_KEYS[match["god"]] in real or text.elsewhere(match.start()):
            continue
        cell = match["cell"]
        if real:
            yield finding(
                match,
                f"명식의 {cell} 십성은 {josa(ko(real[0]), '이에요/예요')}.",
                f"The ten god there is {real[0]}.",
            )
        else:
            yield finding(
                match, f"태어난 시각을 몰라 {josa(cell, '은/는')} 비워 두었어요.", "The hour is unknown."
            )


_ABSENT = re.compile(rf"(?<![가-힣]){ELEMENT_WORD}(?:의)? ?기운[이은]?\s?{NONE}")
_MOST = re.compile(
    rf"(?<![가-힣]){ELEMENT_WORD}(?:의)? ?(?:기운)?[이가은는] 가장 (?:많|강)|가장 많은 것은 {ELEMENT_WORD.replace('element', 'e2')}의 기운"
)
_TALLY = re.compile(rf"(?<![가-힣]){ELEMENT_WORD}(?:의 기운)?[이가은는]? ?(?P<n>\d)개")


def _elements(text: Passage, truth: Truth) -> Iterator[Finding]:
    for pattern in (_ABSENT, _MOST, _TALLY):
        for match in pattern.finditer(text):
            word = match.groupdict().get("element") or match.groupdict().get("e2") or ""
            at = ELEMENT[word[0]]
            scoped = len(truth.persons) == 1 and text.elsewhere(match.start())
            if scoped or any(_element_fits(pattern, match, s, at) for s in truth.persons):
                continue
            counts = truth.persons[0].facts.elements.counts
            listing = ", ".join(f"{name} {n}개" for name, n in zip(ELEMENTS_KO, counts, strict=True))
            english = ", ".join(f"{name} {n}" for name, n in zip(ELEMENTS_EN, counts, strict=True))
            yield finding(match, f"명식의 글자는 {listing}예요.", f"The chart has {english}.")


def _element_fits(pattern: re.Pattern[str], match: re.Match[str], person: Person, at: int) -> bool:
    e = person.facts.elements
    if pattern is _ABSENT:
        return e.counts[at] == 0
    if pattern is _TALLY:
        return e.counts[at] == int(match["n"])
    return e.counts[at] == max(e.counts) or e.weights[at] == max(e.weights)


_USEFUL = re.compile(
    rf"용신(?:은|이|으로는|:|인)?\s?['‘\"“]?{ELEMENT_WORD}(?:의)? ?(?:기운)?(?=이에요|예요|입니다|으로|로 |[을를이]|[,.)'’]|이고|이며|$)"
    rf"|(?<![가-힣]){ELEMENT_WORD.replace('element', 'e2')}(?:의 기운)?[을를] 용신"
)


def _useful(text: Passage, truth: Truth) -> Iterator[Finding]:
    for match in _USEFUL.finditer(text):
        at = ELEMENT[(match["element"] or match["e2"])[0]]
        wanted = [choice.element for s in truth.persons for choice in s.facts.useful.choices]
        if at not in wanted:
            first = truth.persons[0].facts.useful
            yield finding(
                match,
                f"억부로는 {ELEMENTS_KO[first.eokbu.element]}, 조후로는 "
                f"{josa(ELEMENTS_KO[first.johu.element], '을/를')} 용신으로 봐요.",
                f"The balancing element is {ELEMENTS_EN[first.eokbu.element]}, "
                f"by season {ELEMENTS_EN[first.johu.element]}.",
            )


RULES = (_pillars, _self, _gods, _cells, _elements, _useful)
