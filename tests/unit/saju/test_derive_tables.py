"""The one- and two-sign tables, cell for cell, against independent statements of them."""

from __future__ import annotations

import pytest

from fortune.saju.cycle import BRANCHES, STEMS, Pillar
from fortune.saju.derive.basics import (
    NAYIN,
    SINSAL12,
    STAGES,
    TEN_GODS,
    branch_god,
    nayin,
    sinsal12,
    stage,
    ten_god,
    void,
)
from fortune.saju.derive.hidden_stems import commander, hidden_stems, parts
from fortune.saju.glossary import ko

GENERATES = {"목": "화", "화": "토", "토": "금", "금": "수", "수": "목"}
GOVERNS = {"목": "토", "토": "수", "수": "화", "화": "금", "금": "목"}
STEM_IS = dict(zip(STEMS, "목목화화토토금금수수", strict=True))

# 지장간 as written in Korean handbooks (월률분야), an independent copy.
HANDBOOK = {
    "子": "壬癸", "丑": "癸辛己", "寅": "戊丙甲", "卯": "甲乙", "辰": "乙癸戊", "巳": "戊庚丙",
    "午": "丙己丁", "未": "丁乙己", "申": "戊壬庚", "酉": "庚辛", "戌": "辛丁戊", "亥": "戊甲壬",
}  # fmt: skip
# 12운성: where each stem is born, and in which direction it runs (양순음역, 화토동궁).
BORN = dict(zip(STEMS, "亥午寅酉寅酉巳子申卯", strict=True))


def god_by_words(day: str, other: str) -> str:
    """십성 from the definitions in words: who feeds, who governs, same or other polarity."""
    me, it = STEM_IS[day], STEM_IS[other]
    same = STEMS.index(day) % 2 == STEMS.index(other) % 2
    if me == it:
        return "비견" if same else "겁재"
    if GENERATES[me] == it:
        return "식신" if same else "상관"
    if GOVERNS[me] == it:
        return "편재" if same else "정재"
    if GOVERNS[it] == me:
        return "편관" if same else "정관"
    assert GENERATES[it] == me
    return "편인" if same else "정인"


def test_all_hundred_ten_gods_follow_their_definitions():
    for day in STEMS:
        for other in STEMS:
            assert ko(ten_god(STEMS.index(day), STEMS.index(other))) == god_by_words(day, other)


def test_all_hundred_and_twenty_branch_gods_are_those_of_the_main_hidden_stem():
    for day in STEMS:
        for at, branch in enumerate(BRANCHES):
            assert ko(branch_god(STEMS.index(day), at)) == god_by_words(day, HANDBOOK[branch][-1])


def test_hidden_stems_are_the_korean_monthly_division_and_fill_thirty_days():
    for at, branch in enumerate(BRANCHES):
        row = parts(at)
        assert "".join(STEMS[stem] for stem, _ in row) == HANDBOOK[branch]
        for days in ("even", "uneven"):
            assert sum(count for _, count in parts(at, "monthly", days)) == 30


def test_day_counts_are_those_commonly_taught():
    for signs, counts in (
        ("寅巳申亥", [7, 7, 16]),
        ("辰戌丑未", [9, 3, 18]),
        ("子卯酉", [10, 20]),
        ("午", [10, 9, 11]),
    ):
        for sign in signs:
            assert [count for _, count in parts(BRANCHES.index(sign))] == counts


def test_the_short_list_keeps_the_main_stem_and_drops_carried_over_ones():
    plain = {BRANCHES[at]: "".join(sorted(STEMS[s] for s, _ in parts(at, "plain"))) for at in range(12)}
    expected = (
        "癸",
        "己癸辛",
        "甲丙戊",
        "乙",
        "戊乙癸",
        "丙庚戊",
        "丁己",
        "己丁乙",
        "庚壬戊",
        "辛",
        "戊辛丁",
        "壬甲",
    )
    assert plain == {b: "".join(sorted(row)) for b, row in zip(BRANCHES, expected, strict=True)}


