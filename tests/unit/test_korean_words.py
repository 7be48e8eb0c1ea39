"""Kinds of words that no page, form, message or text may have: each was found once and mended everywhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from fortune.models import Topic
from fortune.readings.classic import compose
from fortune.readings.inputs import RELATIONS
from fortune.saju.cycle import BRANCHES, STEMS
from fortune.saju.derive.relations import BRANCH_KINDS, STEM_KINDS, TRIADS
from fortune.saju.statements.chart import statements
from fortune.saju.statements.contacts import called, in_order
from tests.unit.readings.charts import READINGS, at_random, inputs

ROOT = Path(__file__).resolve().parents[2]
HANGUL = re.compile("[가-힣]")
# (kind, pattern). A pattern is of the kind, not of the one sentence in which it was found.
KINDS = {
    "a noun made with -가": r"(?:독립|책임|실속|표현|탐구|현실|전략|노력|행동)가(?![가-힣])|(?:독립|책임|실속|표현|탐구|현실)가(?:예요|'예요)",
    "a bookish verb": r"견주|셈(?:하|한|해|했)|까닭|머금은 물음|물음|실마리",
    "translationese": r"에 대해 말할 수 있는 것|약속으로 |뒷받침이 되는 지지|첫 그림",
    "a button's word that nobody says": r"주소 (?:만들기|더하기)|거두기|^담기$|(?:날|사람) 더하기|먼저 채우는|지금까지 물은 것|이달의 날들|어떻게 보이는지",
    "마음에 둔 for a date": r"마음에 둔 날",
    "a connection in words of its own": r"이어지지 않았어요|다시 잇고|고르지 않아 5초",
    "jargon on a form or a button": r"여섯 글자로 봐요|들어온 기둥이 나와",
    "an administrator's invented word": r"일꾼|흐르는 글|보는 창|밀림\(",
    "a teacher's mode by another name": r"선생님 방식",
    "주어요 beside 줘요": r"(?:주|추|이루|바꾸)어요",
    "a double 와": r"[년월일시][간지주][와과] [년월일시][간지주][와과] ",
    "an unintelligible topic of a contact": r"처음의 바탕|먼 뒷날",
    "丙申 in Hangul alone": r"(?<!\()병신(?!\()(?:월|년|일| 대운)",
}  # fmt: skip


@cache
def strings() -> tuple[tuple[str, str], ...]:
    """Return what ``_strings`` yields: it reads each file of ours, for each of a dozen tests."""
    return tuple(_strings())


def _strings() -> Iterator[tuple[str, str]]:
    """(file, Korean string) of templates, code, texts for readings, and the catalogue."""
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        yield from ((path.name, row) for row in re.findall(r'"([^"]*[가-힣][^"]*)"', text))
    for path in (ROOT / "fortune" / "readings" / "texts" / "ko").rglob("*.toml"):
        rows = (row.split("=", 1)[1] for row in path.read_text("utf-8").split("\n") if "=" in row)
        yield from ((path.name, row) for row in rows)
    for room in ("core", "fortune"):
        for path in (ROOT / room).rglob("*.py"):
            # Migrations are a record; grounding, safety and crisis read what others write.
            if {"migrations", "grounding", "crisis"} & set(path.parts) or path.name == "safety.py":
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield path.name, node.value


@pytest.mark.parametrize("kind", KINDS)
def test_no_string_has_words_of_a_kind_that_was_mended(kind: str) -> None:
    pattern = re.compile(KINDS[kind])
    found = [(file, text) for file, text in strings() if HANGUL.search(text) and pattern.search(text)]
    assert found == []


@pytest.mark.parametrize("seed", range(25))
def test_no_reading_has_them_either(seed: int) -> None:
    for kind, mode, topic in READINGS:
        relations = RELATIONS if kind == "match" else ("",)
        for relation in relations:
            text = compose(inputs(kind, mode, topic, who=at_random(seed), relation=relation))
            for name, pattern in KINDS.items():
                assert not re.search(pattern, text), (name, re.search(pattern, text))


def test_a_month_that_sounds_like_an_insult_is_written_with_its_signs() -> None:
    text = compose(inputs("year", year=2026, today=date(2026, 1, 5)))
    assert "8월 丙申월(병신)" in text


PAIRS = [
    (kind, names[a] + names[b], names[x] + names[y])
    for tables, names in ((STEM_KINDS, STEMS), (BRANCH_KINDS, BRANCHES))
    for kind, table in tables.items()
    for a, b in [*table]
    for x, y in ((a, b), (b, a))
]


@pytest.mark.parametrize(
    ("kind", "signs", "name"),
    [
        ("cheongan_hap", "庚乙", "을경합"), ("cheongan_hap", "癸戊", "무계합"), ("banghap", "午巳未", "사오미 방합"),
        ("samhap", "辰子申", "신자진 삼합"), ("hyeong", "未戌", "술미형"), ("jahyeong", "午午", "오오 자형"),
        ("sanghyeong", "卯子", "자묘형(상형)"), ("chung", "酉卯", "묘유충"), ("yukhap", "丑子", "자축 육합"),
    ],
)  # fmt: skip
def test_a_contact_is_called_as_people_call_it(kind: str, signs: str, name: str) -> None:
    assert called(kind, signs) == name


def test_signs_stand_in_one_order_whichever_place_comes_first() -> None:
    for kind, one, other in PAIRS:
        assert in_order(kind, one) == in_order(kind, other)
    for kind, rows in TRIADS.items():
        for signs, _element in rows:
            assert in_order(kind, signs[::-1]) == signs


@pytest.mark.parametrize("seed", range(40))
def test_no_statement_names_signs_in_another_order(seed: int) -> None:
    f = at_random(seed).facts
    told = " ".join(row.text_ko for row in statements(f) if row.id.startswith("relation."))
    for row in f.relations:
        assert called(row.kind, row.signs) in told


@pytest.mark.parametrize(("seed", "relation"), list(product(range(12), ("family", "friends", "colleagues"))))
def test_a_pair_without_romance_reads_of_none(seed: int, relation: str) -> None:
    for language, words in (
        ("ko", "연애|연인|배우자|사랑|설렘|끌리"),
        ("en", r"\b(?:in love|lovers?|romance|romantic|spouse)\b"),
    ):
        text = compose(inputs("match", who=at_random(seed), relation=relation, language=language))
        assert not re.search(words, text), re.search(words, text)


def test_a_child_reads_of_no_spouse_money_or_job() -> None:
    for seed in range(60):
        who = at_random(seed)
        made = inputs(who=who, today=date(max(2020, who.life.born.year + 8), 6, 1))  # type: ignore[union-attr]
        if made.young:
            text = compose(made)
            assert not re.search("배우자|재테크|투자|연인|생활비", text)


def test_topics_are_what_people_search_for() -> None:
    labels = {str(label) for label in Topic.labels}
    assert {"연애·결혼운", "직업운", "재물운", "인간관계"} <= labels
    assert not labels & {"사랑", "일", "어울림"}
