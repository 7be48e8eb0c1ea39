from __future__ import annotations

from hypothesis import given

from fortune.saju.cycle import BRANCHES, ELEMENTS, Pillars
from fortune.saju.derive.basics import MAIN_STEM
from fortune.saju.derive.relations import (
    BRANCH_KINDS,
    KINDS,
    STEM_KINDS,
    TRIADS,
    relations,
    relations_with,
)

from .charts import any_chart, any_pillar, chart


def kinds(pillars: Pillars) -> set[tuple[str, str]]:
    return {(row.kind, "-".join(row.places)) for row in relations(pillars)}


def test_stem_unions_join_the_sixth_stem_and_clashes_the_seventh_but_never_earth():
    for a in range(10):
        for b in range(10):
            assert ((a, b) in STEM_KINDS["cheongan_hap"]) == (abs(a - b) == 5)
            assert ((a, b) in STEM_KINDS["cheongan_chung"]) == (abs(a - b) == 6 and 2 not in (a // 2, b // 2))


def test_stem_unions_turn_to_the_element_of_the_third_month_they_open():
    # 오호둔: a 甲 or 己 year's 辰 month is 戊辰, earth; and so on (the old rule 逢龍而化).
    for (a, b), element in STEM_KINDS["cheongan_hap"].items():
        dragon_stem = (2 * (min(a, b) % 5) + 4) % 10
        assert element == dragon_stem // 2


def test_branch_clashes_are_six_apart_and_six_unions_mirror_one_another():
    for a in range(12):
        for b in range(12):
            assert ((a, b) in BRANCH_KINDS["chung"]) == ((a - b) % 12 == 6)
            assert ((a, b) in BRANCH_KINDS["yukhap"]) == ((a + b) % 12 == 1)


def test_harm_is_the_branch_that_clashes_with_ones_union():
    for a in range(12):
        union = (1 - a) % 12
        assert (a, (union + 6) % 12) in BRANCH_KINDS["hae"]
    assert len(BRANCH_KINDS["hae"]) == 12


def test_breaks_are_three_apart_back_for_yang_and_forward_for_yin():
    for a in range(12):
        partner = (a - 3) % 12 if a % 2 == 0 else (a + 3) % 12
        assert (a, partner) in BRANCH_KINDS["pa"]
    assert len(BRANCH_KINDS["pa"]) == 12


def test_triads_are_four_apart_or_neighbours_and_carry_their_middle_signs_element():
    for signs, element in TRIADS["samhap"]:
        first, middle, last = (BRANCHES.index(sign) for sign in signs)
        assert (middle - first) % 12 == (last - middle) % 12 == 4
        assert ELEMENTS[element] == {"子": "水", "午": "火", "卯": "木", "酉": "金"}[BRANCHES[middle]]
    for signs, _ in TRIADS["banghap"]:
        first, middle, last = (BRANCHES.index(sign) for sign in signs)
        assert (middle - first) % 12 == (last - middle) % 12 == 1


def test_every_two_of_a_three_union_or_friction_is_its_half():
    for whole, half in (("samhap", "banhap"), ("samhyeong", "hyeong")):
        pairs = {
            (BRANCHES.index(x), BRANCHES.index(y))
            for signs, _ in TRIADS[whole]
            for x in signs
            for y in signs
            if x != y
        }
        assert set(BRANCH_KINDS[half]) == pairs


def test_a_whole_triad_replaces_its_halves_but_not_other_pairs():
    found = kinds(chart("甲申 甲子 甲辰 甲子"))
    assert ("samhap", "year-month-day") in found
    assert ("samhap", "year-day-hour") in found
    assert not any(kind == "banhap" for kind, _ in found)
    assert ("yukhap", "month-day") not in found


def test_a_half_friction_beside_a_whole_one_of_other_signs_stays():
    found = kinds(chart("丙寅 癸巳 甲申 乙丑"))
    assert ("samhyeong", "year-month-day") in found
    assert not any(kind == "hyeong" for kind, _ in found)


def test_neighbouring_pillars_are_adjacent_and_others_are_not():
    rows = {row.places: row for row in relations(chart("甲子 甲午 甲子 甲午")) if row.kind == "chung"}
    assert rows["year", "month"].adjacent
    assert not rows["year", "hour"].adjacent


def test_a_union_is_in_season_when_the_month_is_of_its_element_or_feeds_it():
    def earth_union(month: str) -> bool:
        rows = relations(chart(f"甲子 {month} 己丑 甲子"))
        return next(row for row in rows if row.kind == "cheongan_hap" and row.signs == "甲己").in_season

    assert earth_union("庚辰")
    assert earth_union("庚午")
    assert not earth_union("庚寅")


def test_without_an_hour_no_relation_names_it():
    rows = relations(chart("庚午 辛巳 庚辰"))
    assert all("hour" not in row.places for row in rows)


@given(any_chart)
def test_relations_do_not_depend_on_the_order_in_which_pillars_are_read(pillars):
    if pillars.hour is None:
        return
    turned = Pillars(pillars.hour, pillars.day, pillars.month, pillars.year)
    swap = {"year": "hour", "month": "day", "day": "month", "hour": "year"}
    there = {(r.kind, frozenset(r.places), r.element) for r in relations(pillars)}
    back = {(r.kind, frozenset(swap[p] for p in r.places), r.element) for r in relations(turned)}
    assert there == back


@given(any_chart)
def test_ids_are_unique_and_cells_belong_to_the_places(pillars):
    rows = relations(pillars)
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert row.kind in KINDS
        assert [cell.split(".")[0] for cell in row.cells] == list(row.places)


@given(any_chart, any_pillar)
def test_a_guest_pillar_brings_the_pairs_it_would_have_as_a_pillar_of_the_chart(pillars, guest):
    if pillars.hour is not None:
        return
    whole = Pillars(pillars.year, pillars.month, pillars.day, guest)
    inside = {(r.kind, r.places) for r in relations(whole) if "hour" in r.places}
    visiting = {
        (r.kind, tuple("hour" if p == "luck" else p for p in r.places))
        for r in relations_with(pillars, guest)
    }
    assert inside == visiting


def test_hidden_unions_are_the_stem_unions_of_two_main_stems_that_are_no_half_union():
    expected = {
        (a, b)
        for a, one in enumerate(MAIN_STEM)
        for b, two in enumerate(MAIN_STEM)
        if (one, two) in STEM_KINDS["cheongan_hap"] and (a, b) not in BRANCH_KINDS["banhap"]
    }
    assert set(BRANCH_KINDS["amhap"]) == expected
