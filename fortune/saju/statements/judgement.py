"""Statements about elements, strength, pattern and useful elements, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from fortune.saju.cycle import ELEMENTS, ELEMENTS_KO
from fortune.saju.derive.basics import GROUPS
from fortune.saju.derive.elements import Elements
from fortune.saju.derive.facts import Facts
from fortune.saju.derive.judgements.open_hour import open_hour
from fortune.saju.derive.judgements.useful import ROLES, Choice
from fortune.saju.glossary import TERMS, en, ko
from fortune.saju.korean import CELLS_KO, ELEMENT_KEYS, ELEMENTS_EN, element_ko, josa, stem_ko
from fortune.saju.statements import reasons
from fortune.saju.statements.statement import Statement, with_hanja


def judgements(f: Facts) -> Iterator[Statement]:
    """Elements, then strength, pattern and useful elements."""
    cells = every_cell(f)
    yield from _elements(f.elements, cells)
    yield from _groups(f.elements, cells)
    yield _polarity(f.elements, cells)
    yield from _strength(f)
    yield from _structure(f)
    yield from _useful(f)


def every_cell(f: Facts) -> tuple[str, ...]:
    return tuple(f"{place}.{part}" for place, _ in f.pillars.named() for part in ("stem", "branch"))


def _signs_counted(e: Elements) -> str:
    return "여덟" if e.counted_over == 8 else "여섯"


def _elements(e: Elements, cells: tuple[str, ...]) -> Iterator[Statement]:
    over = _signs_counted(e)
    labels, weighted, weighted_labels = e.labels, e.weighted, e.weighted_labels
    for at, (key, share) in enumerate(zip(ELEMENT_KEYS, e.shares, strict=True)):
        label = labels[at]
        yield Statement(
            f"element.{key}.count",
            f"{josa(element_ko(at), '은/는')} {over} 글자 가운데 {e.counts[at]}개예요.",
            f"{ELEMENTS_EN[at].capitalize()}: {e.counts[at]} of {e.counted_over} signs.",
            cells,
            "fact",
        )
        yield Statement(
            f"element.{key}.level",
            f"{over} 글자로 보면 {josa(element_ko(at), '은/는')} {share:g}%로 "
            f"{josa(ko(label), '이에요/예요')}.",
            f"{ELEMENTS_EN[at].capitalize()}: {share:g} % of the signs, {label}.",
            cells,
            "derived",
        )
        label = weighted_labels[at]
        yield Statement(
            f"element.{key}.weight",
            f"자리마다 무게를 두고 지장간까지 나누면 {josa(element_ko(at), '은/는')} {weighted[at]:g}%로 "
            f"{josa(ko(label), '이에요/예요')}.",
            f"{ELEMENTS_EN[at].capitalize()}: {weighted[at]:g} % of the weighted points, {label}.",
            cells,
            "derived",
        )


def _groups(e: Elements, cells: tuple[str, ...]) -> Iterator[Statement]:
    for at, key in enumerate(GROUPS):
        count = e.god_counts[2 * at] + e.god_counts[2 * at + 1]
        yield Statement(
            f"group.{key}",
            f"일간을 뺀 {e.counted_over - 1}글자 가운데 {josa(with_hanja(key), '은/는')} {count}개예요.",
            f"{en(key).capitalize()} ({key}): {count} of the {e.counted_over - 1} signs beside the day stem.",
            cells,
            "fact",
        )


def _polarity(e: Elements, cells: tuple[str, ...]) -> Statement:
    return Statement(
        "polarity",
        f"{_signs_counted(e)} 글자 가운데 양이 {e.yang}개, 음이 {e.yin}개예요.",
        f"{e.yang} yang and {e.yin} yin signs of {e.counted_over}.",
        cells,
        "fact",
    )


def _strength(f: Facts) -> Iterator[Statement]:
    s = f.strength
    level, level_en = _hours_of(f, "levels")
    yield Statement(
        "strength",
        f"나머지 기운을 일간에 미치는 힘대로 재면 {s.score:g}%가 일간을 도와, 여덟 단계 가운데 "
        f"{josa(with_hanja(s.level), '이에요/예요')}.{level}",
        f"Weighed by what they do to the day stem, {s.score:g} % of the other forces stand on its side: {en(s.level)} ({s.level}) of eight levels."
        f"{level_en}",
        every_cell(f),
        "derived",
    )
    for test in s.tests:
        why = reasons.TEST[test.key, test.held]
        gods = ", ".join(f"{CELLS_KO[c]} {ko(god)}" for c, god in zip(test.cells, test.gods, strict=False))
        detail = f" ({gods})" if gods else ""
        verdict = "판단하지 않아요" if test.held is None else "해당해요" if test.held else "해당하지 않아요"
        answer = {True: "yes", False: "no", None: "unknown"}[test.held]
        yield Statement(
            f"strength.{test.key}",
            f"{josa(with_hanja(test.key), '은/는')} {verdict}. {why[0]}{detail}",
            f"{en(test.key).capitalize()}: {answer}. {why[1]}",
            (*(c for c in test.cells if test.held is not None), "day.stem"),
            "derived",
        )


def _structure(f: Facts) -> Iterator[Statement]:
    row = f.structure
    why = reasons.STRUCTURE[row.rule]
    yield Statement(
        "structure",
        f"격국은 {josa(with_hanja(row.key), '으로/로')} 볼 수 있어요. {why[0]}",
        f"The pattern may be read as {row.key} ({en(row.key)}). {why[1]}",
        row.cells,
        "candidate",
    )
    for candidate in row.candidates:
        why = reasons.BY_MONTH
        yield Statement(
            f"structure.candidate.{candidate.key}",
            f"{josa(with_hanja(candidate.key), '으로/로')} 보기도 해요. {why[0]}",
            f"Also read as {candidate.key} ({en(candidate.key)}). {why[1]}",
            candidate.cells,
            "candidate",
        )


def _useful(f: Facts) -> Iterator[Statement]:
    u = f.useful
    for choice in u.choices:
        yield _choice(choice, every_cell(f))
    chosen = u.chosen
    why, (hours, hours_en) = reasons.VERDICT[u.verdict], _hours_of(f, "useful")
    yield Statement(
        "yongsin",
        f"{josa(with_hanja('yongsin'), '은/는')} {josa(ko(chosen.method), '으로/로')} 본 "
        f"{josa(element_ko(chosen.element), '을/를')} 앞세워요. {why[0]}{hours}",
        f"Put first: {ELEMENTS_EN[chosen.element]}, by {en(chosen.method)}. {why[1]}{hours_en}",
        every_cell(f),
        "candidate",
    )
    for role, element in zip(ROLES, u.roles, strict=True):
        yield Statement(
            f"role.{role}",
            f"{josa(ko(chosen.method), '을/를')} 앞세우면 {josa(with_hanja(role), '은/는')} "
            f"{josa(element_ko(element), '이에요/예요')}. {TERMS[role].meaning}",
            f"With {en(chosen.method)} put first, the {en(role)} ({role}) is {ELEMENTS_EN[element]}.",
            every_cell(f),
            "candidate",
        )


def _hours_of(f: Facts, name: str) -> tuple[str, str]:
    """Say, where the hour is unknown, in how many of the twelve hours each judgement comes out. Empty otherwise."""
    if f.pillars.hour is not None:
        return "", ""
    found = open_hour(f.pillars, f.schools)
    rows: list[tuple[str, str, int]]
    if name == "levels":
        rows = [(ko(key), en(key), hours) for key, hours in found.levels]
    else:
        rows = [(ELEMENTS_KO[at], ELEMENTS_EN[at], hours) for at, hours in found.useful]
    if len(rows) == 1:
        return " 어느 시에 태어났어도 같아요.", " It is the same in all twelve hours."
    told = ", ".join(f"{josa(word, '이/가')} {hours}" for word, _, hours in rows)
    told_en = ", ".join(f"{word} {hours}" for _, word, hours in rows)
    return (
        f" 다만 시각을 몰라 열려 있어요. 열두 시 가운데 {josa(told, '이에요/예요')}.",
        f" The unknown hour leaves this open; of the twelve hours: {told_en}.",
    )


def _choice(choice: Choice, cells: tuple[str, ...]) -> Statement:
    why = reasons.USEFUL[choice.rule]
    stems = ""
    if choice.stems:
        wanted = ", ".join(stem_ko(stem) for stem in choice.stems)
        stems = f" 차례로 {josa(wanted, '이에요/예요')}."
        cells = ("month.branch", "day.stem")
    return Statement(
        choice.id,
        f"{josa(with_hanja(choice.method), '은/는')} {josa(element_ko(choice.element), '이에요/예요')}. "
        f"{why[0]}{stems}",
        f"{en(choice.method).capitalize()}: {ELEMENTS_EN[choice.element]} "
        f"({ELEMENTS[choice.element]}). {why[1]}",
        cells,
        "candidate",
    )
