"""Each star against the rule it is taken from, stated here a second time and differently."""

from __future__ import annotations

import random

import pytest
from hypothesis import given

from fortune.saju.cycle import BRANCHES, STEMS, Pillar, Pillars
from fortune.saju.derive import star_tables as tables
from fortune.saju.derive.basics import MAIN_STEM, sinsal12, stage, ten_god
from fortune.saju.derive.relations import BRANCH_KINDS, STEM_KINDS
from fortune.saju.derive.stars import samjae_years, stars_by_place
from fortune.saju.schools import CHOICES, Schools

from .charts import STARS, any_chart, chart


def places(pillars: Pillars, key: str, schools: Schools | None = None) -> str:
    rows = stars_by_place(pillars, schools or Schools())
    return " ".join(star.place for row in rows for star in row if star.key == key)


def row(key: str) -> list[str]:
    return tables.BY_DAY_STEM[key].split()


def established(stem: int) -> int:
    return next(b for b in range(12) if stage(stem, b) == "geonrok")


def partner(kind: str, branch: int) -> int:
    return next(b for a, b in BRANCH_KINDS[kind] if a == branch)


@pytest.mark.parametrize("stem", range(10))
def test_stars_that_follow_from_establishment(stem):
    own = established(stem)
    assert row("geonrok")[stem] == BRANCHES[own]
    assert row("geumyeo")[stem] == BRANCHES[(own + 2) % 12]
    assert row("amrok")[stem] == BRANCHES[partner("yukhap", own)]
    assert set(tables.HYEOPROK.split()[stem]) == {BRANCHES[own - 1], BRANCHES[(own + 1) % 12]}
    output = next(x for x in range(10) if ten_god(stem, x) == "siksin")
    assert row("cheonju")[stem] == BRANCHES[established(output)]


@pytest.mark.parametrize("stem", range(10))
def test_stars_that_follow_from_the_stages(stem):
    assert stage(stem, BRANCHES.index(row("hakdang")[stem])) == "jangsaeng"
    literary, artful = (BRANCHES.index(row(key)[stem]) for key in ("munchang", "mungok"))
    assert (literary - artful) % 12 == 6
    if stem % 2 == 0:
        assert stage(stem, BRANCHES.index(row("yangin")[stem])) == "jewang"
    else:
        assert row("yangin")[stem] == "-"
        assert stage(stem, BRANCHES.index(tables.YANGIN_YIN["peak"].split()[stem])) == "jewang"
        assert BRANCHES.index(tables.YANGIN_YIN["cap"].split()[stem]) == (established(stem) + 1) % 12


