"""Statements about a pillar of luck and a chart, for readings of a year, a month or a day."""

from __future__ import annotations

from collections.abc import Iterator

from fortune.saju.cycle import BRANCHES, STEMS
from fortune.saju.derive.facts import Facts
from fortune.saju.derive.guests import Guest, role_of
from fortune.saju.glossary import TERMS, en, ko
from fortune.saju.korean import CELLS_KO, ELEMENTS_EN, PLACES_KO, branch_ko, element_ko, josa, stem_ko
from fortune.saju.statements import chart as evidence
from fortune.saju.statements.statement import Statement, named


def luck_statements(
    chart_facts: Facts, guest: Guest, *, key: str, name_ko: str, name_en: str
) -> tuple[Statement, ...]:
    """What ``guest`` brings to the chart. Ids begin with ``key`` ("year.2027", "day.2027-03-01"); the names
    ("2027년", "2027") open the sentences; cells of the guest are "luck.stem" and "luck.branch"."""
    rows = (*_signs(guest), *_meetings(chart_facts, guest))
    return tuple(
        row._replace(
            id=f"{key}.{row.id}",
            text_ko=row.text_ko.replace("{name}", name_ko),
            text_en=row.text_en.replace("{name}", name_en),
        )
        for row in rows
    )


def _signs(guest: Guest) -> Iterator[Statement]:
    stem, branch = guest.pillar.stem, guest.pillar.branch
    spelt = f"{guest.pillar.hangul}({guest.pillar.hanja})"
    both = ("luck.stem", "luck.branch")
    yield Statement(
        "pillar",
        f"{{name}}의 기둥은 {josa(spelt, '이에요/예요')}.",
        f"The pillar of {{name}} is {guest.pillar.hanja}.",
        both,
        "fact",
    )
    for cell, sign, hanja, god in (
        ("stem", stem_ko(stem), STEMS[stem], guest.stem_god),
        ("branch", branch_ko(branch), BRANCHES[branch], guest.branch_god),
    ):
        upper = "천간" if cell == "stem" else "지지"
        yield Statement(
            f"ten_god.{cell}",
            f"{{name}}의 {upper} {josa(sign, '은/는')} 일간에게 {josa(named(god), '이에요/예요')}.",
            f"The {cell} {hanja} of {{name}} is {god} ({en(god)}) to the day stem.",
            (f"luck.{cell}", "day.stem"),
            "fact",
        )
    yield Statement(
        "stage",
        f"일간은 {{name}}의 지지에서 12운성 {josa(named(guest.stage), '이에요/예요')}. "
        f"{TERMS[guest.stage].meaning}",
        f"At the branch of {{name}} the day stem is in the stage {guest.stage} ({en(guest.stage)}).",
        ("luck.branch", "day.stem"),
        "fact",
    )
    yield Statement(
        "sinsal12",
        f"{{name}}의 지지는 12신살 가운데 {josa(named(guest.sinsal), '이에요/예요')}. "
        f"{TERMS[guest.sinsal].meaning}",
        f"The branch of {{name}} is {guest.sinsal} among the twelve spirits.",
        ("luck.branch", f"{guest.sinsal_from}.branch"),
        "reference",
    )


def _meetings(f: Facts, guest: Guest) -> Iterator[Statement]:
    for row in guest.relations:
        said = evidence.relation(row)
        yield said._replace(
            text_ko=said.text_ko.replace(CELLS_KO["luck.stem"], "{name} 천간").replace(
                CELLS_KO["luck.branch"], "{name} 지지"
            ),
            text_en=said.text_en.replace("luck stem", "{name} stem").replace("luck branch", "{name} branch"),
        )
    for base in guest.void:
        yield Statement(
            f"void.{base}",
            f"{{name}}의 지지는 {PLACES_KO[base]} 기준 공망에 들어, 비워 둔 자리를 채우는 때로 봐요.",
            f"The branch of {{name}} is in the void of the {base} pillar.",
            ("luck.branch", f"{base}.stem", f"{base}.branch"),
            "reference",
        )
    for star in guest.stars:
        yield Statement(
            f"star.{star.key}",
            f"{{name}}에는 {josa(named(star.key), '이/가')} 함께해요. {TERMS[star.key].meaning}",
            f"{en(star.key)} ({star.key}) comes with {{name}}. {TERMS[star.key].meaning_en}",
            star.cells,
            "reference",
        )
    for cell, element in (("stem", guest.pillar.stem // 2), ("branch", guest.hidden[-1].stem // 2)):
        role = role_of(f.useful, element)
        bearer = "천간이" if cell == "stem" else "지지가"
        yield Statement(
            f"role.{cell}",
            f"{{name}}의 {bearer} 지닌 {josa(element_ko(element), '은/는')} "
            f"이 사주의 {josa(named(role), '으로/로')} 볼 수 있어요.",
            f"{ELEMENTS_EN[element].capitalize()}, the {cell} of {{name}}, is the {en(role)} ({role}) here.",
            (f"luck.{cell}",),
            "candidate",
        )
    if guest.samjae is not None:
        yield Statement(
            "samjae",
            f"해로 치면 {josa(ko(guest.samjae), '이에요/예요')}. {TERMS[guest.samjae].meaning}",
            f"As a year it is {guest.samjae} ({en(guest.samjae)}).",
            ("luck.branch", "year.branch"),
            "reference",
        )
