"""신살·길성: the tables, one line a star.

Each table is written as it stands in Korean handbooks, so that it can be held against one. Sources: the
verses of 연해자평 and 삼명통회 as handed down in Korean 만세력; a line names the list taken where they
differ. A star is an old name for a pattern, a footnote to a reading: its strength is "reference".
"""

from __future__ import annotations

# By day stem 甲 … 癸: the branches on which the star stands.
BY_DAY_STEM: dict[str, str] = {
    # 甲戊庚牛羊 …, with 庚 beside 甲戊; option ``cheoneul="tiger"`` puts 庚 beside 辛.
    "cheoneul": "丑未 子申 亥酉 亥酉 丑未 子申 丑未 寅午 巳卯 巳卯",
    # 식신's 건록; 丙丁 and 戊己 share.
    "munchang": "巳 午 申 酉 申 酉 亥 子 寅 卯",
    # Opposite 문창.
    "mungok": "亥 子 寅 卯 寅 卯 巳 午 申 酉",
    # The 장생 place of the day stem.
    "hakdang": "亥 午 寅 酉 寅 酉 巳 子 申 卯",
    # The 장생 place of the element that governs the day stem (earth with water).
    "gwangwi_hakgwan": "巳 巳 申 申 亥 亥 寅 寅 申 申",
    "taegeuk": "子午 子午 卯酉 卯酉 辰戌丑未 辰戌丑未 寅亥 寅亥 巳申 巳申",
    # 식신's 건록, each stem for itself (differs from 문창 at 丙丁).
    "cheonju": "巳 午 巳 午 申 酉 亥 子 寅 卯",
    # Two past 건록.
    "geumyeo": "辰 巳 未 申 未 申 戌 亥 丑 寅",
    # The 육합 of 건록.
    "amrok": "亥 戌 申 未 申 未 巳 辰 寅 丑",
    "geonrok": "寅 卯 巳 午 巳 午 申 酉 亥 子",
    # 식신's stem by 오서둔; another list gives 甲丙 寅子, 乙癸 卯丑.
    "bokseong": "寅 丑 子 酉 申 未 午 巳 辰 卯",
    # "六丙逢寅辛見鷄 癸臨申上丁見未 甲乙午兮庚戌宜 戊己怕辰壬怕子"
    "hongyeom": "午 午 寅 未 辰 辰 戌 酉 子 申",
    # The 제왕 place, yang stems only.
    "yangin": "卯 - 午 - 午 - 酉 - 子 -",
    "nakjeong": "巳 子 申 戌 卯 巳 子 申 戌 卯",
}
CHEONEUL_TIGER = "丑未 子申 亥酉 亥酉 丑未 子申 寅午 寅午 巳卯 巳卯"
# 양인 of yin stems (이설): one past 건록 (관대 counted forwards), or 제왕 counted backwards.
YANGIN_YIN = {
    "cap": "- 辰 - 未 - 未 - 戌 - 丑",
    "peak": "- 寅 - 巳 - 巳 - 申 - 亥",
    "none": "- - - - - - - - - -",
}
# 협록: 건록 stands between these two; the star needs both.
HYEOPROK = "丑卯 寅辰 辰午 巳未 辰午 巳未 未酉 申戌 戌子 亥丑"

# By month branch 子 … 亥: the sign, stem or branch, that carries the star.
BY_MONTH: dict[str, str] = {
    "cheondeok": "巳 庚 丁 申 壬 辛 亥 甲 癸 寅 丙 乙",
    # The 합 of 천덕.
    "cheondeokhap": "申 乙 壬 巳 丁 丙 寅 己 戊 亥 辛 庚",
    "woldeok": "壬 庚 丙 甲 壬 庚 丙 甲 壬 庚 丙 甲",
    "woldeokhap": "丁 乙 辛 己 丁 乙 辛 己 丁 乙 辛 己",
    # The branch before the month.
    "cheonui": "亥 子 丑 寅 卯 辰 巳 午 未 申 酉 戌",
    "hwangeun": "申 未 戌 丑 寅 巳 酉 卯 子 午 亥 辰",
    "geupgak": "丑辰 丑辰 亥子 亥子 亥子 卯未 卯未 卯未 寅戌 寅戌 寅戌 丑辰",
}
# These are looked for under day and hour only.
DAY_AND_HOUR = frozenset({"hwangeun", "geupgak", "eumchak", "yangcha"})

# By year branch 子 … 亥.
BY_YEAR_BRANCH: dict[str, str] = {
    # The branch after, and before, the season of the year branch.
    "gosin": "寅 寅 巳 巳 巳 申 申 申 亥 亥 亥 寅",
    "gwasuk": "戌 戌 丑 丑 丑 辰 辰 辰 未 未 未 戌",
    "sangmun": "寅 卯 辰 巳 午 未 申 酉 戌 亥 子 丑",
    "jogaek": "戌 亥 子 丑 寅 卯 辰 巳 午 未 申 酉",
}
# By the 삼합 group of the year branch, and again of the day branch.
BY_GROUP: dict[str, str] = {
    "dohwa": "酉 午 卯 子 酉 午 卯 子 酉 午 卯 子",
    "yeokma": "寅 亥 申 巳 寅 亥 申 巳 寅 亥 申 巳",
    "hwagae": "辰 丑 戌 未 辰 丑 戌 未 辰 丑 戌 未",
}
# By day branch: its partner in 귀문 and 원진, on the other pillars.
BY_DAY_BRANCH: dict[str, str] = {
    "gwimun": "酉 午 未 申 亥 戌 丑 寅 卯 子 巳 辰",
    "wonjin": "未 午 酉 申 亥 戌 丑 子 卯 寅 巳 辰",
}

# Whole pillars, wherever they stand (the day pillar counts most).
BY_PILLAR: dict[str, str] = {
    "baekho": "甲辰 乙未 丙戌 丁丑 戊辰 壬戌 癸丑",
    # 음양차착: 음착 of yin, 양차 of yang stems; day and hour.
    "eumchak": "丁丑 丁未 辛卯 辛酉 癸巳 癸亥",
    "yangcha": "丙子 丙午 戊寅 戊申 壬辰 壬戌",
}
GOEGANG = {
    "five": "庚辰 庚戌 壬辰 壬戌 戊戌",
    "four": "庚辰 庚戌 壬辰 戊戌",  # 삼명통회
    "six": "庚辰 庚戌 壬辰 壬戌 戊戌 戊辰",
}
# Day pillars only.
BY_DAY_PILLAR: dict[str, str] = {
    # 木火逢蛇 (乙巳 and 丁巳), 金猪 (辛亥), 土猴 (戊申), 木虎 (甲寅).
    "goran": "甲寅 乙巳 丁巳 戊申 辛亥",
    # The day branch is 인성: the twelve days listed in Korean handbooks.
    "hyosin": "甲子 乙亥 丙寅 丁卯 戊午 己巳 庚辰 庚戌 辛丑 辛未 壬申 癸酉",
}
# Day branch only.
TANGHWA = "寅午丑"
# Any sign drawn with needle strokes (未 is added by some).
HYEONCHIM = "甲辛卯午申"
# 술해천문: the gate of heaven lies between 戌 and 亥 (卯未 are added by some).
CHEONMUN = "戌亥"
# Both branches together.
NETS = {"cheonra": "戌亥", "jimang": "辰巳"}
# Branches of the years of 삼재 by year branch: 들삼재, 눌삼재, 날삼재.
SAMJAE = "寅卯辰 亥子丑 申酉戌 巳午未 寅卯辰 亥子丑 申酉戌 巳午未 寅卯辰 亥子丑 申酉戌 巳午未"
