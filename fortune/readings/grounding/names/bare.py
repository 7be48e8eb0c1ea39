"""Signs and stages that are written as one syllable: 일간은 경, 지장간은 무·병·갑, 12운성으로 병."""

from __future__ import annotations

import re

from fortune.readings.grounding.names.endings import IS
from fortune.readings.grounding.names.mention import ROMAN_BRANCHES, ROMAN_STEMS, Mention
from fortune.readings.grounding.names.words import ANIMAL_BRANCHES, ANIMALS
from fortune.saju.cycle import BRANCHES_KO, STEMS_KO
from fortune.saju.derive.basics import STAGES
from fortune.saju.glossary import TERMS

_STAGE_KEYS = {TERMS[key].ko: key for key in STAGES}
_BARE_STAGE = re.compile(
    # 12운성으로 병에 해당해요
    r"(?:(?<=운성으로 )|(?<=운성은 )|(?<=운성이 )|(?<=운성상 )|(?<=운성의 )|(?<=운성: )"
    r"|(?<=운성 중 )|(?<=운성 )|(?<=운성으로는 ))['‘]?(?P<stage>쇠|병|사|묘|절|태|양)"
    r"(?=['’]?(?:\([一-鿿]\))?"
    rf"(?:{IS}|에 (?:해당|앉|놓|있|자리)|의 (?:자리|기운|단계)|[이가] (?:있|놓|자리|들)|예요|지|$))"
    # 월지에는 병이 있어요
    r"|(?:(?<=지에 )|(?<=지에는 ))(?P<in>쇠|병|절|태|양)(?=[이가] (?:있|놓|자리|들))"
    # 년주 병, 월주는 쇠이고
    r"|(?:(?<=[년연월일시지주] )|(?<=[지주]는 )|(?<=[지주]가 ))(?P<label>쇠|병|사|묘|절|태|양)"
    r"(?=[,·/]|$|이에요|예요|입니다|이고|이며|고,|이라|라 )"
    # 쇠의 단계라, 쇠를 깔고
    r"|(?<![가-힣])(?P<of>쇠|병|사|묘|절|태|양)(?=의 (?:자리|상태|단계)(?:이|입|예|에|라|로|,|고))"
    r"|(?<![가-힣])(?P<glossed>쇠|병|사|묘|절|태|양)(?=\((?:衰|病|死|墓|絕|絶|胎|養)\))"
    r"|(?<![가-힣])(?P<sat>쇠|병|사|묘|절|태|양)(?=(?:을|를) 깔고|에 (?:앉|좌|놓))"
)
# The names that English gives the twelve stages, beside those of the glossary.
_STAGES_EN = {
    "jangsaeng": "growth|long life|eternal life|longevity",
    "mokyok": "bath",
    "gwandae": "youth|attire|crowning|capping|cap and belt|adolescence",
    "geonrok": "official|thriving|coming into office",
    "jewang": "emperor|emperor's peak|emperor's prosperity|imperial peak|imperial|prime|zenith",
    "soe": "decline|weakening|waning",
    "byeong": "sickness|illness",
    "sa": "death",
    "myo": "tomb|grave|storage|entombment|burial",
    "jeol": "extinction|severance|termination|annihilation",
    "tae": "embryo|fetus|foetus|womb",
    "yang": "nurturing|nourishing|nourishment",
    "prosperity": "prosperity",
}
_STAGE_NAMES = {name: key for key, names in _STAGES_EN.items() for name in names.split("|")} | {
    TERMS[key].en.lower(): key for key in STAGES
}
_NAMES_EN = "|".join(sorted(_STAGE_NAMES, key=len, reverse=True))
_STAGE_EN = re.compile(
    # the stage of Death, the Death (사) stage
    rf"\b(?ai:stages?|phase) (?ai:of|called|named|known as) (?:the )?[\"'“‘]?(?P<of>(?ai:{_NAMES_EN}))\b[\"'”’]?"
    rf"|\b(?P<head>(?ai:{_NAMES_EN}))\b[\"'”’]?(?: ?\([^)]{{1,12}}\))? (?ai:stage|phase)\b"
)
# the day branch corresponds to Death (사); of the twelve life stages, Bath
_GLOSSES = "|".join(f"{TERMS[key].ko}|{TERMS[key].hanja}" for key in STAGES)
_STAGE_GLOSSED = re.compile(rf"\b(?P<of>(?ai:{_NAMES_EN}))\b ?\((?:{_GLOSSES})\)")
_STAGE_OF_LIFE = re.compile(rf"(?=[A-Z])\b(?P<of>(?ai:{_NAMES_EN}))\b(?! (?:star|god|officer|stem|branch)\b)")
_OF_LIFE = re.compile(r"\b(?:life|twelve|12|growth) stages?\b")
_BARE_HIDDEN = re.compile(
    r"(?:은|는|에는|으로는|: ?)? ?"
    rf"(?P<signs>[{STEMS_KO}](?:(?:, ?|·|와 |과 | )[{STEMS_KO}])*)"
    r"(?=이에요|예요|입니다|이고|[이가] (?:있|숨|들)|,|\.|$)"
)
_BARE = re.compile(
    r"(?!이자)(?:의 글자는|의 글자가|에 있는|[은는이가의인]|에는|에)? ?['‘\"“(]?"
    rf"(?P<sign>[{STEMS_KO}{BRANCHES_KO}])['’\"”)]?"
    r"(?=이에요|예요|입니다|이고|이며|이라|라서|이죠|인데|로서|[은는이가을를인으]?[ ,.)]|$)"
)
_ROMAN = re.compile(r"(?: is| holds| carries|:|,)? ([A-Z][a-z]{1,5})\b(?! ?-| [A-Z])")
_ZODIAC = re.compile(
    rf"(?<![가-힣])띠(?:는|가|로는|로 치면|로 보면) (?:바로 )?(?P<animal>{'|'.join(ANIMALS)})(?={IS})"
)
# 한여름의 열기 속에 태어나, 가을의 문턱에서 태어난
_SEASON = re.compile(
    r"(?<![가-힣])(?:초|한|늦|이른 |깊은 |완연한 )?(?P<season>봄|여름|가을|겨울)(?:의|이) "
    r"(?:(?!봄|여름|가을|겨울)[가-힣]+ ){0,2}(?!봄|여름|가을|겨울)(?!\S?월)[가-힣]*에서? "
    r"(?=태어(?:나|났|난 (?:당신|회원님|[갑을병정무기경신임계][목화토금수]|사주|명식|일간|나무|불|흙|쇠|물|보석|바위|강|촛불|태양|산|꽃)))"
)
# 계절로 보면 봄이고
_SEASON_IS = re.compile(
    r"계절(?:으?로|은|상)(?: 보면| 치면| 따지면)? (?:초|한|늦)?(?P<season>봄|여름|가을|겨울)"
    rf"(?=\(?[春夏秋冬]?\)?(?:{IS}))"
)
# 태어난 달은 봄기운이 무르익은 묘월입니다
_BORN_IN = re.compile(
    r"(?:태어난|난|나신|태어나신) (?:달|때|계절|시기|무렵)(?:은|는|이|가|도|마저|까지|역시) (?:[가-힣]+ ){0,5}?"
    rf"(?P<sign>[{BRANCHES_KO}]월)(?={IS}|,|\.|에)"
    r"|(?<![가-힣])(?:당신|회원님|본인)은 (?:(?!올|내년|이번|다음|지난|오는)[가-힣]+ ){0,3}"
    rf"(?P<of>[{BRANCHES_KO}]월)의 (?=(?:\S+ )?(?:나무|불|흙|쇠|물|바위|보석|태양|촛불|산|강|바다|비|땅|밭|꽃|풀)[이가인은로입예])"
)
# 인월은 경금에게 편재의 달; 사월, 오월 and 유월 may be months of the calendar
_MONTH_SIGN = re.compile(
    r"(?<![가-힣])(?P<sign>[자축인묘진미신술해])월(?=[은이] (?:[가-힣]{1,4} )?[가-힣]{1,4}에게 )"
)
_STAGED = re.compile(
    r"운성|[쇠병사묘절태양]의 (?:자리|상태|단계)|깔고|에 [앉좌놓]|지에는? [쇠병절태양][이가]|[쇠병사묘절태양]\([衰病死墓絕絶胎養]\)"
)
_LABEL = re.compile(r"(?<![가-힣\d])(?P<place>년|연|월|일|시|年|月|日|時|Year|Month|Day|Hour)(?=:? [^ ])")
_PLACES = {
    letter: place
    for place, letters in {"year": "년연年", "month": "월月", "day": "일日", "hour": "시時"}.items()
    for letter in letters
}
_PAIR = re.compile(
    r"\b(?:(?P<a>year|month|day|hour), (?:the |your )?)?(?P<b>year|month|day|hour)(?:,? and |, )(?:the |your )?(?P<c>year|month|day|hour)"
    r" (?P<of>branch|stem|pillar)(?:e?s)?\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\bbetween (?:the |your )?(?P<a>year|month|day|hour) and (?:the |your )?(?P<b>year|month|day|hour)\b"
    r"(?! (?:pillar|branch|stem|master))(?! earthly| heavenly)"
)
_LABELLED = ("stage", "ganji", "god", "stem", "branch", "star", "nayin")


