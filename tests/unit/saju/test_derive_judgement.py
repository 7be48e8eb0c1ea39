"""Elements, strength, pattern, useful elements: judgement, so the tests pin the stated rules."""

from __future__ import annotations

import pytest
from hypothesis import given

from fortune.saju.cycle import ELEMENTS, STEMS_KO
from fortune.saju.derive.elements import elements
from fortune.saju.derive.facts import facts
from fortune.saju.derive.judgements.force import forces
from fortune.saju.derive.judgements.seasons import JOHU
from fortune.saju.derive.judgements.strength import EDGES, LEVELS
from fortune.saju.derive.judgements.useful import roles
from fortune.saju.schools import Schools
from tests.golden.saju.japyeong import agreement

from .charts import any_chart, chart


def test_counts_and_weights_of_a_known_chart_by_hand():
    e = elements(chart("庚午 辛巳 庚辰 壬午"))
    assert e.counts == (0, 3, 1, 3, 1)
    # Stems 庚辛庚 30 + 壬 10; 午 10: 丙丁 7, 己 3; 巳 30: 戊 7, 庚 7, 丙 16; 辰 15: 乙 4.5, 癸 1.5, 戊 9;
    # 午 15: 丙丁 10.5, 己 4.5. In points of 110:
    by_hand = (4.5, 7 + 16 + 10.5, 3 + 7 + 9 + 4.5, 30 + 7, 10 + 1.5)
    assert tuple(w / 30 for w in e.weights) == by_hand
    assert sum(by_hand) == 110
    assert (e.yang, e.yin) == (6, 2)
    assert e.labels == ("lacking", "developed", "fitting", "developed", "fitting")


def test_six_signs_are_counted_when_the_hour_is_unknown():
    e = elements(chart("庚午 辛巳 庚辰"))
    assert e.counted_over == sum(e.counts) == e.yang + e.yin == 6
    assert sum(e.god_counts) == 5
    assert sum(e.weights) == 85 * 30


@given(any_chart)
def test_shares_add_up_and_the_ten_gods_leave_out_the_day_stem(pillars):
    e = elements(pillars)
    assert sum(e.counts) == e.counted_over
    assert sum(e.god_counts) == e.counted_over - 1
    assert sum(e.shares) == pytest.approx(100, abs=0.3)
    assert sum(e.weighted) == pytest.approx(100, abs=0.3)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("甲寅 丙寅 丙午 戊戌", "developed"),
        ("甲寅 丙寅 甲午 戊戌", "excessive"),
        ("甲子 丙子 丙午 戊戌", "fitting"),
    ],
)
def test_labels_follow_the_number_of_signs(text, label):
    assert elements(chart(text)).labels[0] == label


@pytest.mark.parametrize(
    ("text", "level", "held"),
    [
        # Water in a water month among water and metal; nothing against it.
        ("壬子 壬子 壬子 庚子", "geukwang", (True, True, True, True)),
        # Wood in a metal month with nothing but metal and earth.
        ("庚戌 辛酉 乙丑 辛巳", "geukyak", (False, False, False, False)),
        ("庚午 辛巳 庚辰 壬午", "junghwa_sinyak", (False, True, False, True)),
    ],
)
def test_strength_of_plain_cases(text, level, held):
    force = facts(chart(text)).strength
    assert force.level == level
    assert tuple(test.held for test in force.tests) == held


def test_strength_does_not_guess_the_hour():
    force = facts(chart("庚午 辛巳 庚辰")).strength
    assert {test.key: test.held for test in force.tests}["deuksi"] is None
    assert all(cell != "hour.stem" for test in force.tests for cell in test.cells)


@given(any_chart)
def test_the_level_is_the_one_the_score_falls_in(pillars):
    force = facts(pillars).strength
    at = LEVELS.index(force.level)
    assert (0 if at == 0 else EDGES[at - 1]) <= force.score
    assert force.score < (101 if at == 7 else EDGES[at])


def test_patterns_agree_with_the_chapters_of_the_classic():
    # These are measurements, printed in docs/decisions/020-schools.md.
    assert agreement("revealed", by_sentence=False) == (67, 72)
    assert agreement("main", by_sentence=False) == (70, 72)


def test_patterns_agree_with_what_the_classic_says_of_each_chart():
    assert agreement("revealed", by_sentence=True) == (70, 72)
    assert agreement("main", by_sentence=True) == (67, 72)


