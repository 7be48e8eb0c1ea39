"""Published judgements, with their source: where the engine takes another view, the reason is written beside it."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from fortune.saju.terminal.jsonl import answer

STRONG = {"중화신강", "신강", "태강", "극왕"}
WEAK = {"중화신약", "신약", "태약", "극약"}


class Case(NamedTuple):
    """``strong`` None, ``structures`` or ``elements`` empty: nothing was published about it."""

    chart: str
    strong: bool | None
    structures: str
    elements: str
    source: str


CASES = [
    Case("丙戌 丙申 戊寅 丙辰", True, "", "수", "snjournal.com, wonje.co.kr: 인중용재"),
    Case("乙酉 乙酉 乙酉 甲申", None, "종살격", "", "연해자평"),
    Case("丁卯 壬寅 癸卯 丙辰", None, "종아격", "목화", "적천수천미, 순국"),
    Case("壬子 癸卯 甲子 甲子", True, "종강격", "수목", "적천수천미, 종상"),
    Case("癸卯 乙卯 甲寅 乙亥", True, "종왕격", "수목", "적천수천미, 종상"),
    Case("癸巳 戊午 丙午 壬辰", True, "양인격", "", "임철초, 적천수천미"),
    Case("壬子 丙午 癸亥 戊午", None, "편재격", "", "천리명고: 화격이 아님"),
    Case("癸卯 丙辰 戊申 甲寅", False, "", "화", "판단 사례집"),
    Case("己未 乙亥 丁酉 甲辰", False, "", "목", "판단 사례집"),
    Case("壬子 庚戌 戊寅 丙辰", True, "", "금", "판단 사례집"),
    Case("癸未 甲子 丙戌 己亥", False, "", "목", "천리명고"),
    Case("丁卯 丙午 庚午 己卯", False, "", "토", "천리명고"),
    Case("甲辰 丁卯 甲子 戊辰", True, "", "화", "적천수천미, 쇠왕: 목이 태왕하면 화"),
    Case("辛巳 丁酉 丁酉 辛丑", False, "", "수", "적천수천미, 쇠왕: 화가 태쇠하면 수"),
    # 임철초's own charts of 화격, made and held back.
    Case("戊辰 壬戌 甲辰 己巳", None, "화격", "", "적천수천미, 화상"),
    Case("己卯 丁卯 壬午 甲辰", None, "화격", "", "적천수천미, 화상"),
    Case("癸丑 戊午 丙午 壬辰", True, "양인격", "", "적천수천미: 무계합이불화"),
    # The same book's charts that follow.
    Case("辛巳 辛丑 乙酉 乙酉", False, "종살격", "", "적천수천미: 종살사진"),
    Case("丙寅 庚寅 壬午 乙巳", False, "종재격", "", "적천수천미: 종재격진"),
    Case("丁巳 癸卯 癸卯 丙辰", False, "종아격", "", "적천수천미, 순국"),
    Case("己未 丁丑 丙戌 戊戌", False, "종아격", "", "적천수천미, 순국"),
    Case("庚子 庚辰 戊申 辛酉", False, "종아격", "", "적천수천미, 순국"),
    # Where one's own element and output are all there is, and where seals bury the day stem.
    Case("丙午 戊戌 丙午 戊戌", None, "", "토", "적천수천미: 양기성상"),
    Case("癸卯 甲寅 丁卯 甲辰", None, "", "화", "적천수천미: 모자멸자, 순모조자"),
    # 위천리's examples: what makes a pattern, and what undoes it.
    Case("戊戌 己未 戊辰 癸丑", True, "가색격", "토화금", "천리명고, 외격"),
    Case("壬申 壬子 壬辰 庚子", True, "윤하격", "수금목", "천리명고, 외격"),
    Case("丙戌 甲午 丁卯 壬寅", True, "염상격", "화목토", "천리명고, 외격: 합한 임수는 뿌리가 없음"),
    Case("甲辰 丙子 辛丑 壬辰", None, "화격", "수금", "천리명고, 외격: 축진은 물을 막지 않음"),
    Case("丙戌 戊戌 癸巳 甲寅", None, "화격", "", "천리명고, 외격: 병화가 이끎"),
    Case("甲戌 丁卯 壬午 丁未", None, "종재격 상관격", "", "천리명고, 외격: 두 정화가 다투어 화하지 못함"),
    Case(
        "庚戌 戊子 辛未 丙申", None, "상관격 정인격 식신격", "", "천리명고, 외격: 토가 수를 막아 화하지 못함"
    ),
    # A printed seal keeps a chart from following its officer.
    Case("癸酉 辛酉 乙丑 辛巳", False, "편관격", "수", "천리명고, 평단: 계수가 있어 종살이 아님"),
    Case("甲寅 丁卯 戊寅 甲寅", False, "정관격", "화", "천리명고, 평단"),
    # Where no seal shows, output holds the officer off (식신제살).
    Case("庚申 甲申 甲戌 丙寅", False, "편관격", "화", "천리명고, 육신: 식신제살"),
    # Where the season asks for that output as well, it goes before the seal: metal in summer, wood in winter.
    Case("壬申 丙午 庚午 庚辰", None, "", "수", "적천수천미: 여름의 금이 임수로 화를 막음"),
    Case("辛亥 辛丑 甲午 癸酉", None, "", "화", "천리명고, 평단: 겨울의 나무가 화로 금을 막음"),
    # Stems of year and month that unite serve nobody else: here the officer 戊, bound to 癸.
    Case("戊子 癸亥 壬戌 甲辰", True, "", "목", "적천수천미: 무계가 합해 갑목으로 흘려보냄"),
    # Of the ways to restrain a strong day stem, the season chooses.
    Case("癸巳 甲寅 丙戌 庚寅", True, "", "수", "적천수천미: 봄의 병화, 궁통보감도 임수"),
    # Wood in the cold turns to the sun.
    Case("甲申 丙子 乙酉 丙戌", False, "편인격", "화", "적천수천미, 반국: 한목향양"),
]


def judged(case: Case) -> dict[str, dict[str, str]]:
    pillars = dict(zip(("year", "month", "day", "hour"), case.chart.split(), strict=True))
    found = json.loads(answer(json.dumps({"pillars": pillars, "gender": "male"}).encode()))
    judgement: dict[str, dict[str, str]] = found["judgement"]
    return judgement


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.chart)
def test_a_published_judgement_is_the_one_that_is_made(case: Case) -> None:
    found = judged(case)
    if case.strong is not None:
        assert found["strength"]["level"] in (STRONG if case.strong else WEAK)
    if case.structures:
        assert found["structure"]["name"] in case.structures.split()
    if case.elements:
        assert found["useful"]["chosen"] in case.elements


def test_a_judgement_says_which_view_leads_and_why() -> None:
    found = judged(CASES[0])
    assert "부딪쳐요" in found["useful"]["reason"]
    assert found["useful"]["eokbu"] != found["useful"]["johu"]
