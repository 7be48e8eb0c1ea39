"""The pages of a shared link: a day pillar, a chart, or a chart with its text; never a birth moment or a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.streams import Run
from fortune.models import ShareLink, Shown
from fortune.pages.charts.chart import ChartView, chart_view
from fortune.pages.charts.interactions import Interaction, interactions
from fortune.pages.charts.scene import SceneView, scene_view
from fortune.pages.text import blocks_html
from fortune.readings import texts
from fortune.saju import Chart, cast
from fortune.saju.cycle import Pillar
from fortune.saju.derive.basics import ten_god


@dataclass(frozen=True, slots=True)
class SharedPage:
    title: str
    scene: SceneView
    chart: ChartView
    whole: bool
    blocks: SafeString
    by_rules: bool


def shared_page(link: ShareLink, runs: Sequence[Run]) -> SharedPage:
    """Return the page of a link. ``runs``: the versions of the reading's text."""
    row = link.reading
    facts = cast(row.birth, row.options).facts
    run = next((run for run in runs if run.epoch == link.epoch), None)
    with_text = link.shown == Shown.READING and run is not None and not run.is_live
    return SharedPage(
        _("함께 보는 사주"),
        scene_view(facts.pillars.day),
        chart_view(facts),
        link.shown != Shown.DAY,
        blocks_html(row, run.text) if with_text and run is not None else SafeString(""),
        bool(run and run.provider == "classic"),
    )


def day_of(link: ShareLink) -> Pillar:
    """Return the day pillar that a link shows, whatever else it shows."""
    return cast(link.reading.birth, link.reading.options).facts.pillars.day


@dataclass(frozen=True, slots=True)
class MeetingView:
    """How a visitor's chart meets the day pillar of a link: of the sender nothing else is used."""

    mine: SceneView
    theirs: SceneView
    they_to_me: str
    me_to_them: str
    contacts: tuple[Interaction, ...]


def meeting_view(mine: Chart, theirs: Pillar) -> MeetingView:
    """Return how two people meet, seen from the visitor."""
    language = "en" if (get_language() or "ko").startswith("en") else "ko"
    day = mine.pillars.day

    def other(from_stem: int, to_stem: int) -> str:
        return texts.text(language, f"gods.{ten_god(from_stem, to_stem)}.other")

    return MeetingView(
        scene_view(day),
        scene_view(theirs),
        other(day.stem, theirs.stem),
        other(theirs.stem, day.stem),
        interactions(mine.pillars, theirs),
    )
