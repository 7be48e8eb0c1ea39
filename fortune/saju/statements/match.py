"""Statements about two charts together, and the rubric of the score in words."""

from __future__ import annotations

from collections.abc import Iterator

from fortune.saju.glossary import TERMS, en, ko
from fortune.saju.korean import CELLS_KO, ELEMENT_KEYS, ELEMENTS_EN, cells_en, element_ko, josa
from fortune.saju.match import Contact, Line, Match
from fortune.saju.statements.contacts import with_signs
from fortune.saju.statements.statement import Statement, with_hanja

RUBRIC = {
    "day_stems": ("두 사람의 일간", "The two day stems"),
    "day_branches": ("두 사람의 일지", "The two day branches"),
    "year_branches": ("두 사람의 띠(년지)", "The two year branches"),
    "a_for_b": ("{a}의 기운이 {b}에게 주는 도움", "What {a} brings that is useful to {b}"),
    "b_for_a": ("{b}의 기운이 {a}에게 주는 도움", "What {b} brings that is useful to {a}"),
    "a_fills_b": ("{a}의 기운이 채워 주는 {b}의 빈자리", "What {b} lacks and {a} has"),
    "b_fills_a": ("{b}의 기운이 채워 주는 {a}의 빈자리", "What {a} lacks and {b} has"),
}
FINDINGS = {
    "union": ("서로 합하는 사이예요", "they unite"),
    "feeding": ("한쪽이 다른 쪽을 북돋우는 사이예요", "one feeds the other"),
    "same": ("같은 기운을 나누는 사이예요", "they share one force"),
    "stirring": ("서로를 자극해 움직이게 하는 사이예요", "they stir each other"),
    "quiet": ("서로 담담한 사이예요", "they are quiet beside each other"),
    "yukhap": ("육합으로 다정하게 이어져요", "a six union"),
    "banhap": ("반합으로 뜻을 모아요", "a half union"),
    "amhap": ("암합으로 은근히 이어져요", "a hidden union"),
    "yongsin": ("상대의 용신이 되는 기운이 넉넉해요", "plenty of the other's useful element"),
    "huisin": ("상대의 희신이 되는 기운이 넉넉해요", "plenty of the other's supporting element"),
    "filled": ("상대에게 부족한 기운이 넉넉해요", "plenty of what the other lacks"),
    "none": ("특별히 두드러지는 것은 없어요", "nothing stands out"),
}
SCORE = (
    "점수는 정해 둔 기준으로 더한 값일 뿐, 두 사람의 사이를 정하지 않아요.",
    "The score is a sum of the lines below by convention; it decides nothing between two people.",
)


def match_statements(match: Match, *, name_a: str = "나", name_b: str = "상대") -> tuple[Statement, ...]:
    """Return the statements about two charts; sentences begin with the names, cells with "a." or "b."."""
    return (
        *_seen(match, name_a, name_b),
        *(_contact(row, name_a, name_b) for row in match.contacts),
        *_gifts(match, name_a, name_b),
        *(rubric_line(line, name_a, name_b) for line in match.rubric),
    )


def _seen(match: Match, name_a: str, name_b: str) -> Iterator[Statement]:
    for key, viewer, other, god in (
        ("a", name_a, name_b, match.seen_by_a),
        ("b", name_b, name_a, match.seen_by_b),
    ):
        yield Statement(
            f"seen_by.{key}",
            f"{josa(viewer, '이/가')} 볼 때 {other}의 일간은 {josa(with_hanja(god), '이에요/예요')}. "
            f"{TERMS[god].meaning}",
            f"To {viewer}, the day stem of {other} is {god} ({en(god)}).",
            ("a.day.stem", "b.day.stem"),
            "fact",
        )


def _contact(row: Contact, name_a: str, name_b: str) -> Statement:
    if len(row.cells) > 2:
        return _triad(row, name_a, name_b)
    one, two = (cell.split(".", 1)[1] for cell in row.cells)
    text = (
        f"{name_a}의 {josa(CELLS_KO[one], '과/와')} {name_b}의 {CELLS_KO[two]} 사이에 "
        f"{josa(with_signs(row.kind, row.signs), '이/가')} 있어요. "
        f"{TERMS[row.kind].meaning}"
    )
    where = f"{name_a}'s {cells_en(one)} and {name_b}'s {cells_en(two)}"
    text_en = f"{where}, {row.signs}: {en(row.kind)} ({row.kind})."
    return Statement(row.id, text, text_en, row.cells, "fact")


def _triad(row: Contact, name_a: str, name_b: str) -> Statement:
    ours, theirs = ([cell[2:] for cell in row.cells if cell[0] == side] for side in "ab")
    held = "·".join(CELLS_KO[cell] for cell in ours), "·".join(CELLS_KO[cell] for cell in theirs)
    text = (
        f"{name_a}의 {josa(held[0], '과/와')} {name_b}의 {josa(held[1], '이/가')} 모여 "
        f"{josa(with_signs(row.kind, row.signs), '을/를')} 이뤄요. {TERMS[row.kind].meaning}"
    )
    ours_en, theirs_en = (", ".join(cells_en(cell) for cell in side) for side in (ours, theirs))
    text_en = (
        f"{name_a}'s {ours_en} and {name_b}'s {theirs_en} make {row.signs}: {en(row.kind)} ({row.kind})."
    )
    return Statement(row.id, text, text_en, row.cells, "fact")


def _gifts(match: Match, name_a: str, name_b: str) -> Iterator[Statement]:
    for gift in match.gifts:
        giver, other = (name_a, name_b) if gift.giver == "a" else (name_b, name_a)
        yield Statement(
            f"gift.{gift.giver}.{ELEMENT_KEYS[gift.element]}",
            f"{giver}에게 넉넉한 {josa(element_ko(gift.element), '은/는')} {other}에게 "
            f"{ko(gift.label)} 상태이고 {josa(with_hanja(gift.role), '으로/로')} 볼 수 있는 기운이에요.",
            f"{ELEMENTS_EN[gift.element].capitalize()}, of which {giver} has {gift.share:g} %, "
            f"is {gift.label} for {other} and its {en(gift.role)} ({gift.role}).",
            (),
            "candidate",
        )


def rubric_words(line: Line, name_a: str, name_b: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return what a line of the rubric looks at, and what it found there, each in Korean and in English."""
    title, title_en = (text.format(a=name_a, b=name_b) for text in RUBRIC[line.key])
    return (title, title_en), FINDINGS[line.finding]


def rubric_line(line: Line, name_a: str, name_b: str) -> Statement:
    """Return one line of the rubric in words, with its points."""
    (title, title_en), (finding, finding_en) = rubric_words(line, name_a, name_b)
    return Statement(
        f"rubric.{line.key}",
        f"{title}: {finding}. {line.out_of}점 가운데 {line.points}점이에요.",
        f"{title_en}: {finding_en}. {line.points} of {line.out_of} points.",
        line.cells,
        "candidate",
    )
