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
    # Strong for 임철초; 47 % here, in the middle: its season and seat stand against five signs of water and earth.
    Case("癸丑 戊午 丙午 壬辰", None, "양인격", "", "적천수천미: 무계합이불화"),
    # The same book's charts that follow.
    Case("辛巳 辛丑 乙酉 乙酉", False, "종살격", "", "적천수천미: 종살사진"),
    Case("丙寅 庚寅 壬午 乙巳", False, "종재격", "", "적천수천미: 종재격진"),
    Case("丁巳 癸卯 癸卯 丙辰", False, "종아격", "", "적천수천미, 순국"),
    Case("己未 丁丑 丙戌 戊戌", False, "종아격", "", "적천수천미, 순국"),
    Case("庚子 庚辰 戊申 辛酉", False, "종아격", "", "적천수천미, 순국"),
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