@pytest.mark.parametrize(
    ("text", "key", "rule"),
    [
        ("乙未 甲申 丙申 庚寅", "pyeonjae_gyeok", "jeonggi_shows"),
        ("丙寅 丙申 己巳 壬申", "jeongjae_gyeok", "junggi_shows"),  # 己生申月, 透壬則化爲財
        ("甲申 壬申 乙巳 戊寅", "jeonggwan_gyeok", "jeonggi_returns"),  # 印逢財而退位
        ("甲申 乙亥 丙戌 庚寅", "pyeongwan_gyeok", "jeonggi_returns"),  # 煞又化印, 借財以清格
        (
            "甲寅 丙寅 乙卯 壬午",
            "sanggwan_gyeok",
            "junggi_shows",
        ),  # a month of companions has nothing to go back to
        ("甲申 戊申 甲子 甲子", "pyeongwan_gyeok", "jeonggi_unshown"),  # 申 sends up no 戊
        ("戊午 甲寅 癸亥 癸丑", "sanggwan_gyeok", "jeonggi_shows"),
        ("戊午 庚寅 癸亥 癸丑", "jeonggwan_gyeok", "yeogi_shows"),
        ("丁未 癸卯 癸亥 癸丑", "siksin_gyeok", "jeonggi_unshown"),
        ("庚戌 戊子 癸酉 癸亥", "geonrok_gyeok", "month_is_geonrok"),
        ("甲寅 庚午 戊申 甲寅", "yangin_gyeok", "month_is_yangin"),
        ("丁巳 庚戌 戊午 壬戌", "jeongin_gyeok", "junggi_shows"),
        ("甲子 甲戌 戊午 壬戌", "wolgeop_gyeok", "month_is_kin"),
    ],
)
def test_patterns_name_their_rule(text, key, rule):
    row = facts(chart(text)).structure
    assert (row.key, row.rule) == (key, rule)
    assert row.cells[0] == "month.branch"


@pytest.mark.parametrize(
    ("text", "key", "by_month"),
    [
        ("壬子 壬子 壬子 庚子", "jongwang_gyeok", "yangin_gyeok"),
        ("壬子 辛亥 癸丑 壬子", "yunha_gyeok", "wolgeop_gyeok"),
        ("庚戌 辛酉 乙丑 辛巳", "jongsal_gyeok", "pyeongwan_gyeok"),
        ("戊辰 壬戌 甲辰 己巳", "hwa_gyeok", "pyeonjae_gyeok"),
    ],
)
def test_a_chart_that_follows_one_force_is_named_so_with_the_pattern_by_its_month(text, key, by_month):
    row = facts(chart(text)).structure
    assert row.key == key
    assert [c.key for c in row.candidates] == [by_month]


@pytest.mark.parametrize(
    "text",
    [
        "壬子 丙午 癸亥 戊午",  # a root of its own in 亥 and 子
        "甲寅 辛未 癸亥 戊午",
        "甲辰 戊辰 甲辰 己巳",  # another 甲, rooted in three 辰
    ],
)
def test_a_union_of_the_day_stem_that_is_held_back_transforms_nothing(text):
    row = facts(chart(text)).structure
    assert row.key != "hwa_gyeok"
    assert row.candidates == ()


def test_nothing_is_followed_while_the_hour_is_unknown():
    assert facts(chart("乙酉 乙酉 乙酉 甲申")).structure.key == "jongsal_gyeok"
    assert facts(chart("乙酉 乙酉 乙酉")).structure.key == "pyeongwan_gyeok"


def test_the_day_stem_is_no_companion_of_its_own():
    assert forces(chart("甲子 丙子 甲子 丙子")).shown == (1, 2, 0, 0, 0)
    # Wood: nothing in the branches, nothing among the stems but the day's own. Water: a sixth of 丑 feeds it.
    held = forces(chart("庚戌 辛酉 乙丑 辛巳"))
    assert held.points[0] == 0
    assert facts(chart("庚戌 辛酉 乙丑 辛巳")).strength.score == round(100 * held.points[4] / held.total, 1)


def test_a_whole_seasonal_union_turns_the_month_that_belongs_to_it():
    # 辰 is the day stem's own month, but 寅卯辰 makes wood of it.
    force = facts(chart("癸卯 丙辰 戊申 甲寅")).strength
    assert force.level in ("geukyak", "taeyak")


@pytest.mark.parametrize(
    ("text", "element", "rule"),
    [
        ("壬子 壬子 壬子 庚子", "木", "strong_flows_out"),
        ("庚申 甲申 甲戌 丙寅", "火", "weak_resists"),
        ("壬申 丙午 庚午 庚辰", "水", "weak_resists_in_season"),  # no seal shows
        ("庚午 己巳 庚辰 壬午", "水", "weak_resists_in_season"),  # one does
        ("丙午 甲午 辛卯 壬辰", "土", "weak_by_officer"),  # too weak to spare it
        ("庚午 戊寅 庚午 丙戌", "土", "weak_by_officer"),  # the season asks for no water
        ("戊子 甲寅 戊午 甲寅", "火", "weak_by_officer"),
        ("己卯 乙亥 壬子 丙戌", "木", "strong_flows_out"),
        ("庚申 庚辰 庚午 丁亥", "火", "strong_by_self"),
        ("庚申 庚辰 庚申 丁亥", "水", "strong_flows_out"),
        ("戊戌 己未 庚辰 戊寅", "木", "strong_by_seal"),
        ("癸卯 甲寅 丁卯 甲辰", "火", "strong_by_mother"),
        ("丙午 戊戌 丙午 戊戌", "土", "two_forces"),
        ("庚戌 辛酉 乙丑 辛巳", "水", "weak_by_officer"),
        ("丙午 甲午 甲午 丙寅", "木", "weak_without_seal"),
        ("丙午 壬辰 甲午 丙寅", "水", "weak_by_output"),
        ("戊辰 己未 甲戌 戊辰", "木", "weak_by_wealth"),
    ],
)
def test_balancing_by_strength_names_element_and_rule(text, element, rule):
    choice = facts(chart(text)).useful.eokbu
    assert (ELEMENTS[choice.element], choice.rule) == (element, rule)