def with_bare(found: list[Mention], sentence: str) -> list[Mention]:
    """Return the mentions with those of one syllable added."""
    return _with_labels(_with_pairs(_with_values(found, sentence), sentence), sentence)


def _in_order(*mentions: Mention) -> list[Mention]:
    return sorted(mentions, key=lambda one: one.start)


def _with_pairs(found: list[Mention], sentence: str) -> list[Mention]:
    """Add the cells of "day and hour branches"."""
    pair = _PAIR.search(sentence) if any(word in sentence for word in ("branch", "stem", "pillar")) else None
    if pair is None:
        between = _BETWEEN.search(sentence) if "between" in sentence else None
        if between is None:
            return found
        places = [Mention("place", between[n], between.start(n), between.end(n)) for n in ("a", "b")]
        return _with(found, places)
    kind, half = ("place", "") if pair["of"].lower() == "pillar" else ("cell", f".{pair['of'].lower()}")
    names = [name for name in ("a", "b", "c") if pair[name]]
    ends = [*(pair.end(name) for name in names[:-1]), pair.end()]
    cells = [
        Mention(kind, pair[name].lower() + half, pair.start(name), end)
        for name, end in zip(names, ends, strict=True)
    ]
    return _with(found, cells)


def _with_labels(found: list[Mention], sentence: str) -> list[Mention]:
    """Add the places of a list: 년 장생, 월 양, 일 쇠; Year 癸亥, Month 乙丑."""
    if sum(one.kind in _LABELLED for one in found) < 2:
        return found
    labels = list(_LABEL.finditer(sentence))
    if len(labels) < 2:
        return found
    starts = {m.start: m for m in found}
    more = [
        Mention("place", _PLACES.get(m["place"], m["place"].lower()), m.start(), m.end())
        for m in labels
        if any(at in starts and starts[at].kind in _LABELLED for at in (m.end() + 1, m.end() + 2))
        and not any(one.start <= m.start() < one.end for one in found)
    ]
    return _in_order(*found, *more) if len(more) > 1 else found


