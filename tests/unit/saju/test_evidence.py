"""Facts as a whole, the statements made of them, and the glossary behind both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from hypothesis import given

from fortune.saju import glossary
from fortune.saju.birth import CLOCKS, DAY_CHANGES
from fortune.saju.derive import basics, elements, hidden_stems, relations
from fortune.saju.derive.facts import facts
from fortune.saju.derive.judgements import exceptional, strength, structure, useful
from fortune.saju.korean import josa
from fortune.saju.schools import CHOICES, Schools
from fortune.saju.statements import reasons
from fortune.saju.statements.chart import statements

from .charts import STARS, any_chart, chart

SAMPLE = "庚午 辛巳 庚辰 壬午"


def by_id(text: str = SAMPLE, **given_facts: float) -> dict[str, object]:
    return {s.id: s for s in statements(facts(chart(text), **given_facts))}


def test_the_columns_of_a_known_chart():
    year, month, day, hour = facts(chart(SAMPLE)).columns
    assert [glossary.ko(c.stem_god) for c in (year, month, day, hour)] == ["비견", "겁재", "일간", "식신"]
    assert [glossary.ko(c.branch_god) for c in (year, month, day, hour)] == ["정관", "편관", "편인", "정관"]
    assert [glossary.ko(c.stage) for c in (year, month, day, hour)] == ["목욕", "장생", "양", "목욕"]
    assert [glossary.ko(c.own_stage) for c in (year, month, day, hour)] == ["목욕", "사", "양", "태"]
    assert [glossary.ko(c.sinsal) for c in (month, day, hour)] == ["망신살", "월살", "장성살"]
    assert [glossary.ko(c.nayin) for c in (year, month, day, hour)] == [
        "노방토",
        "백랍금",
        "백랍금",
        "양류목",
    ]


def test_the_year_cell_of_the_twelve_spirits_is_counted_from_the_day_branch():
    year = facts(chart(SAMPLE)).columns[0]
    assert (year.sinsal, year.sinsal_from) == (basics.sinsal12(4, 6), "day")
    by_day = facts(chart(SAMPLE), Schools(sinsal_base="day"))
    assert [c.sinsal_from for c in by_day.columns] == ["day", "day", "year", "day"]


def test_void_marks_name_the_pillar_they_come_from():
    # 甲子 day: 戌亥 are void; 甲戌 year: 申酉 are.
    f = facts(chart("甲戌 壬申 甲子 乙亥"))
    assert [c.void for c in f.columns] == [("day",), ("year",), (), ("day",)]


def test_the_stem_in_command_is_given_only_when_the_days_are():
    assert facts(chart(SAMPLE)).command is None
    assert "command" not in by_id()
    command = facts(chart(SAMPLE), days_since_term=9.35).command
    assert command is not None
    assert command.god == "bigyeon"
    assert "command" in by_id(days_since_term=9.35)


@given(any_chart)
def test_statements_have_unique_ids_and_rest_on_cells_of_the_chart(pillars):
    known = {f"{place}.{part}" for place, _ in pillars.named() for part in ("stem", "branch")}
    rows = statements(facts(pillars))
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert set(row.cells) <= known
        assert row.text_ko.endswith(("요.", ")"))
        assert row.text_en.strip().endswith(".")
        assert re.fullmatch(r"[a-z0-9_.\-]+", row.id)


def test_every_part_of_a_chart_has_its_statement():
    ids = set(by_id())
    f = facts(chart(SAMPLE))
    assert {row.id for row in f.relations} <= ids
    assert {star.id for star in f.stars} <= ids
    for place in ("year", "month", "day", "hour"):
        assert {
            f"{kind}.{place}" for kind in ("pillar", "hidden", "stage", "own_stage", "sinsal12", "nayin")
        } <= ids
        assert f"ten_god.{place}.branch" in ids
    assert {"ten_god.year.stem", "ten_god.month.stem", "ten_god.hour.stem", "ilgan"} <= ids
    assert {
        "strength",
        "structure",
        "useful.eokbu",
        "useful.johu",
        "polarity",
        "void.day",
        "void.year",
    } <= ids


def test_without_an_hour_nothing_is_said_of_it_and_the_six_signs_are_named():
    rows = {row.id: row for row in statements(facts(chart("庚午 辛巳 庚辰")))}
    assert "hour.unknown" in rows
    assert not [row.id for row in rows.values() if "hour." in " ".join(row.cells)]
    assert not {"palace.myeonggung", "palace.singung", "pillar.hour"} & set(rows)
    assert "여섯 글자" in rows["element.mok.count"].text_ko
    assert rows["strength.deuksi"].text_ko.startswith("득시(得時)는 판단하지 않아요")


def test_judgements_are_never_called_facts():
    for row in statements(facts(chart(SAMPLE))):
        if row.id.startswith(("structure", "useful", "role")):
            assert row.strength == "candidate"
        if row.id.startswith(("star", "nayin", "palace", "samjae", "sinsal12")):
            assert row.strength == "reference"
        if row.id.startswith("strength"):
            assert row.strength == "derived"


def test_nothing_frightens():
    words = re.compile("죽|사망|사고|이혼|파산|불구|단명|흉|재앙|저주|망하|수명")
    texts = [term.meaning for term in glossary.TERMS.values()]
    texts += [
        pair[0]
        for table in (reasons.STRUCTURE, reasons.USEFUL, reasons.VERDICT, reasons.TEST)
        for pair in table.values()
    ]
    assert not [text for text in texts if words.search(text)]


def test_facts_become_json_and_back_unchanged():
    for text in (SAMPLE, "庚午 辛巳 庚辰"):
        whole = facts(chart(text), days_since_term=3.0).to_json()
        assert json.loads(json.dumps(whole, ensure_ascii=False)) == whole
    assert whole["counted_over"] == 6
    assert len(whole["columns"]) == 3


def test_the_glossary_holds_every_name_the_engine_uses():
    used = {
        *basics.TEN_GODS, *basics.GROUPS, *basics.STAGES, *basics.SINSAL12, *basics.NAYIN,
        *STARS, "samjae", "deul_samjae", "nul_samjae", "nal_samjae", "gongmang", "ilgan",
        *relations.KINDS, *relations.PLACES, *hidden_stems.ROLES, *elements.LABELS, *strength.LEVELS,
        *structure.PATTERNS.values(), *structure.SPECIAL, *exceptional.KEYS,
        *useful.METHODS, *useful.ROLES, "deukryeong", "deukji", "deuksi", "deukse",
        "myeonggung", "singung", "taewon",
        *(f"option.{name}" for name in CHOICES),
        *(f"option.{name}.{value}" for name, values in CHOICES.items() for value in values),
    }  # fmt: skip
    assert used <= set(glossary.TERMS)


def test_every_rule_has_its_reason():
    assert set(structure.RULES) == set(reasons.STRUCTURE)
    assert set(useful.RULES) == set(reasons.USEFUL)
    assert set(useful.VERDICTS) == set(reasons.VERDICT)


def test_terms_are_written_in_hangul_hanja_and_sentences():
    for key, term in glossary.TERMS.items():
        assert re.fullmatch(r"[a-z0-9_.:]+", key)
        assert re.search("[가-힣]|7·7·16", term.ko)
        assert re.fullmatch("[\u4e00-\u9fff\uf900-\ufaff·]*", term.hanja), key
        assert term.meaning.endswith("요."), key
        assert term.meaning_en.endswith("."), key
    names = [(term.ko, term.hanja) for term in glossary.TERMS.values() if not term.key.startswith("option.")]
    assert len(set(names)) == len(names)


def test_particles_fit_the_last_syllable_spoken():
    assert josa("경금(庚)", "은/는") == "경금(庚)은"
    assert josa("오화(午)", "은/는") == "오화(午)는"
    assert josa("정관격(正官格)", "으로/로") == "정관격(正官格)으로"
    assert josa("일", "으로/로") == "일로"
    assert josa("득지(일지의 도움)", "은/는") == "득지(일지의 도움)는"
    assert (
        josa("壬申(임신)", "이에요/예요") == "壬申(임신)이에요"
    )  # so written, as 임신 alone is another word
    assert josa("丁巳(정사)", "은/는") == "丁巳(정사)는"
    assert [josa(text, "이/가") for text in ("37", "20", "2", "신약 4")] == [
        "37이",
        "20이",
        "2가",
        "신약 4가",
    ]
    assert josa("임오(壬午)", "이에요/예요") == "임오(壬午)예요"
    assert josa("신금(申), 술토(戌)", "이에요/예요") == "신금(申), 술토(戌)예요"


@given(any_chart)
def test_no_sentence_ends_in_the_wrong_particle(pillars):
    for row in statements(facts(pillars)):
        spoken = re.sub(r"\([^)]*\)", "", row.text_ko)
        for last, ending in re.findall(r"([가-힣])(이에요|예요)(?=[ .])", spoken):
            closed = (ord(last) - ord("가")) % 28 != 0
            assert (ending == "이에요") == closed, row.text_ko


def test_the_options_of_clock_and_day_have_their_terms():
    for name, values in (("clock", CLOCKS), ("day_change", DAY_CHANGES)):
        assert f"option.{name}" in glossary.TERMS
        assert {f"option.{name}.{value}" for value in values} <= set(glossary.TERMS)


@given(any_chart)
def test_every_key_of_a_charts_json_is_a_term(pillars):
    def keys(value: object, name: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for inner, item in value.items():
                yield from keys(item, inner)
        elif isinstance(value, list):
            for item in value:
                yield from keys(item, name)
        elif isinstance(value, str) and name in named:
            yield value

    named = {
        "stem_god",
        "branch_god",
        "god",
        "role",
        "stage",
        "own_stage",
        "sinsal",
        "nayin",
        "key",
        "kind",
        "level",
        "place",
        "primary",
    }
    whole = facts(pillars, days_since_term=1.0).to_json()
    found = set(keys(whole)) | set(whole["elements"]["labels"].values()) | set(whole["elements"]["ten_gods"])
    assert found <= set(glossary.TERMS)
    assert len(found) > 20


def test_only_an_unknown_hour_leaves_a_judgement_open():
    for text, is_open in (("庚午 辛巳 庚辰 壬午", False), ("庚午 辛巳 庚辰", True)):
        rows = {row.id: row for row in statements(facts(chart(text)))}
        told = " ".join(rows[key].text_ko for key in rows if key.startswith(("strength", "useful")))
        assert ("열두 시 가운데" in told or "어느 시에 태어났어도" in told) == is_open