def test_balancing_by_season_covers_all_hundred_and_twenty_cells_and_warms_winter():
    assert len(JOHU) == 10
    assert all(len(row) == 12 and all(row) for row in JOHU)
    # The first stems for 寅 … 丑 as a 조후용신표 in Korean circulation has them, an independent copy.
    first = {
        "갑": "병경경계계계경경경경정정",
        "을": "병병계계계계병계계병병병",
        "병": "임임임임임임임임갑갑임임",
        "정": "갑경갑갑임갑갑갑갑갑갑갑",
        "무": "병병갑갑임계병병갑갑병병",
        "기": "병갑병계계계병병갑병병병",
        "경": "무정갑임임정정정갑정정병",
        "신": "기임임임임임임임임임병병",
        "임": "경무갑임계신무갑갑무무병",
        "계": "신경병신경경정신신경병병",
    }
    for day, row in enumerate(first.values()):
        for at, sign in enumerate(row):
            assert STEMS_KO[JOHU[day][(at + 2) % 12][0]] == sign
    for day in (0, 1, 4, 5, 6, 7, 8, 9):  # all but fire itself want fire in the coldest months
        for month in (0, 1):
            assert 1 in {stem // 2 for stem in JOHU[day][month]}


def test_mediation_is_named_only_between_two_heavy_opposed_elements():
    row = facts(chart("壬子 丙午 丙子 丁巳")).useful
    assert row.tonggwan is not None
    assert ELEMENTS[row.tonggwan.element] == "木"
    assert facts(chart("甲寅 丙寅 甲寅 丙寅")).useful.tonggwan is None


def test_roles_are_five_elements_each_once_and_in_their_relation():
    for element in range(5):
        useful, helper, foe, abettor, idle = roles(element)
        assert {useful, helper, foe, abettor, idle} == set(range(5))
        assert (helper + 1) % 5 == useful
        assert (foe + 2) % 5 == useful
        assert (abettor + 1) % 5 == foe
        assert (useful + 1) % 5 == idle


def test_the_school_decides_which_useful_element_leads():
    pillars = chart("甲午 庚午 庚寅 壬午")
    assert facts(pillars).useful.primary == "eokbu"
    by_season = facts(pillars, Schools(useful="johu")).useful
    assert by_season.primary == "johu"
    assert by_season.roles[0] == by_season.johu.element


def test_the_season_leads_where_strength_is_near_the_middle():
    useful = facts(chart("丁未 壬子 庚戌 丙戌")).useful
    assert (useful.primary, useful.verdict, ELEMENTS[useful.chosen.element]) == (
        "johu",
        "season_in_middle",
        "火",
    )


@pytest.mark.parametrize(
    ("text", "verdict", "element"),
    [
        ("癸巳 甲寅 丙戌 庚寅", "season_chooses", "水"),  # 癸 shows, fed by 庚
        ("己巳 丙寅 丙戌 庚寅", "strength_against_season", "土"),  # no water shows
        ("丁酉 甲辰 戊戌 戊午", "strength_against_season", "金"),  # 甲 stands, yet past 70 it is let flow
        ("甲戌 辛未 庚申 丁丑", "strength_beside_season", "木"),  # 丁 in summer forges 庚, it warms nothing
    ],
)
def test_the_season_chooses_among_what_restrains_a_strong_chart(text, verdict, element):
    useful = facts(chart(text)).useful
    assert (useful.verdict, ELEMENTS[useful.chosen.element]) == (verdict, element)


def test_stems_of_year_and_month_that_unite_serve_nobody_else():
    bound = forces(chart("戊子 癸亥 壬戌 甲辰"))
    assert (bound.shown, bound.free) == ((1, 0, 1, 0, 1), (1, 0, 0, 0, 0))
    apart = forces(chart("戊子 乙亥 壬戌 癸卯"))  # 戊 and 癸 do not stand side by side
    assert apart.free == apart.shown
    with_the_day = forces(chart("甲子 丁亥 壬戌 甲辰"))  # the day stem's own union takes nothing away
    assert with_the_day.free == with_the_day.shown


def test_every_method_has_the_roles_that_follow_from_it():
    found = facts(chart("壬子 丙午 丙子 丁巳"))
    row = found.useful
    assert row.tonggwan is not None
    for choice in (row.eokbu, row.johu, row.tonggwan):
        assert choice.roles == roles(choice.element)
        shown = found.to_json()["useful"][choice.method]
        assert shown["roles"][0] == shown["element"]
    assert row.roles == row.eokbu.roles


@given(any_chart)
def test_the_shares_of_the_five_forces_are_per_cent_of_all(pillars):
    held = forces(pillars)
    assert sum(held.share(element) for element in range(5)) == pytest.approx(100)
