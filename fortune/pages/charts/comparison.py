"""Two charts beside each other: the hours a day may have, one birth under two schools, two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fortune.pages.charts.chart import CastingNotes, ChartView, casting_notes, chart_view
from fortune.pages.charts.details import StatementView, statement_view
from fortune.pages.charts.labels import english, name_of, sentence
from fortune.saju import CHOICES, Birth, Chart, Options, compare
from fortune.saju.match import Line, match
from fortune.saju.statements.match import SCORE, match_statements, rubric_words

CLOCKS = {"clock": ("mean", "standard", "apparent"), "day_change": ("23:00", "00:00")}


@dataclass(frozen=True, slots=True)
class HourRow:
    since: str
    until: str
    pillar: str
    reading: str
    god: str
    strength: str
    structure: str
    useful: str


@dataclass(frozen=True, slots=True)
class HoursView:
    """Every chart of a day.

    ``always`` holds the statements that are true in all of them; ``mostly`` those that are true besides while the
    year, month and day pillars are those of most of the day (before 23:00, that is).
    """

    rows: tuple[HourRow, ...]
    always: tuple[StatementView, ...]
    mostly: tuple[StatementView, ...]
    varying: int


def hours_view(birth: Birth, options: Options) -> HoursView:
    """Return the comparison for an unknown hour."""
    found = compare.hours(birth, options)
    rows = []
    for span in (*found.spans, *found.again):
        hour = span.pillars.hour
        column = span.facts.column("hour")
        assert hour is not None and column is not None  # every span has an hour
        rows.append(
            HourRow(
                span.since, span.until, hour.hanja, hour.hangul, name_of(column.stem_god),
                name_of(span.facts.strength.level), name_of(span.facts.structure.key),
                name_of(f"{('mok', 'hwa', 'to', 'geum', 'su')[span.facts.useful.roles[0]]}"),
            )
        )  # fmt: skip
    wanted = ("ilgan", "ten_god", "relation", "structure", "pillar")
    shown = [row for row in found.mostly if row.id.split(".")[0] in wanted]
    always = tuple(statement_view(row) for row in shown if row in found.always)
    mostly = tuple(statement_view(row) for row in shown if row not in found.always)
    return HoursView(tuple(rows), always, mostly, len(found.varying))


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """An option on which schools differ: its values, with the one chosen for the other side."""

    name: str
    label: str
    values: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Way:
    """One option set otherwise, and how many statements about the chart that changes."""

    name: str
    label: str
    value: str
    value_label: str
    count: int


@dataclass(frozen=True, slots=True)
class SchoolsView:
    """One birth under two sets of options. ``ways``: what would change it, the one that changes most first."""

    a: ChartView
    b: ChartView
    differing: frozenset[str]
    differences: tuple[DifferenceRow, ...]
    shared: int
    choices: tuple[OptionChoice, ...]
    ways: tuple[Way, ...]
    chosen: tuple[str, ...]
    same: bool


def other_options(options: Options, given: Mapping[str, str]) -> Options:
    """Return ``options`` changed by the choices for the other side; unknown names and values are ignored."""
    allowed = {**CLOCKS, **CHOICES}
    return replace(options, **{n: given[n] for n, values in allowed.items() if given.get(n) in values})


def schools_view(birth: Birth, options: Options, other: Options) -> SchoolsView:
    """Return one birth under two sets of options."""
    sides = compare.schools(birth, options, other)
    a, b = chart_view(sides.a.facts), chart_view(sides.b.facts)
    return SchoolsView(
        a,
        b,
        _differing(sides.a, sides.b),
        tuple(
            DifferenceRow(sentence(row.a) if row.a else "–", sentence(row.b) if row.b else "–")
            for row in sides.differences
        ),
        sides.shared,
        tuple(
            OptionChoice(
                name,
                _option_label(name),
                tuple((value, _value_label(name, value), getattr(other, name) == value) for value in values),
            )
            for name, values in {**CLOCKS, **CHOICES}.items()
        ),
        _ways(birth, options),
        tuple(f"{_option_label(name)}: {_value_label(name, value)}" for name, _, value in sides.options),
        options == other,
    )


def _ways(birth: Birth, options: Options) -> tuple[Way, ...]:
    """Return each option's other values that change anything. All of them together take about 12 ms."""
    found = []
    for name, values in {**CLOCKS, **CHOICES}.items():
        for value in values:
            other = replace(options, **{name: value})
            if differences := compare.schools(birth, options, other).differences:
                labels = _option_label(name), value, _value_label(name, value)
                found.append(Way(name, *labels, len(differences)))
    return tuple(sorted(found, key=lambda way: -way.count))


