from __future__ import annotations

import json

import pytest
from hypothesis import given

from fortune.saju.cycle import BRANCHES
from fortune.saju.derive.basics import sinsal12
from fortune.saju.derive.facts import facts
from fortune.saju.derive.guests import relations_between, role_of
from fortune.saju.glossary import ko
from fortune.saju.luck_evidence import luck_statements
from fortune.saju.match import of_facts
from fortune.saju.schools import Schools
from fortune.saju.statements.match import FINDINGS, RUBRIC, match_statements

from .charts import any_chart, any_pillar, chart, of

SAMPLE = chart("庚午 辛巳 庚辰 壬午")


def test_a_year_of_luck_beside_a_known_chart():
    guest = relations_between(SAMPLE, of("丙午"))
    assert (ko(guest.stem_god), ko(guest.branch_god), ko(guest.stage)) == ("편관", "정관", "목욕")
    assert ko(guest.sinsal) == "장성살"
    assert guest.void == ()
    assert {(r.kind, r.places[0]) for r in guest.relations} >= {
        ("cheongan_hap", "month"), ("cheongan_chung", "hour"), ("jahyeong", "year"), ("jahyeong", "hour"),
    }  # fmt: skip


def test_a_guest_completes_a_triad():
    guest = relations_between(chart("甲申 丙子 庚寅"), of("甲辰"))
    assert ("samhap", ("year", "month", "luck")) in {(r.kind, r.places) for r in guest.relations}


def test_a_guest_in_the_void_of_day_or_year_says_so():
    assert relations_between(chart("甲戌 丙寅 甲子"), of("甲戌")).void == ("day",)
    assert relations_between(chart("甲戌 丙寅 甲子"), of("甲申")).void == ("year",)


@pytest.mark.parametrize(
    ("year", "step"),
    [("庚申", "deul_samjae"), ("辛酉", "nul_samjae"), ("壬戌", "nal_samjae"), ("癸亥", None)],
)
def test_the_three_years_of_care_of_a_horse_year(year, step):
    assert relations_between(SAMPLE, of(year)).samjae == step


@given(any_chart, any_pillar)
def test_a_guest_follows_the_school(pillars, pillar):
    by_day = relations_between(pillars, pillar, Schools(sinsal_base="day"))
    assert by_day.sinsal == sinsal12(pillars.day.branch, pillar.branch)
    whole = by_day.to_json()
    assert json.loads(json.dumps(whole)) == whole


@given(any_chart, any_pillar)
def test_statements_of_luck_name_the_span_and_have_unique_ids(pillars, pillar):
    rows = luck_statements(
        facts(pillars), relations_between(pillars, pillar), key="year.2027", name_ko="2027년", name_en="2027"
    )
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert row.id.startswith("year.2027.")
        assert "{" not in row.text_ko + row.text_en
        assert "운의" not in row.text_ko


def test_every_element_plays_one_role():
    useful = facts(SAMPLE).useful
    assert [role_of(useful, element) for element in useful.roles] == [
        "yongsin",
        "huisin",
        "gisin",
        "gusin",
        "hansin",
    ]


@given(any_chart, any_chart)
def test_contacts_are_the_same_seen_from_the_other_side(one, two):
    a, b = facts(one), facts(two)
    turn = str.maketrans("ab", "ba")
    there = {(c.kind, frozenset(c.cells)) for c in of_facts(a, b).contacts}
    back = {
        (c.kind, frozenset(cell[0].translate(turn) + cell[1:] for cell in c.cells))
        for c in of_facts(b, a).contacts
    }
    assert there == back
    assert of_facts(a, b).score == of_facts(b, a).score


@given(any_chart, any_chart)
def test_a_score_is_the_sum_of_its_printed_rubric(one, two):
    match = of_facts(facts(one), facts(two))
    assert sum(line.out_of for line in match.rubric) == 100
    assert all(0 <= line.points <= line.out_of for line in match.rubric)
    assert match.score == sum(line.points for line in match.rubric)
    rows = {row.id: row for row in match_statements(match)}
    for line in match.rubric:
        assert line.key in RUBRIC
        assert line.finding in FINDINGS
        assert f"{line.out_of}점 가운데 {line.points}점" in rows[f"rubric.{line.key}"].text_ko
    assert json.loads(json.dumps(match.to_json())) == match.to_json()


def test_contacts_of_two_known_charts():
    match = of_facts(facts(SAMPLE), facts(chart("辛未 丙申 乙酉")))
    found = {(c.kind, *c.cells) for c in match.contacts}
    assert ("cheongan_hap", "a.day.stem", "b.day.stem") in found
    assert ("yukhap", "a.day.branch", "b.day.branch") in found
    assert ("yukhap", "a.year.branch", "b.year.branch") in found
    assert not any("b.hour" in cell for c in match.contacts for cell in c.cells)
    assert (ko(match.seen_by_a), ko(match.seen_by_b)) == ("정재", "정관")
    texts = " ".join(row.text_ko for row in match_statements(match, name_a="하나", name_b="두리"))
    assert "하나의 일간과 두리의 일간" in texts


def test_a_triad_that_neither_chart_has_alone_is_a_contact():
    # 申 and 子 here, 辰 there; 寅 on both sides, 午 here, 戌 there.
    match = of_facts(facts(chart("甲申 丙子 甲寅 庚午")), facts(chart("甲戌 戊辰 丙寅 丁丑")))
    triads = {(c.kind, c.signs, c.element): set(c.cells) for c in match.contacts if len(c.cells) == 3}
    assert triads["samhap", "申子辰", 4] == {"a.year.branch", "a.month.branch", "b.month.branch"}
    assert ("samhap", "寅午戌", 1) in triads
    assert not any(c.same_place for c in match.contacts if len(c.cells) == 3)
    texts = {row.id: row.text_ko for row in match_statements(match, name_a="하나", name_b="두리")}
    text = texts["contact.samhap.a-year_a-month_b-month"]
    assert text.startswith("하나의 년지·월지와 두리의 월지가 모여 신자진(申子辰) 삼합(三合)을 이뤄요.")


@given(any_chart, any_chart)
def test_a_triad_between_two_charts_takes_from_both_and_is_in_neither(one, two):
    match = of_facts(facts(one), facts(two))
    rows = match_statements(match)
    assert len({row.id for row in rows}) == len(rows)
    for contact in match.contacts:
        if len(contact.cells) == 3:
            assert {cell[0] for cell in contact.cells} == {"a", "b"}
            for chart_ in (one, two):
                assert not set(contact.signs) <= {BRANCHES[p.branch] for _, p in chart_.named()}


def test_gifts_are_elements_one_has_and_the_other_lacks_or_can_use():
    a, b = facts(chart("甲寅 丙寅 甲寅 丙寅")), facts(chart("庚申 戊申 庚申 庚辰"))
    match = of_facts(a, b)
    wood = next(gift for gift in match.gifts if gift.giver == "a" and gift.element == 0)
    assert wood.label == "lacking" or wood.role in ("yongsin", "huisin")
    assert all(gift.share >= 20 for gift in match.gifts)