@pytest.mark.parametrize(
    ("days", "sign"),
    [(0.0, "戊"), (6.99, "戊"), (7.0, "丙"), (13.99, "丙"), (14.0, "甲"), (29.9, "甲"), (31.4, "甲")],
)
def test_the_stem_in_command_of_a_tiger_month_changes_after_seven_and_fourteen_days(days, sign):
    assert STEMS[commander(0, 2, days).stem] == sign


def test_hidden_stems_carry_their_role_and_ten_god():
    row = hidden_stems(STEMS.index("庚"), BRANCHES.index("午"))
    assert [(ko(h.role), STEMS[h.stem], h.days, ko(h.god)) for h in row] == [
        ("여기", "丙", 10, "편관"), ("중기", "己", 9, "정인"), ("정기", "丁", 11, "정관"),
    ]  # fmt: skip


def test_all_hundred_and_twenty_stages_walk_from_birth_forwards_for_yang_and_backwards_for_yin():
    for at, stem in enumerate(STEMS):
        branch = BRANCHES.index(BORN[stem])
        for name in STAGES:
            assert stage(at, branch) == name, (stem, BRANCHES[branch])
            branch = (branch + (1 if at % 2 == 0 else -1)) % 12


def test_earth_may_share_its_stages_with_water():
    for branch in range(12):
        assert stage(4, branch, "water") == stage(8, branch)
        assert stage(5, branch, "water") == stage(9, branch)
        assert stage(0, branch, "water") == stage(0, branch)


def test_yin_stems_may_run_with_their_yang_stem():
    for stem in range(10):
        for branch in range(12):
            assert stage(stem, branch, "fire", "together") == stage(stem - stem % 2, branch)


def test_all_hundred_and_forty_four_twelve_spirits_start_from_the_branch_after_the_triad():
    triads = {"申子辰": "巳", "巳酉丑": "寅", "寅午戌": "亥", "亥卯未": "申"}
    for triad, first in triads.items():
        for reference in triad:
            start = BRANCHES.index(first)
            row = [sinsal12(BRANCHES.index(reference), (start + step) % 12) for step in range(12)]
            assert tuple(row) == SINSAL12


def test_the_three_famous_spirits_fall_where_everyone_puts_them():
    for triad, post_horse, bloom, canopy in (
        ("申子辰", "寅", "酉", "辰"), ("寅午戌", "申", "卯", "戌"),
        ("巳酉丑", "亥", "午", "丑"), ("亥卯未", "巳", "子", "未"),
    ):  # fmt: skip
        for sign in triad:
            reference = BRANCHES.index(sign)
            assert sinsal12(reference, BRANCHES.index(post_horse)) == "yeokmasal"
            assert sinsal12(reference, BRANCHES.index(bloom)) == "yeonsal"
            assert sinsal12(reference, BRANCHES.index(canopy)) == "hwagaesal"


def test_the_void_of_all_sixty_pillars_is_the_pair_their_decade_lacks():
    for index in range(60):
        first = index - index % 10
        present = {(first + step) % 12 for step in range(10)}
        assert set(void(index)) == set(range(12)) - present


def test_nayin_names_the_pairs_in_order_and_ends_in_its_element():
    assert [ko(nayin(Pillar(n))) for n in (0, 1, 2, 58, 59)] == [
        "해중금",
        "해중금",
        "노중화",
        "대해수",
        "대해수",
    ]
    elements = "".join(ko(key)[-1] for key in NAYIN)
    # The element of each pair by the old numbers: stem pair 1–5 + branch pair 1–3, less 5 if above it.
    by_number = ""
    for pair in range(30):
        stem, branch = (2 * pair) % 10, (2 * pair) % 12
        number = (stem // 2 + 1) + (branch % 6) // 2 + 1
        by_number += "목금수화토"[(number - 1) % 5]
    assert elements == by_number
    assert len(TEN_GODS) == 10