def _with_values(found: list[Mention], sentence: str) -> list[Mention]:
    found = _with_signs(found, sentence)
    if "띠" in sentence and (named := _ZODIAC.search(sentence)):
        branch = ANIMAL_BRANCHES[named["animal"]]
        found = _in_order(*found, Mention("zodiac", branch, named.start("animal"), named.end("animal")))
    for hint, pattern, span in (("태어", _SEASON, 0), ("계절", _SEASON_IS, "season")):
        if hint in sentence and (season := pattern.search(sentence)):
            at = ("봄", "여름", "가을", "겨울").index(season["season"])
            found = _with(found, [Mention("season", at, season.start(span), season.end(span))])
    if "월" in sentence and (born := _BORN_IN.search(sentence)):
        name = born.lastgroup or "sign"
        branch = BRANCHES_KO.index(born[name][0])
        found = _with(found, [Mention("birth_month", branch, born.start(name), born.end(name))])
    if "에게" in sentence and (month := _MONTH_SIGN.search(sentence)):
        branch = BRANCHES_KO.index(month["sign"])
        found = _with(found, [Mention("branch", branch, month.start(), month.end())])
    if "tage" in sentence or "phase" in sentence:
        found = _with(found, [_stage_en(m["of"] or m["head"], m) for m in _STAGE_EN.finditer(sentence)])
    found = _with_stages_en(found, sentence) if "(" in sentence or "tages" in sentence else found
    return _with_stages(found, sentence) if _STAGED.search(sentence) else found