def _differing(a: Chart, b: Chart) -> frozenset[str]:
    """Return the cells that are not the same on both sides."""
    mine, theirs = dict(a.pillars.named()), dict(b.pillars.named())
    found = set()
    for place, pillar in mine.items():
        other = theirs.get(place)
        if other is None or other.stem != pillar.stem:
            found.add(f"{place}.stem")
        if other is None or other.branch != pillar.branch:
            found.add(f"{place}.branch")
    return frozenset(found)


def _option_label(name: str) -> str:
    return {
        "clock": _("시간 기준"),
        "day_change": _("하루가 바뀌는 때"),
        "sinsal_base": _("12신살 기준"),
        "stage_earth": _("토(戊己)의 12운성"),
        "stage_yin": _("음간의 12운성"),
        "hidden": _("지장간 목록"),
        "hidden_days": _("지장간 날수"),
        "yangin_yin": _("음간의 양인"),
        "cheoneul": _("경(庚)의 천을귀인"),
        "goegang": _("괴강 목록"),
        "structure": _("격국 정하기"),
        "useful": _("앞세우는 용신"),
    }.get(name, name)


def _value_label(name: str, value: str) -> str:
    return {
        ("clock", "mean"): _("지방평균시"), ("clock", "standard"): _("표준시"), ("clock", "apparent"): _("진태양시"),
        ("day_change", "23:00"): _("밤 11시"), ("day_change", "00:00"): _("자정"),
        ("sinsal_base", "year"): _("년지"), ("sinsal_base", "day"): _("일지"),
        ("stage_earth", "fire"): _("화토동궁"), ("stage_earth", "water"): _("수토동궁"),
        ("stage_yin", "reverse"): _("양순음역"), ("stage_yin", "together"): _("음양동생동사"),
        ("hidden", "monthly"): _("월률분야"), ("hidden", "plain"): _("인원용사"),
        ("hidden_days", "even"): _("7·7·16일"), ("hidden_days", "uneven"): _("연해자평 날수"),
        ("yangin_yin", "cap"): _("관대 자리"), ("yangin_yin", "peak"): _("제왕 자리"), ("yangin_yin", "none"): _("없음"),
        ("cheoneul", "ox"): _("축·미"), ("cheoneul", "tiger"): _("인·오"),
        ("goegang", "five"): _("다섯"), ("goegang", "four"): _("넷"), ("goegang", "six"): _("여섯"),
        ("structure", "revealed"): _("투출한 글자"), ("structure", "main"): _("정기"),
        ("useful", "eokbu"): _("억부"), ("useful", "johu"): _("조후"),
    }.get((name, value), value)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RubricBar:
    """A line of the score: ``points`` of ``out_of`` for ``finding``, and the cells it looks at."""

    title: str
    finding: str
    points: int
    out_of: int
    cells: str


@dataclass(frozen=True, slots=True)
class MatchView:
    """궁합: both tables, contacts in sentences, and the score with every line it is the sum of.

    ``seen`` is what each is to the other, one sentence each.
    """

    a: ChartView
    b: ChartView
    b_notes: CastingNotes
    seen: tuple[StatementView, ...]
    contacts: tuple[StatementView, ...]
    rubric: tuple[RubricBar, ...]
    score: int
    note: str


def match_view(a: Chart, b: Chart, *, name_a: str, name_b: str) -> MatchView:
    found = match(a.facts, b.facts)
    names = {"name_a": name_a or _("나"), "name_b": name_b or _("상대")}
    rows = [statement_view(row) for row in match_statements(found, **names)]
    return MatchView(
        chart_view(a.facts),
        chart_view(b.facts),
        casting_notes(b),
        tuple(row for row in rows if row.id.startswith("seen_by.")),
        tuple(row for row in rows if not row.id.startswith(("rubric.", "seen_by."))),
        tuple(_bar(line, **names) for line in found.rubric),
        found.score,
        SCORE[1] if english() else SCORE[0],
    )


def _bar(line: Line, name_a: str, name_b: str) -> RubricBar:
    title, finding = (words[english()] for words in rubric_words(line, name_a, name_b))
    return RubricBar(title, finding, line.points, line.out_of, " ".join(line.cells))
