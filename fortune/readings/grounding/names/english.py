"""Names that English readings give the parts of a chart, beside those of ``words`` and the glossary."""

from __future__ import annotations

import itertools
from typing import Any

from fortune.readings.grounding.names.mention import ROMAN_BRANCHES, ROMAN_STEMS
from fortune.saju.derive.basics import TEN_GODS
from fortune.saju.korean import ELEMENTS_EN

_PLACES = ("year", "month", "day", "hour")
_SPOUSE = ("spouse", "partner", "marriage", "relationship", "partnership")
_HOUSES = ("palace", "seat", "house", "position")
# 比肩 and the nine others as Korean and Chinese are spelt in Latin letters, and by rarer names of English.
_GODS = (
    "bi-gyeon|bigyun|bi jian|bijian",
    "geop-jae|geobjae|jie cai|jiecai|rob wealth star",
    "sik-sin|sikshin|sik-shin|shi shen|shishen|food star",
    "sang-gwan|shang guan|shangguan",
    "pyeon-jae|pian cai|piancai|windfall wealth|unearned wealth",
    "jeong-jae|zheng cai|zhengcai|proper wealth",
    "pyeon-gwan|qi sha|qisha|pian guan|pianguan|seven killings star",
    "jeong-gwan|zheng guan|zhengguan|proper officer",
    "pyeon-in|pian yin|pianyin|owl god|owl seal|unconventional resource",
    "jeong-in|zheng yin|zhengyin|proper resource|proper seal",
)
ENGLISH: dict[str, dict[str, Any]] = {
    "cell": {
        "|".join(
            (
                *(f"{one} {house}" for one, house in itertools.product(_SPOUSE, _HOUSES)),
                *(f"{one}'s {house}" for one, house in itertools.product(_SPOUSE[:2], _HOUSES)),
                *(
                    f"{house} of {whose}{one}"
                    for one, house, whose in itertools.product(_SPOUSE, _HOUSES, ("", "your ", "the "))
                ),
                "beneath you|under you|below you|ground you stand on|beneath your feet|under your feet|own seat|its own seat|your own seat",
            )
        ): "day.branch",
        **{
            f"top of {whose} {place} pillar|{place}'s stem|stem of {whose} {place}|{place} pillar's top|upper half of {whose} {place} pillar": f"{place}.stem"
            for place, whose in itertools.product(_PLACES, ("your", "the"))
        },
        **{
            f"foot of {whose} {place} pillar|base of {whose} {place} pillar|bottom of {whose} {place} pillar"
            f"|{place}'s branch|branch of {whose} {place}|lower half of {whose} {place} pillar": f"{place}.branch"
            for place, whose in itertools.product(_PLACES, ("your", "the"))
        },
    },
    "place": {
        "ancestral pillar|ancestor pillar|ancestors' pillar|ancestral palace": "year",
        "career pillar|parents' pillar|parent pillar|parents' palace|parents palace": "month",
        "self pillar": "day",
        **{
            f"pillar of the {place} {on} which you were born|pillar of your {place} of birth|pillar of the {place} you were born": place
            for place, on in itertools.product(_PLACES, ("on", "in", "at"))
        },
        "children's pillar|children pillar|children's palace|children palace|child palace": "hour",
    },
    "god": {
        **dict(zip(_GODS, TEN_GODS, strict=True)),
        "peer star|peer stars|companion energy|companion element|companion group|peer element": "bigeop",
        "expression star|expression stars|output element|output energy|output group": "siksang",
        "money star|money stars|wealth energy|wealth group": "jaeseong",
        "officers|authority star|authority stars|power star|power stars|officer energy|officer element|officer group|influence element": "gwanseong",
        "resource element|resource energy|resource group|seal energy": "inseong",
    },
    "void": {"emptiness|gongmang|gong-mang|kong wang|kongwang|empty branches|voids": True},
    "samjae": {"three calamities|three disasters|sam-jae|three-disaster": "samjae"},
    "decade": {
        "ten-year cycle|ten-year period|ten-year phase|ten-year stretch|ten-year pillar|ten-year chapter|ten-year luck cycle"
        "|ten-year luck pillar|ten-year luck period|daewoon|daeun|dae-un|da yun|dayun|ten years of": True
    },
    "star": {
        "heavenly noble star|noble star|nobleman's star|cheoneul gwiin|cheoneul-gwiin|cheoneul": "cheoneul",
        "scholar star|academic star|munchang": "munchang",
        "dohwa|do-hwa|dohwasal": "dohwa",
        "yeokma|yeok-ma": "yeokma",
        "hwagae|hwa-gae|elegant canopy|floral canopy|art canopy": "hwagae",
        "baekho|baek-ho": "baekho",
        "goegang star|gwaegang": "goegang",
        "yangin": "yangin",
        "hongyeom|red charm": "hongyeom",
        "lonely star|solitary star|gosin": "gosin",
    },
    "useful": {
        "|".join(
            f"{word} elements"
            for word in ("useful", "favourable", "favorable", "helpful", "beneficial", "supportive", "lucky")
        ): "needed",
        "|".join(
            f"{word} elements" for word in ("unfavourable", "unfavorable", "harmful", "unhelpful", "unlucky")
        ): "harmful",
    },
    "structure": {
        f"{spelt}-gyeok|{spelt} gyeok|{spelt}gyeok": f"{key}_gyeok"
        for key, spelt in ((key, key) for key in (*TEN_GODS[2:], "geonrok", "yangin"))
    },
}
"""By kind: names, joined by "|", and the value of each."""

_SURE = (
    "gap eul byeong jeong gyeong gye jia yi bing ding ji geng xin ren gui mu",
    "zi chou mao chen wei shen xu hai chuk myo sul hae",
)
ROMAN_SIGNS = {
    name: ("stem", names.index(name)) for names in ROMAN_STEMS for name in names if name in _SURE[0].split()
} | {
    name: ("branch", names.index(name))
    for names in ROMAN_BRANCHES
    for name in names
    if name in _SURE[1].split()
}
"""Signs whose spelling is no other sign's and no word of English."""


def sign_of(name: str, element: str, branch_elements: tuple[int, ...]) -> tuple[str, Any]:
    """Return the sign of "Wu Fire" or "Hai Water": the name is told from another's by its element."""
    own = ELEMENTS_EN.index(element)
    for names in ROMAN_STEMS:
        if name in names and names.index(name) // 2 == own:
            return "stem", names.index(name)
    for names in ROMAN_BRANCHES:
        if name in names and branch_elements[names.index(name)] == own:
            return "branch", names.index(name)
    return "", None
