"""The page of one reading: its chart, its text in versions, and the actions it offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import streams
from core.limits.days import korean_day
from fortune.models import Kind, Reading, Topic
from fortune.pages.charts.gist import Gist, gist_of_day
from fortune.pages.charts.scene import SceneView, scene_view
from fortune.pages.parts import Parts, ReadingChart
from fortune.pages.text import (
    all_closed,
    all_open,
    blocks_html,
    evidence_word,
    section_count,
    unfinished_html,
)
from fortune.saju.cycle import Pillar, read_pillar


@dataclass(frozen=True, slots=True)
class TextView:
    """One version of the text.

    While it is being written, ``blocks`` and ``tail`` hold the text so far, and its stream continues after the
    event ``after``. ``evidence``: what opens to the facts that a block rests on. ``can_retry``: it can be continued, or written again after a failure; ``can_continue``: it could be,
    if it ended now.
    """

    status: str
    live: bool
    epoch: int
    versions: tuple[int, ...]
    blocks: SafeString
    tail: str
    after: str
    evidence: str
    source: str
    total: int
    by_rules: bool
    provider: str
    model: str
    engine: str
    prompt: str
    wait: bool
    can_retry: bool
    can_continue: bool
    written: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    id: str
    title: str
    parts: Parts
    gist: Gist
    scene: SceneView | None
    day: SafeString
    luck: SafeString
    text: TextView
    kind: str
    asked: str
    open_hour: bool


def text_view(reading: Reading, runs: Sequence[streams.Run], *, version: int | None, wait: bool) -> TextView:
    """Return the newest version, or the one asked for. ``runs``: all of them, the newest first."""
    run = next((row for row in runs if row.epoch == version), runs[0])
    by_rules = run.provider == "classic"
    blocks, tail, after = mark_safe(""), "", ""
    if not run.is_live:
        blocks = blocks_html(reading, run.text)
        if reading.kind == Kind.DAILY and run.status == streams.Status.DONE:
            blocks = all_closed(blocks)  # the day itself stands above it, on one screen
        elif run.status != streams.Status.DONE or reading.kind != Kind.FULL:
            blocks = all_open(blocks)
    elif not wait:
        text, after = streams.so_far(run)
        blocks, tail = unfinished_html(reading, text)
        blocks = all_open(blocks)
    return TextView(
        status=run.status,
        live=run.is_live,
        epoch=run.epoch,
        versions=tuple(sorted(row.epoch for row in runs)),
        blocks=blocks,
        tail=tail,
        after=after,
        evidence=evidence_word(reading),
        source=run.text,
        total=section_count(reading),
        by_rules=by_rules,
        provider=run.provider,
        model=run.model,
        engine=reading.engine_version,
        prompt=reading.prompt_version,
        wait=wait,
        can_retry=run.can_be_retried and run is runs[0],
        can_continue=run.retries < streams.RETRIES,
        written=date_format(korean_day(run.created_at), "DATE_FORMAT"),
    )


def reading_page(
    chart: ReadingChart,
    runs: Sequence[streams.Run],
    *,
    now: datetime,
    wait: bool = False,
    version: int | None = None,
    decade: int | None = None,
    year: int | None = None,
) -> ReadingPage:
    """Return everything the page shows. The chart is cast again from the stored birth and options."""
    reading, parts = chart.reading, chart.parts()
    day = read_pillar(parts.day)
    has_luck = reading.kind not in (Kind.MATCH, Kind.QUESTION)
    return ReadingPage(
        id=str(reading.id),
        title=title_of(reading, today=korean_day(now)),
        parts=parts,
        gist=_gist(reading, parts, day),
        scene=scene_view(day) if day and reading.kind != Kind.MATCH else None,
        day=chart.day(now=now),
        luck=chart.luck(now=now, decade=decade, year=year) if has_luck else mark_safe(""),
        text=text_view(reading, runs, version=version, wait=wait),
        kind=reading.kind,
        asked=reading.question,
        open_hour=reading.birth.hour is None,
    )


def _gist(reading: Reading, parts: Parts, mine: Pillar | None) -> Gist:
    """Return the line at the head of the page: of a day's reading the day's, else the person's."""
    if reading.kind == Kind.DAILY and reading.date and mine:
        return gist_of_day(mine.stem, reading.date)
    return Gist(parts.gist, parts.words)


def title_of(reading: Reading, *, today: date | None = None) -> str:
    """ "○○님의 사주", by kind. Without ``today`` no day is called "today" and no year "this year"."""
    name = reading.label
    if reading.kind == Kind.MATCH and name and reading.other_label:
        return _("%(a)s님과 %(b)s님의 궁합") % {"a": name, "b": reading.other_label}
    if reading.kind == Kind.FULL:
        return _("%(name)s님의 사주") % {"name": name} if name else _("나의 사주")
    what = describe(reading, today=today)
    return _("%(name)s님의 %(what)s") % {"name": name, "what": what} if name else what


def describe(reading: Reading, *, today: date | None = None) -> str:
    """Return the topic of a reading in a few words: "재물", "11월 26일의 운세", "2026년의 운세"."""
    day = reading.date
    if reading.kind == Kind.DAILY and day and day != today:
        form = "MONTH_DAY_FORMAT" if today and day.year == today.year else "DATE_FORMAT"
        return _("%(day)s의 운세") % {"day": date_format(day, form)}
    if reading.kind == Kind.YEAR and day and not (today and day.year == today.year):
        if today and day.year == today.year + 1:
            return _("%(year)s년 신년운세") % {"year": day.year}
        return _("%(year)s년의 운세") % {"year": day.year}
    return str(reading.get_topic_display() if reading.kind == Kind.TOPIC else reading.get_kind_display())


@dataclass(frozen=True, slots=True)
class TopicCard:
    value: str
    label: str
    about: str


def topic_cards() -> tuple[TopicCard, ...]:
    return _topic_cards(get_language())


@lru_cache(maxsize=8)
def _topic_cards(language: str | None) -> tuple[TopicCard, ...]:
    """Return the cards in the current language, which is ``language``."""
    about = {
        Topic.PERSONALITY: _("타고난 결과 장점, 다듬을 곳"),
        Topic.WEALTH: _("돈을 대하는 방식과 모으는 법"),
        Topic.CAREER: _("힘이 나는 자리와 일하는 방식"),
        Topic.LOVE: _("마음을 주고받는 방식"),
        Topic.HEALTH: _("몸과 마음의 리듬, 쉬는 법"),
        Topic.STUDY: _("잘 배우는 길과 집중하는 법"),
        Topic.COMPATIBILITY: _("나와 잘 맞는 사람, 함께하는 법"),
        Topic.TEACHER: _("교실에서 빛나는 나의 모습"),
    }
    return tuple(TopicCard(value, str(label), about[Topic(value)]) for value, label in Topic.choices)