def _with_stages_en(found: list[Mention], sentence: str) -> list[Mention]:
    """Add the English names of stages that Korean explains, or that stand where life stages are spoken of."""
    rows = list(_STAGE_GLOSSED.finditer(sentence))
    if not rows and _OF_LIFE.search(sentence):
        rows = list(_STAGE_OF_LIFE.finditer(sentence))
    taken = [m for m in rows if not any(one.start < m.end("of") and m.start() < one.end for one in found)]
    return _with(found, [_stage_en(m["of"], m) for m in taken])


def _stage_en(name: str, found: re.Match[str]) -> Mention:
    return Mention("stage", _STAGE_NAMES[name.lower()], found.start(), found.end())


def _with(found: list[Mention], more: list[Mention]) -> list[Mention]:
    """Return the mentions with ``more`` in place of what stood there."""
    taken = [m for m in found if not any(m.start < one.end and one.start < m.end for one in more)]
    return _in_order(*taken, *more)


def _with_signs(found: list[Mention], sentence: str) -> list[Mention]:
    """Add signs that are written as one syllable behind their cell: 일간은 경, 월지(사)."""
    out: list[Mention] = []
    for at, one in enumerate(found):
        out.append(one)
        if one.kind == "hidden" and (at == len(found) - 1 or found[at + 1].start > one.end + 4):
            listed = _BARE_HIDDEN.match(sentence, one.end)
            signs = range(listed.start("signs"), listed.end("signs")) if listed else ()
            out += [
                Mention("stem", STEMS_KO.index(sentence[n]), n, n + 1)
                for n in signs
                if sentence[n] in STEMS_KO
            ]
        if one.kind != "cell":
            continue
        spelt = _spelt(one, sentence)
        if spelt is not None and (at + 1 == len(found) or found[at + 1].start >= spelt.end):
            out.append(spelt)
            continue
        match = _BARE.match(sentence, one.end)
        if match is None or (at + 1 < len(found) and found[at + 1].start < match.end("sign")):
            continue
        part, sign = one.value.partition(".")[2], match["sign"]
        alphabet = STEMS_KO if part == "stem" else BRANCHES_KO
        # "일간을" is the day stem with its particle, not the stem 을.
        if sign in alphabet and match.start("sign") > one.end:
            out.append(Mention(part, alphabet.index(sign), match.start("sign"), match.end("sign")))
    return out


def _spelt(cell: Mention, sentence: str) -> Mention | None:
    """Return the sign behind a cell that is spelt in Latin letters: the day stem is Gui."""
    found, part = _ROMAN.match(sentence, cell.end), cell.value.partition(".")[2]
    for names in (ROMAN_STEMS if part == "stem" else ROMAN_BRANCHES) if found else ():
        if found and found[1].lower() in names:
            return Mention(part, names.index(found[1].lower()), found.start(1), found.end(1))
    return None


def _with_stages(found: list[Mention], sentence: str) -> list[Mention]:
    """Add the stages of one syllable: 12운성으로 병에 해당, 태를 깔고."""
    rows = [(m, m.lastgroup or "") for m in _BARE_STAGE.finditer(sentence)]
    rows = [row for row in rows if row[1] != "label" or "운성" in sentence]
    return _with(
        found, [Mention("stage", _STAGE_KEYS[m[name]], m.start(name), m.end(name)) for m, name in rows]
    )
