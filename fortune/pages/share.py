"""The page of a shared link: a day pillar, a chart, or a chart with its text; never a birth moment or a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.streams import Run
from fortune.models import ShareLink, Shown
from fortune.pages.chart import ChartView, chart_view
from fortune.pages.labels import sentence
from fortune.pages.text import blocks_html
from fortune.readings.fact_sheet import statements_of
from fortune.saju import cast


@dataclass(frozen=True, slots=True)
class SharedPage:
    title: str
    identity: str
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
        next(sentence(found) for found in statements_of(facts) if found.id == "ilgan"),
        chart_view(facts),
        link.shown != Shown.DAY,
        blocks_html(row, run.text) if with_text and run is not None else SafeString(""),
        bool(run and run.provider == "classic"),
    )
