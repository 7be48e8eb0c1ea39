"""The parts of a chart: calendar, notices, luck, and the facts that follow from its pillars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from fortune.saju import Birth, Chart, Options, digest
from fortune.saju.cycle import ELEMENTS, Pillar, Pillars, read_pillar
from fortune.saju.derive.basics import TEN_GODS
from fortune.saju.derive.facts import facts
from fortune.saju.derive.judgements.exceptional import exceptional
from fortune.saju.derive.judgements.force import forces
from fortune.saju.derive.judgements.open_hour import open_hour
from fortune.saju.derive.judgements.strength import strength
from fortune.saju.derive.judgements.structure import structure
from fortune.saju.derive.judgements.useful import useful
from fortune.saju.schools import Schools

from .births import charts
from .writing import checksum, plain

_DEFAULTS = asdict(Options())


def numbered() -> Iterator[tuple[str, Chart]]:
    for n, chart in enumerate(charts()):
        yield f"{n:03}", chart


def described(birth: Birth, options: Options) -> str:
    time = "" if birth.hour is None else f" {birth.hour:02}:{birth.minute:02}{'+' if birth.fold else ''}"
    chosen = (f"{name}={value}" for name, value in asdict(options).items() if value != _DEFAULTS[name])
    day = f"{birth.calendar} {birth.year}-{birth.month:02}-{birth.day:02}{time}"
    return f"{day} {birth.gender} {birth.longitude:g} {birth.timezone} {' '.join(chosen)}".rstrip()


def record_births() -> Iterator[str]:
    yield "# number: birth and options, those that are not the default | digest of the whole snapshot, of its parts"
    for number, chart in numbered():
        snapshot = chart.to_json()
        del snapshot["engine"]
        parts = " ".join(f"{name}:{checksum(value)}" for name, value in snapshot.items())
        yield f"{number} {described(chart.birth, chart.options)} | {digest(snapshot)[:12]} {parts}"


def record_calendar() -> Iterator[str]:
    yield "# pillars | solar and lunar date | instant | clock of day and hour | 절, its month, year and instant, days since"
    for number, chart in numbered():
        clock = chart.clock_time.isoformat(" ") if chart.clock_time else "-"
        instant = chart.instant.isoformat(" ") if chart.instant else "-"
        term = chart.term
        yield (
            f"{number} {plain(chart.pillars)} | {chart.solar_date} {chart.lunar_date or '-'} | {instant} | {clock} | "
            f"{term.name} {term.month} {term.year} {term.at} {plain(chart.days_since_term)}"
        )
        for candidate in chart.candidates:
            yield f"{number} candidate {plain(candidate)}"
        for span in chart.days:
            yield f"{number} day {plain(span)}"


def record_notices() -> Iterator[str]:
    for number, chart in numbered():
        for correction in chart.corrections:
            yield f"{number} {correction.code} {plain(correction.minutes)} {correction.message}"
        for notice in chart.warnings:
            yield f"{number} {notice.code} {plain(notice.pillars)} {notice.message}"


def record_luck() -> Iterator[str]:
    yield "# direction, age, years and months, seconds to the 절, ages of an unknown hour | age pillar begins, ten times; end"
    for number, chart in numbered():
        luck = chart.luck
        decades = " ".join(f"{d.age} {d.pillar.hanja} {d.begins}" for d in luck.decades)
        yield (
            f"{number} {luck.direction} {luck.start_age} {luck.years}-{luck.months} {luck.seconds} "
            f"{plain(luck.start_age_range)} | {decades}; {luck.decades[-1].ends} {plain(luck.decades[0].years)}"
        )


def record_columns() -> Iterator[str]:
    yield "# place pillar 십성 of stem and branch | 지장간 | 봉법 거법 | 12신살 by | 공망 | 납음 | 신살"
    for number, chart in numbered():
        for c in chart.facts.columns:
            stars = " ".join(f"{star.key}@{','.join(star.cells)}" for star in c.stars)
            yield (
                f"{number} {c.place} {c.pillar.hanja} {c.stem_god} {c.branch_god} | {plain(c.hidden)} | "
                f"{c.stage} {c.own_stage} | {c.sinsal} {c.sinsal_from} | {' '.join(c.void)} | {c.nayin} | {stars}"
            )


def record_elements() -> Iterator[str]:
    yield "# signs | 목 화 토 금 수: count, share, label; weighted | 양 음 | ten gods | 공망, 삼재, 사령 | 명궁 신궁 태원"
    for number, chart in numbered():
        f = chart.facts
        e = f.elements
        gods = " ".join(f"{key}:{count}" for key, count in zip(TEN_GODS, e.god_counts, strict=True) if count)
        yield (
            f"{number} {f.counted_over} | {plain(e.counts)} {plain(e.shares)} {plain(e.labels)} | "
            f"{plain(e.weights)} {plain(e.weighted)} {plain(e.weighted_labels)} | {e.yang} {e.yin} | {gods} | "
            f"{plain(f.void_day)} {plain(f.void_year)} {plain(f.samjae)} {plain(f.command)} | {plain(f.palaces)}"
        )


def record_relations() -> Iterator[str]:
    yield "# id: signs, element, whether beside each other, whether in season"
    for number, chart in numbered():
        rows = chart.facts.relations
        found = (f"{r.id}@{','.join(r.cells)}: {r.signs} {plain(r[-3:])}" for r in rows)
        yield f"{number} {' | '.join(found)}".rstrip()


def record_judgements() -> Iterator[str]:
    for number, chart in numbered():
        f = chart.facts
        yield f"{number} strength {f.strength.level} {plain(f.strength.score)} {plain(f.strength.strong)} {plain(f.strength.tests)}"
        yield f"{number} structure {plain(f.structure)}"
        yield f"{number} useful {plain(f.useful)} {plain(f.useful.chosen)}"
        if f.pillars.hour is None:
            yield f"{number} hours {plain(open_hour(f.pillars, f.schools))}"


def record_facts() -> Iterator[str]:
    yield "# checksums of the facts as JSON, part by part"
    for number, chart in numbered():
        parts = chart.facts.to_json().items()
        yield f"{number} {' '.join(f'{name}:{checksum(value)}' for name, value in parts)}"


EDGES = Path(__file__).with_name("edge_charts.txt")


def record_edge_charts() -> Iterator[str]:
    """Yield the facts of the charts in ``edge_charts.txt``: their judgements, and checksums of every part."""
    for line in EDGES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        signs, chosen, days = line.split("|")
        read = [read_pillar(word) for word in signs.split()]
        schools = Schools(**dict(word.split("=") for word in chosen.split()))
        f = facts(Pillars(*read, *(None,) * (4 - len(read))), schools, days_since_term=_number(days))  # type: ignore[arg-type]
        parts = " ".join(f"{name}:{checksum(value)}" for name, value in f.to_json().items())
        useful = " ".join(f"{c.method}:{ELEMENTS[c.element]}:{c.rule}" for c in f.useful.choices)
        yield (
            f"{line} | {f.strength.level} {plain(f.strength.score)} | {f.structure.key} {f.structure.rule} | "
            f"{f.useful.verdict} {useful} | {parts}"
        )


def _number(text: str) -> float | None:
    return float(text) if text.strip() else None


EVERY = 13
"""One in so many of the calendar's 518,400 charts is counted below."""


def record_counts() -> Iterator[str]:
    """Yield how often each judgement is made in some 40,000 charts from all over the calendar."""
    counts: Counter[str] = Counter()
    for number in range(0, 60 * 12 * 60 * 12, EVERY):
        rest, hour = divmod(number, 12)
        rest, day = divmod(rest, 60)
        year, month = divmod(rest, 12)
        # Months and hours run through the cycle without a break.
        pillars = Pillars(*(Pillar(n % 60) for n in (year, 12 * year + month + 2, day, 12 * day + hour)))
        held = forces(pillars)
        force = strength(pillars, held)
        followed = exceptional(pillars, held, force.score)
        pattern = structure(pillars, followed)
        choice = useful(pillars, held, force, followed)
        own = pillars.day.stem // 2
        counts[f"strength {force.level}"] += 1
        counts[f"structure {pattern.key} {pattern.rule}"] += 1
        counts[f"verdict {choice.verdict}"] += 1
        for method in choice.choices:
            counts[f"useful {method.method} {method.rule} {(method.element - own) % 5}"] += 1
    yield from (f"{name} {count}" for name, count in sorted(counts.items()))
