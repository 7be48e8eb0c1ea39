from __future__ import annotations

from hypothesis import given

from fortune.saju.cycle import BRANCHES
from fortune.saju.derive.facts import facts
from fortune.saju.derive.judgements.useful import role_of
from fortune.saju.glossary import ko
from fortune.saju.match import match as match_of
from fortune.saju.statements.match import FINDINGS, RUBRIC, match_statements

from .charts import any_chart, chart

SAMPLE = chart("庚午 辛巳 庚辰 壬午")


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
    there = {(c.kind, frozenset(c.cells)) for c in match_of(a, b).contacts}
    back = {
        (c.kind, frozenset(cell[0].translate(turn) + cell[1:] for cell in c.cells))
        for c in match_of(b, a).contacts
    }
    assert there == back
    assert match_of(a, b).score == match_of(b, a).score


@given(any_chart, any_chart)
def test_a_score_is_the_sum_of_its_printed_rubric(one, two):
    match = match_of(facts(one), facts(two))
    assert sum(line.out_of for line in match.rubric) == 100
    assert all(0 <= line.points <= line.out_of for line in match.rubric)
    assert match.score == sum(line.points for line in match.rubric)
    rows = {row.id: row for row in match_statements(match)}
    for line in match.rubric:
        assert line.key in RUBRIC
        assert line.finding in FINDINGS
        assert f"{line.out_of}점 가운데 {line.points}점" in rows[f"rubric.{line.key}"].text_ko


def test_contacts_of_two_known_charts():
    match = match_of(facts(SAMPLE), facts(chart("辛未 丙申 乙酉")))
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
    match = match_of(facts(chart("甲申 丙子 甲寅 庚午")), facts(chart("甲戌 戊辰 丙寅 丁丑")))
    triads = {(c.kind, c.signs, c.element): set(c.cells) for c in match.contacts if len(c.cells) == 3}
    assert triads["samhap", "申子辰", 4] == {"a.year.branch", "a.month.branch", "b.month.branch"}
    assert ("samhap", "寅午戌", 1) in triads
    texts = {row.id: row.text_ko for row in match_statements(match, name_a="하나", name_b="두리")}
    text = texts["contact.samhap.a-year_a-month_b-month"]
    assert text.startswith("하나의 년지·월지와 두리의 월지가 모여 신자진 삼합(申子辰)을 이뤄요.")


@given(any_chart, any_chart)
def test_a_triad_between_two_charts_takes_from_both_and_is_in_neither(one, two):
    match = match_of(facts(one), facts(two))
    rows = match_statements(match)
    assert len({row.id for row in rows}) == len(rows)
    for contact in match.contacts:
        if len(contact.cells) == 3:
            assert {cell[0] for cell in contact.cells} == {"a", "b"}
            for chart_ in (one, two):
                assert not set(contact.signs) <= {BRANCHES[p.branch] for _, p in chart_.named()}


def test_gifts_are_elements_one_has_and_the_other_lacks_or_can_use():
    a, b = facts(chart("甲寅 丙寅 甲寅 丙寅")), facts(chart("庚申 戊申 庚申 庚辰"))
    match = match_of(a, b)
    wood = next(gift for gift in match.gifts if gift.giver == "a" and gift.element == 0)
    assert wood.label == "lacking" or wood.role in ("yongsin", "huisin")
    assert all(gift.share >= 20 for gift in match.gifts)
