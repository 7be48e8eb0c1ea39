"""Helpers of the saju tests: pillars from text and as hypothesis draws them."""

from __future__ import annotations

from hypothesis import strategies as st

from fortune.saju.cycle import BRANCHES, STEMS, Pillar, Pillars, pillar


def of(text: str) -> Pillar:
    """ "甲子" as a pillar."""
    return pillar(STEMS.index(text[0]), BRANCHES.index(text[1]))


def chart(text: str) -> Pillars:
    """ "庚午 辛巳 庚辰 壬午" as pillars; three words leave the hour unknown."""
    words = text.split()
    return Pillars(*map(of, words[:3]), of(words[3]) if len(words) == 4 else None)


any_pillar = st.integers(0, 59).map(Pillar)
any_chart = st.builds(Pillars, any_pillar, any_pillar, any_pillar, st.none() | any_pillar)

# Every 신살 and 길성 that a chart can carry.
STARS = (
    "cheoneul", "cheondeok", "cheondeokhap", "woldeok", "woldeokhap", "munchang", "mungok", "hakdang",
    "gwangwi_hakgwan", "taegeuk", "cheonju", "geumyeo", "amrok", "hyeoprok", "geonrok", "cheonui",
    "cheonmun", "hwangeun", "bokseong",
    "dohwa", "hongyeom", "yeokma", "hwagae", "baekho", "goegang", "yangin", "yangin_yin", "hyeonchim",
    "gwimun", "wonjin", "gosin", "gwasuk", "goran", "tanghwa", "geupgak", "nakjeong", "cheonra", "jimang",
    "sangmun", "jogaek", "hyosin", "geokgak", "eumchak", "yangcha",
)  # fmt: skip
