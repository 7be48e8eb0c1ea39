"""The page's statements about an unknown hour are true for every hour they are about."""

from __future__ import annotations

from fortune.pages.charts.comparison import hours_view
from fortune.saju import Birth, Options, compare

DATE = Birth("solar", 1990, 5, 15)


def test_what_holds_whatever_the_hour_leaves_out_the_day_pillar() -> None:
    # A birth after 23:00 of the local clock has the next day's pillar.
    view = hours_view(DATE, Options())
    assert [row.id for row in view.always] == ["pillar.year", "pillar.month"]
    assert {"pillar.day", "ilgan", "ten_god.month.stem"} <= {row.id for row in view.mostly}


def test_every_chart_of_the_day_has_its_row() -> None:
    found = compare.hours(Birth("solar", 1955, 9, 8))
    view = hours_view(Birth("solar", 1955, 9, 8), Options())
    assert len(view.rows) == len(found.spans) + len(found.again)
    assert not {"pillar.day", "ilgan"} & {row.id for row in view.always}
