"""Charts that 자평진전 (沈孝瞻, 子平真詮, 18th century) gives as examples, by the chapter they stand in.

The chapter names the pattern: a chart in 論財 is read as 財格. Of three charts the sentence itself says that the pattern
has become another one; they stand apart, in ``CHANGED``. Source: 子平真詮評注 as on ctext.org (wiki chapter 974137),
chapters 論正官 … 論建祿月劫. Two charts whose hour cannot go with their day are left out.
"""

from __future__ import annotations

from fortune.saju.cycle import Pillars, read_pillar
from fortune.saju.derive.facts import facts
from fortune.saju.schools import Schools

CHAPTERS: dict[str, tuple[tuple[str, ...], str]] = {
    "論正官": (
        ("jeonggwan_gyeok",),
        "甲申 壬申 乙巳 戊寅, 乙卯 丁亥 丁未 庚戌, 己卯 辛未 壬寅 辛亥, 庚寅 乙酉 甲子 戊辰, 丁丑 壬寅 己巳 丙寅",
    ),
    "論財": (
        ("jeongjae_gyeok", "pyeonjae_gyeok"),
        "壬申 壬子 戊午 乙卯, 壬寅 壬寅 庚辰 辛巳, 乙未 甲申 丙申 庚寅, 乙未 己卯 庚寅 辛巳, 庚戌 戊子 戊子 丙辰,"
        "壬辰 乙巳 癸巳 辛酉, 甲子 辛未 辛酉 壬辰, 乙酉 庚辰 甲午 戊辰, 庚辰 戊子 戊寅 甲寅, 丙寅 癸巳 癸未 壬戌,"
        "丙辰 癸巳 壬戌 壬寅, 丙辰 丙申 丙午 壬辰",
    ),
    "論印綬": (
        ("jeongin_gyeok", "pyeonin_gyeok"),
        "丙寅 戊戌 辛酉 戊子, 丙戌 戊戌 辛未 壬辰, 乙亥 己卯 丁酉 壬寅, 己巳 癸酉 癸未 庚申, 壬寅 戊申 壬辰 壬寅,"
        "辛酉 丙申 壬申 辛亥, 庚寅 乙酉 癸亥 丙辰, 己未 甲戌 辛未 癸巳, 辛亥 庚子 甲辰 乙亥, 壬子 癸卯 丙子 己亥,"
        "庚戌 戊子 甲戌 乙亥",
    ),
    "論食神": (
        ("siksin_gyeok",),
        "丁未 癸卯 癸亥 癸丑, 己未 壬申 戊子 庚申, 丁亥 癸卯 癸卯 甲寅, 甲午 丁卯 癸丑 丙辰, 辛卯 辛卯 癸酉 己未,"
        "戊戌 壬戌 丙子 戊戌, 丁亥 壬子 辛巳 丁酉, 丙午 癸巳 甲子 丙寅, 癸酉 辛酉 己卯 乙亥",
    ),
    "論偏官": (
        ("pyeongwan_gyeok",),
        "乙亥 乙酉 乙卯 丁丑, 壬辰 甲辰 丙戌 戊戌, 丙寅 戊戌 壬戌 辛丑, 戊戌 甲子 丁未 庚戌, 甲申 乙亥 丙戌 庚寅,"
        "癸卯 丁巳 庚寅 庚辰, 丙子 甲午 辛亥 辛卯, 戊辰 甲寅 戊寅 戊午",
    ),
    "論傷官": (
        ("sanggwan_gyeok",),
        "壬午 己酉 戊午 庚申, 甲子 乙亥 辛未 戊子, 己卯 丁丑 丙寅 庚寅, 壬申 丙午 甲午 壬申, 丁酉 己酉 戊子 壬子,"
        "壬戌 己酉 戊午 丁巳, 己未 丙子 庚子 丙子, 戊申 甲子 庚午 丁丑, 丙申 己亥 辛未 己亥, 甲子 壬申 己亥 辛未",
    ),
    "論陽刃": (
        ("yangin_gyeok",),
        "己酉 丙子 壬寅 丙午, 辛酉 甲午 丙申 壬辰, 甲午 癸酉 庚寅 戊寅, 甲寅 庚午 戊申 甲寅, 丙戌 丁酉 庚申 壬午",
    ),
    "論建祿月劫": (
        ("geonrok_gyeok", "wolgeop_gyeok"),
        "庚戌 戊子 癸酉 癸亥, 丁酉 丙午 丁巳 壬寅, 庚午 戊子 癸卯 丁巳, 己未 己巳 丁未 辛丑, 庚子 甲申 庚子 甲申,"
        "丁巳 壬子 癸卯 己未, 戊辰 癸亥 壬午 丙午, 甲子 丙寅 甲子 丙寅, 癸卯 庚申 庚子 庚辰, 辛丑 庚寅 甲辰 乙亥,"
        "辛亥 庚寅 甲申 丙寅, 己酉 乙亥 壬戌 庚子",
    ),
}

WEALTH = ("jeongjae_gyeok", "pyeonjae_gyeok")
CHANGED = {
    "丙辰 丙申 丙午 壬辰": ("pyeongwan_gyeok",),  # 劫刃太重, 棄財就煞, 此又變之又變者也
    "甲子 乙亥 辛未 戊子": WEALTH,  # 化傷為財, 大為秀氣 … 干頭之甲, 通根於亥
    "甲子 壬申 己亥 辛未": WEALTH,  # 化傷為財, 傷非其傷, 作財旺生官而不作傷官見官
}
"""The pattern that the sentence about a chart names, where it is another one than the chapter's."""


def agreement(structure: str, *, by_sentence: bool) -> tuple[int, int]:
    """Return how many charts get the pattern of their chapter (or of their sentence), of how many."""
    found = total = 0
    for keys, text in CHAPTERS.values():
        for row in map(str.strip, text.split(",")):
            year, month, day, hour = map(read_pillar, row.split())
            assert year and month and day and hour, row
            named = facts(Pillars(year, month, day, hour), Schools(structure=structure)).structure.key
            found += named in (CHANGED.get(row, keys) if by_sentence else keys)
            total += 1
    return found, total