def test_the_hall_of_office_is_where_the_governing_element_is_born():
    for stem in range(10):
        governor = 2 * ((stem // 2 + 3) % 5)
        birth = next(b for b in range(12) if stage(governor, b, "water") == "jangsaeng")
        assert row("gwangwi_hakgwan")[stem] == BRANCHES[birth]


def test_virtues_and_their_mates_are_unions():
    for month in range(12):
        for star, mate in (("cheondeok", "cheondeokhap"), ("woldeok", "woldeokhap")):
            one, two = (tables.BY_MONTH[key].split()[month] for key in (star, mate))
            if one in STEMS:
                assert (STEMS.index(one), STEMS.index(two)) in STEM_KINDS["cheongan_hap"]
            else:
                assert (BRANCHES.index(one), BRANCHES.index(two)) in BRANCH_KINDS["yukhap"]


def test_monthly_virtue_is_the_yang_stem_of_the_months_triad():
    for triad, stem in (("申子辰", "壬"), ("寅午戌", "丙"), ("亥卯未", "甲"), ("巳酉丑", "庚")):
        for sign in triad:
            assert tables.BY_MONTH["woldeok"].split()[BRANCHES.index(sign)] == stem


def test_group_stars_are_the_twelve_spirits_of_the_same_name():
    for key, spirit in (("dohwa", "yeonsal"), ("yeokma", "yeokmasal"), ("hwagae", "hwagaesal")):
        for reference, sign in enumerate(tables.BY_GROUP[key].split()):
            assert sinsal12(reference, BRANCHES.index(sign)) == spirit


def test_stars_counted_from_the_year_branch():
    for year in range(12):
        assert tables.BY_YEAR_BRANCH["sangmun"].split()[year] == BRANCHES[(year + 2) % 12]
        assert tables.BY_YEAR_BRANCH["jogaek"].split()[year] == BRANCHES[year - 2]
    for season, before, after in (
        ("寅卯辰", "丑", "巳"),
        ("巳午未", "辰", "申"),
        ("申酉戌", "未", "亥"),
        ("亥子丑", "戌", "寅"),
    ):
        for sign in season:
            assert tables.BY_YEAR_BRANCH["gwasuk"].split()[BRANCHES.index(sign)] == before
            assert tables.BY_YEAR_BRANCH["gosin"].split()[BRANCHES.index(sign)] == after


def test_spirit_gate_and_resentment_are_the_relation_pairs():
    for key in ("gwimun", "wonjin"):
        for branch, sign in enumerate(tables.BY_DAY_BRANCH[key].split()):
            assert partner(key, branch) == BRANCHES.index(sign)


def test_the_healer_stands_on_the_branch_before_the_month():
    for month in range(12):
        assert tables.BY_MONTH["cheonui"].split()[month] == BRANCHES[month - 1]


def test_white_tigers_are_every_ninth_pillar_from_the_fifth():
    assert {Pillar(n).hanja for n in range(4, 60, 9)} == set(tables.BY_PILLAR["baekho"].split())


def test_owl_days_are_those_whose_branch_is_a_seal():
    seals = {
        Pillar(n).hanja for n in range(60) if ten_god(n % 10, MAIN_STEM[n % 12]) in ("pyeonin", "jeongin")
    }
    assert seals == set(tables.BY_DAY_PILLAR["hyosin"].split())


def test_the_noble_never_stands_on_dragon_or_dog():
    for listing in (row("cheoneul"), tables.CHEONEUL_TIGER.split()):
        assert not set("".join(listing)) & set("辰戌")
        assert all(len(signs) == 2 for signs in listing)


def test_years_of_care_are_the_season_before_the_clash_of_the_triad():
    for signs, years in (
        ("申子辰", "寅卯辰"),
        ("寅午戌", "申酉戌"),
        ("巳酉丑", "亥子丑"),
        ("亥卯未", "巳午未"),
    ):
        for sign in signs:
            assert "".join(BRANCHES[b] for b in samjae_years(BRANCHES.index(sign))) == years


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("庚午 辛巳 庚辰 壬午", "goegang", "day"),
        ("庚午 辛巳 庚辰 壬午", "cheonui", "day"),
        ("庚午 辛巳 庚辰 壬午", "jimang", "month day"),
        ("庚午 辛巳 庚辰 壬午", "hyeonchim", "year month hour"),
        ("庚午 辛巳 庚辰 壬午", "geokgak", "hour"),
        ("甲子 丙寅 甲子 丙寅", "yeokma", "month hour"),
        ("甲子 丁丑 甲寅 丁卯", "hyeoprok", "month hour"),
        ("甲子 丁丑 甲寅 丙寅", "hyeoprok", ""),
        ("甲子 丙子 甲子 甲戌", "cheonra", ""),
        ("乙亥 丙戌 甲子 甲子", "cheonra", "year month"),
        ("丁丑 壬寅 丁丑 丁丑", "eumchak", "day hour"),
        ("丙午 庚寅 丙午 壬辰", "yangcha", "day hour"),
        ("甲寅 丙寅 甲寅 丙寅", "goran", "day"),
        ("甲子 丙寅 戊午 甲寅", "tanghwa", "day"),
        ("癸未 乙丑 甲子 甲子", "hwangeun", ""),
        ("庚寅 己丑 乙未 癸未", "hwangeun", "day hour"),
        ("甲子 丙寅 乙亥 丙子", "geupgak", "day hour"),
    ],
)
def test_stars_stand_where_they_should(text, key, expected):
    assert places(chart(text), key) == expected


def test_schools_move_the_stars_they_are_asked_about():
    assert places(chart("丁丑 癸卯 庚寅 癸未"), "cheoneul") == "year hour"
    assert places(chart("丁丑 癸卯 庚寅 癸未"), "cheoneul", Schools(cheoneul="tiger")) == "day"
    assert places(chart("甲辰 丙寅 戊辰 壬戌"), "goegang") == "hour"
    assert places(chart("甲辰 丙寅 戊辰 壬戌"), "goegang", Schools(goegang="four")) == ""
    assert places(chart("甲辰 丙寅 戊辰 壬戌"), "goegang", Schools(goegang="six")) == "day hour"
    assert places(chart("戊辰 甲寅 乙卯 己卯"), "yangin_yin") == "year"
    assert places(chart("戊辰 甲寅 乙卯 己卯"), "yangin_yin", Schools(yangin_yin="peak")) == "month"
    assert places(chart("戊辰 甲寅 乙卯 己卯"), "yangin_yin", Schools(yangin_yin="none")) == ""


@given(any_chart)
def test_every_star_is_on_its_place_once_and_rests_on_cells_that_exist(pillars):
    known = {f"{place}.{part}" for place, _ in pillars.named() for part in ("stem", "branch")}
    for (place, _), stars in zip(pillars.named(), stars_by_place(pillars), strict=True):
        assert len({star.key for star in stars}) == len(stars)
        for star in stars:
            assert star.place == place
            assert star.cells[0].startswith(place)
            assert set(star.cells) <= known
            assert len(set(star.cells)) == len(star.cells)


def test_every_star_of_the_list_can_be_found():
    chance = random.Random(3)
    seen = set()
    for _ in range(6000):
        pillars = Pillars(*(Pillar(chance.randrange(60)) for _ in range(4)))
        seen |= {star.key for stars in stars_by_place(pillars) for star in stars}
    assert seen == set(STARS)


def test_a_school_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="sinsal_base"):
        Schools(sinsal_base="month")
    for name, allowed in CHOICES.items():
        assert getattr(Schools(), name) == allowed[0]
