"""조후: the stems that 궁통보감 asks for in each month, and what kind of month it is."""

from __future__ import annotations

from fortune.saju.cycle import STEMS

# 궁통보감 in 서락오's summary: for each day stem the stems wanted in the months 寅卯辰巳午未申酉戌亥子丑, the
# first the most; at most three are kept. Handbooks agree on the first stem and vary in the later ones.
_JOHU = """
甲 丙癸 庚丙丁 庚丁壬 癸丁庚 癸丁庚 癸丁庚 庚丁壬 庚丁丙 庚甲丁 庚丁丙 丁庚丙 丁庚丙
乙 丙癸 丙癸 癸丙戊 癸 癸丙 癸丙 丙癸己 癸丙丁 癸辛 丙戊 丙 丙
丙 壬庚 壬己 壬甲 壬庚癸 壬庚 壬庚 壬戊 壬癸 甲壬 甲戊庚 壬戊己 壬甲
丁 甲庚 庚甲 甲庚 甲庚 壬庚癸 甲壬庚 甲庚丙 甲庚丙 甲庚戊 甲庚 甲庚 甲庚
戊 丙甲癸 丙甲癸 甲丙癸 甲丙癸 壬甲丙 癸丙甲 丙癸甲 丙癸 甲丙癸 甲丙 丙甲 丙甲
己 丙庚甲 甲癸丙 丙癸甲 癸丙 癸丙 癸丙 丙癸 丙癸 甲丙癸 丙甲戊 丙甲戊 丙甲戊
庚 戊甲壬 丁甲庚 甲丁壬 壬戊丙 壬癸 丁甲 丁甲 丁甲丙 甲壬 丁丙 丁甲丙 丙丁甲
辛 己壬庚 壬甲 壬甲 壬甲癸 壬己癸 壬庚甲 壬甲戊 壬甲 壬甲 壬丙 丙戊壬 丙壬戊
壬 庚丙戊 戊辛庚 甲庚 壬辛庚 癸庚辛 辛甲 戊丁 甲庚 甲丙 戊丙庚 戊丙 丙丁甲
癸 辛丙 庚辛 丙辛甲 辛 庚壬癸 庚辛壬 丁 辛丙 辛甲壬 庚辛戊 丙辛 丙丁
"""
_ROWS = tuple(line.split()[1:] for line in _JOHU.split("\n") if line)


def _turned(row: list[str]) -> tuple[tuple[int, ...], ...]:
    """Return a row written from 寅 as one indexed by branch from 子."""
    cells = tuple(tuple(STEMS.index(sign) for sign in cell) for cell in row)
    return cells[10:] + cells[:10]


JOHU: tuple[tuple[tuple[int, ...], ...], ...] = tuple(_turned(row) for row in _ROWS)
"""``JOHU[day stem][month branch]``: the stems wanted, the most wanted first."""

# 寅卯辰巳午未申酉戌亥子丑, from 子. 궁통보감 calls 寅 a month whose cold lingers, 申 one whose heat does, 戌 dry.
SEASONS = (
    "cold_month", "cold_month", "cold_lingers", "mild_month", "mild_month", "hot_month",
    "hot_month", "hot_month", "heat_lingers", "cool_month", "dry_month", "cold_month",
)  # fmt: skip
PRESSING = {"cold_month": 1, "hot_month": 4}
"""The element that a season presses for: fire in the cold, water in the heat."""
PLENTY = {"cold_month": 4, "hot_month": 1}
"""The element that a season has of its own: asked for then, it serves another end than the weather (丁 for 庚 in 未)."""
