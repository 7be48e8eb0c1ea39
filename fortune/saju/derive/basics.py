"""Tables that follow from one or two signs alone: 십성, 12운성, 12신살, 공망, 납음.

All arguments are the integers of ``cycle``; all results are glossary keys or such integers.
"""

from __future__ import annotations

from functools import cache

from fortune.saju.cycle import Pillar

TEN_GODS = (
    "bigyeon", "geopjae", "siksin", "sanggwan", "pyeonjae",
    "jeongjae", "pyeongwan", "jeonggwan", "pyeonin", "jeongin",
)  # fmt: skip
GROUPS = ("bigeop", "siksang", "jaeseong", "gwanseong", "inseong")
STAGES = (
    "jangsaeng", "mokyok", "gwandae", "geonrok", "jewang", "soe",
    "byeong", "sa", "myo", "jeol", "tae", "yang",
)  # fmt: skip
SINSAL12 = (
    "geopsal", "jaesal", "cheonsal", "jisal", "yeonsal", "wolsal",
    "mangsinsal", "jangseongsal", "bananssal", "yeokmasal", "yukhaesal", "hwagaesal",
)  # fmt: skip
NAYIN = (
    "haejunggeum", "nojunghwa", "daerimmok", "nobangto", "geombonggeum", "sanduhwa",
    "ganhasu", "seongduto", "baekrapgeum", "yangryumok", "cheonjungsu", "oksangto",
    "byeokryeokhwa", "songbaekmok", "jangryusu", "sajunggeum", "sanhahwa", "pyeongjimok",
    "byeoksangto", "geumbakgeum", "bokdeunghwa", "cheonhasu", "daeyeokto", "chacheongeum",
    "sangjamok", "daegyesu", "sajungto", "cheonsanghwa", "seokryumok", "daehaesu",
)  # fmt: skip

MAIN_STEM = (9, 5, 0, 1, 4, 2, 3, 5, 6, 7, 4, 8)
"""The 정기 of each branch: 子癸 丑己 寅甲 卯乙 辰戊 巳丙 午丁 未己 申庚 酉辛 戌戊 亥壬."""

# 장생 of 甲 … 癸. Earth borrows from fire (화토동궁, the common Korean way) or from water.
_BIRTH = {"fire": (11, 6, 2, 9, 2, 9, 5, 0, 8, 3), "water": (11, 6, 2, 9, 8, 3, 5, 0, 8, 3)}


@cache
def ten_god(day_stem: int, stem: int) -> str:
    """Return the 십성 of ``stem`` as seen by ``day_stem``."""
    distance = (stem // 2 - day_stem // 2) % 5
    return TEN_GODS[2 * distance + (stem - day_stem) % 2]


@cache
def branch_god(day_stem: int, branch: int) -> str:
    """Return the 십성 of ``branch``, by its 정기."""
    return ten_god(day_stem, MAIN_STEM[branch])


@cache
def stage(stem: int, branch: int, earth: str = "fire", yin: str = "reverse") -> str:
    """Return the 12운성 of ``stem`` at ``branch``. Options: ``Schools.stage_earth``, ``stage_yin``."""
    if stem % 2 == 0:
        return STAGES[(branch - _BIRTH[earth][stem]) % 12]
    if yin == "together":
        return STAGES[(branch - _BIRTH[earth][stem - 1]) % 12]
    return STAGES[(_BIRTH[earth][stem] - branch) % 12]


@cache
def sinsal12(reference: int, branch: int) -> str:
    """Return the 12신살 of ``branch`` counted from the branch ``reference`` (by its 삼합 group)."""
    return SINSAL12[(branch - (9 * reference + 5)) % 12]


@cache
def void(index: int) -> tuple[int, int]:
    """Return the two 공망 branches of the pillar ``index``: those its ten-day 순 leaves without a stem."""
    decade = 2 * (index // 10)
    return (10 - decade) % 12, (11 - decade) % 12


def nayin(pillar: Pillar) -> str:
    """Return the 납음오행 of a pillar; two neighbours share one."""
    return NAYIN[pillar.index // 2]
