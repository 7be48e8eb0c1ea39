"""A chart as plain text, to be handed to another tool: its letters and what follows from them, no birth and no name."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fortune.pages.charts.labels import place_word, sentence
from fortune.readings.facts.fact_sheet import statements_of
from fortune.saju import Chart


def chart_text(chart: Chart) -> str:
    """Return the text. Ages of the 대운 are in it, their dates and years are not."""
    return "\n".join(_lines(chart)) + "\n"


def _lines(chart: Chart) -> Iterator[str]:
    facts = chart.facts
    yield _("[사주 명식] 아래 글자를 다시 계산하지 말고 그대로 써 주세요.")
    for place, pillar in reversed(facts.pillars.named()):
        yield f"{place_word(place)}: {pillar.hanja} ({pillar.hangul})"
    if facts.pillars.hour is None:
        yield _("태어난 시각은 몰라요. 시주를 짐작하지 말아 주세요.")
    yield ""
    yield from (f"- {sentence(row)}" for row in statements_of(facts))
    yield ""
    decades = ", ".join(f"{decade.age} {decade.pillar.hanja}" for decade in chart.luck.decades)
    yield _("대운(시작 나이와 기둥): %(decades)s") % {"decades": decades}
