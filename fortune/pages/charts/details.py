"""Everything derived from a chart, section by section: elements, ten gods, strength, relations, stars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fortune.pages.charts.chart import ELEMENT_CLASSES, ORDER, branch_sign, stem_sign
from fortune.pages.charts.labels import element_word, meaning_of, name_of, place_word, sentence
from fortune.pages.charts.pictures import svg
from fortune.readings.facts.fact_sheet import statements_of
from fortune.saju.derive.basics import TEN_GODS
from fortune.saju.derive.facts import Facts
from fortune.saju.derive.judgements.strength import EDGES, LEVELS
from fortune.saju.korean import ELEMENT_KEYS
from fortune.saju.statements.statement import Statement

SUMMARY = ("ilgan", "strength", "structure", "useful.")


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement: a sentence, the cells it rests on, and how sure it is (a key of ``STRENGTHS``)."""

    id: str
    text: str
    cells: str
    strength: str


@dataclass(frozen=True, slots=True)
class ElementRow:
    key: str
    css: str
    word: str
    count: int
    share: float
    weighted: float
    label: str


@dataclass(frozen=True, slots=True)
class TestRow:
    """One of 득령·득지·득시·득세; ``held`` is None when it can't be judged."""

    key: str
    held: bool | None
    why: str


@dataclass(frozen=True, slots=True)
class StarRow:
    key: str
    name: str
    where: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Details:
    """Everything below the table. Pictures are finished SVG; the rows beside them say the same."""

    summary: tuple[StatementView, ...]
    counted_over: int
    elements: tuple[ElementRow, ...]
    elements_picture: SafeString
    polarity: StatementView
    gods: tuple[StatementView, ...]
    gods_picture: SafeString
    level_word: str
    score: float
    strength_picture: SafeString
    tests: tuple[TestRow, ...]
    structure: tuple[StatementView, ...]
    useful: tuple[StatementView, ...]
    relations: tuple[StatementView, ...]
    relations_picture: SafeString | None
    stars: tuple[StarRow, ...]
    more: tuple[StatementView, ...]


def details(facts: Facts) -> Details:
    """Return all sections of a chart."""
    rows = statements_of(facts)
    by_id = {row.id: row for row in rows}
    return Details(
        summary=_statements(rows, SUMMARY[:3]) + _primary_useful(facts, by_id) + _hour_unknown(by_id),
        counted_over=facts.counted_over,
        elements=_elements(facts),
        elements_picture=_elements_picture(facts),
        polarity=statement_view(by_id["polarity"]),
        gods=tuple(statement_view(row) for row in rows if row.id.startswith("group.")),
        gods_picture=_gods_picture(facts),
        level_word=name_of(facts.strength.level),
        score=facts.strength.score,
        strength_picture=_strength_picture(facts),
        tests=tuple(
            TestRow(test.key, test.held, sentence(by_id[f"strength.{test.key}"]))
            for test in facts.strength.tests
        ),
        structure=tuple(statement_view(row) for row in rows if row.id.startswith("structure")),
        useful=tuple(
            statement_view(row) for row in rows if row.id.startswith(("useful.", "yongsin", "role."))
        ),
        relations=tuple(_with_meaning(row) for row in rows if row.id.startswith("relation.")),
        relations_picture=_relations_picture(facts),
        stars=_stars(facts),
        more=tuple(
            statement_view(row)
            for row in rows
            if row.id.startswith(("palace.", "void.", "samjae", "command", "nayin."))
        ),
    )


def statement_view(row: Statement) -> StatementView:
    return StatementView(row.id, sentence(row), " ".join(row.cells), row.strength)


def _with_meaning(row: Statement) -> StatementView:
    """Return a relation's sentence with the meaning of that kind of relation."""
    found = statement_view(row)
    return replace(found, text=f"{found.text} {meaning_of(row.id.split('.')[1])}")


def _statements(rows: Sequence[Statement], ids: Sequence[str]) -> tuple[StatementView, ...]:
    """Return the statements with these ids, as the page shows them."""
    return tuple(statement_view(row) for row in rows if row.id in ids)


def _primary_useful(facts: Facts, by_id: Mapping[str, Statement]) -> tuple[StatementView, ...]:
    return (statement_view(by_id[f"useful.{facts.useful.primary}"]), statement_view(by_id["yongsin"]))


def _hour_unknown(by_id: Mapping[str, Statement]) -> tuple[StatementView, ...]:
    return (statement_view(by_id["hour.unknown"]),) if "hour.unknown" in by_id else ()


def _elements(facts: Facts) -> tuple[ElementRow, ...]:
    e = facts.elements
    return tuple(
        ElementRow(
            ELEMENT_KEYS[i], ELEMENT_CLASSES[i], element_word(i), e.counts[i], e.shares[i], e.weighted[i],
            name_of(e.labels[i]),
        )
        for i in range(5)
    )  # fmt: skip


def _elements_picture(facts: Facts) -> SafeString:
    e = facts.elements
    words = [element_word(i) for i in range(5)]
    listed = ", ".join(f"{word} {share:g}%" for word, share in zip(words, e.shares, strict=True))
    return svg.elements_wheel(_("오행의 비율: %(listed)s") % {"listed": listed}, words, e.shares)


def _gods_picture(facts: Facts) -> SafeString:
    counts = facts.elements.god_counts
    own = facts.pillars.day.stem // 2
    bars = [
        svg.Bar(name_of(key), counts[i], ELEMENT_CLASSES[(own + i // 2) % 5])
        for i, key in enumerate(TEN_GODS)
    ]
    listed = ", ".join(f"{bar.word} {bar.count}" for bar in bars if bar.count)
    return svg.gods_bars(_("십성의 개수: %(listed)s") % {"listed": listed}, bars, max(counts))


def _strength_picture(facts: Facts) -> SafeString:
    level = name_of(facts.strength.level)
    title = _("일간을 돕는 기운 %(score)s%%, 여덟 단계 가운데 %(level)s") % {
        "score": f"{facts.strength.score:g}",
        "level": level,
    }
    words = [name_of(key) for key in LEVELS]
    return svg.strength_scale(title, words, EDGES, facts.strength.score, _("약함"), _("강함"))


def _relations_picture(facts: Facts) -> SafeString | None:
    if not facts.relations:
        return None
    arcs = tuple(
        svg.Arc(
            tuple(sorted(ORDER.index(place) for place in row.places)),
            row.cells[0].endswith("stem"),
            name_of(row.kind),
            "tie" if "hap" in row.kind else "tension",
        )
        for row in facts.relations
    )
    letters: list[tuple[str, str, str, str] | None] = []
    for place in ORDER:
        column = facts.column(place)
        if column is None:
            letters.append(None)
            continue
        stem, branch = stem_sign(column.pillar.stem), branch_sign(column.pillar.branch)
        letters.append((stem.hanja, stem.element, branch.hanja, branch.element))
    title = _("글자 사이의 관계 %(count)d가지. 아래 목록에 모두 적혀 있어요.") % {"count": len(arcs)}
    return svg.relation_arcs(title, letters, arcs)


def _stars(facts: Facts) -> tuple[StarRow, ...]:
    places: dict[str, list[str]] = {}
    for star in facts.stars:
        where = places.setdefault(star.key, [])
        if place_word(star.place) not in where:
            where.append(place_word(star.place))
    return tuple(
        StarRow(key, name_of(key), "·".join(where), meaning_of(key)) for key, where in places.items()
    )
