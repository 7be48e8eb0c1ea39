from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fortune.saju import Birth, Options, SajuError, cast, compare, pillars_of, places
from fortune.saju.statements.chart import statements

DATE = Birth("solar", 1990, 5, 15)
TERM_DAY = Birth("solar", 2024, 2, 4)
SUMMER_TIME_ENDS = Birth("solar", 1988, 10, 9)
HALF_HOUR_ZONE = Birth("solar", 1955, 9, 8)
SUMMER_TIME_BEGINS = Birth("solar", 1988, 5, 8)
ZONE_MOVES = Birth("solar", 1961, 8, 10)


def minute_by_minute(birth: Birth, options: Options) -> list[tuple[str, str]]:
    """Return the spans found the slow way, minute by minute."""
    found: list[tuple[str, str]] = []
    last = None
    for minute in range(24 * 60):
        pillars = pillars_of(replace(birth, hour=minute // 60, minute=minute % 60), options)
        text = f"{minute // 60:02d}:{minute % 60:02d}"
        if pillars != last:
            found.append((text, text))
        found[-1] = (found[-1][0], text)
        last = pillars
    return found


@pytest.mark.parametrize(
    "birth", [DATE, TERM_DAY, SUMMER_TIME_BEGINS, SUMMER_TIME_ENDS, HALF_HOUR_ZONE, ZONE_MOVES]
)
@pytest.mark.parametrize("options", [Options(), Options(clock="standard", day_change="00:00")])
def test_the_spans_of_a_day_are_those_found_minute_by_minute(birth, options):
    found = compare.hours(birth, options)
    assert [(span.since, span.until) for span in found.spans] == minute_by_minute(birth, options)


@given(
    st.dates(date(1912, 1, 2), date(2050, 12, 30)) | st.dates(date(1948, 5, 1), date(1961, 9, 1)),
    st.sampled_from([place for place in places.ALL if place.timezone != "Asia/Seoul"])
    | st.just(places.ALL[0]),
    st.sampled_from(["mean", "standard", "apparent"]),
    st.sampled_from(["23:00", "00:00"]),
)
def test_an_unknown_hour_names_every_day_pillar_of_the_day(day, place, clock, day_change):
    birth = Birth("solar", day.year, day.month, day.day, None, None, "male", place.longitude, place.timezone)
    options = Options(clock=clock, day_change=day_change)
    try:
        chart = cast(birth, options)
    except SajuError:
        return  # a date that the place skipped
    found = compare.hours(birth, options)
    spans = (*found.spans, *found.again)
    assert {span.pillar for span in chart.days} == {span.pillars.day for span in spans}
    told = "".join(warning.message for warning in chart.warnings)
    assert all(span.pillar == chart.pillars.day or span.pillar.hanja in told for span in chart.days)


def test_an_ordinary_day_has_the_twelve_hours_and_the_midnight_hour_at_both_ends():
    spans = compare.hours(DATE, Options(clock="standard")).spans
    assert len(spans) == 13
    branches = [span.pillars.hour.branch for span in spans if span.pillars.hour]
    assert branches == [*range(12), 0]
    first, last = spans[0].pillars, spans[-1].pillars
    assert last.day == first.day.step(1)


def test_the_solar_term_within_a_day_gets_its_own_span():
    spans = {span.since: span.pillars for span in compare.hours(TERM_DAY).spans}
    assert spans["17:28"].year.hanja + spans["17:28"].month.hanja == "甲辰丙寅"
    assert spans["15:33"].year.hanja + spans["15:33"].month.hanja == "癸卯乙丑"


def test_a_repeated_hour_is_asked_a_second_time():
    # On 1955-09-08 23:00 to 23:59 came again; only then was it past 23:00 by the local clock.
    found = compare.hours(HALF_HOUR_ZONE)
    assert "癸酉" not in {span.pillars.day.hanja for span in found.spans}
    assert [(s.since, s.until, s.pillars.day.hanja) for s in found.again][-1] == ("23:03", "23:59", "癸酉")
    assert found.again[0].since == "23:00"
    assert "pillar.day" in found.varying
    assert "pillar.day" not in {row.id for row in found.always}
    assert compare.hours(replace(HALF_HOUR_ZONE, fold=1)) == found
    assert compare.hours(DATE).again == ()


def test_always_is_exactly_what_every_span_says():
    found = compare.hours(DATE)
    sides = [{row.id: row for row in statements(span.facts)} for span in found.spans]
    for row in found.always:
        assert all(side[row.id] == row for side in sides)
    for name in found.varying:
        assert len({side.get(name) for side in sides}) > 1
    assert {row.id for row in found.always} | set(found.varying) == {name for side in sides for name in side}


def test_what_mostly_holds_includes_the_day_and_month_pillars():
    ids = {row.id for row in compare.hours(DATE).mostly}
    assert {"pillar.year", "pillar.month", "pillar.day", "ten_god.month.stem", "stage.day"} <= ids
    assert "pillar.hour" not in ids
    always = {row.id for row in compare.hours(DATE).always}
    assert always <= ids
    assert "pillar.day" not in always


def test_a_lunar_birth_is_compared_on_its_solar_day():
    lunar = compare.hours(Birth("lunar", 2024, 8, 15))
    assert lunar.spans == compare.hours(Birth("solar", 2024, 9, 17)).spans


def test_a_date_that_does_not_exist_is_refused():
    with pytest.raises(SajuError):
        compare.hours(Birth("solar", 2023, 2, 30))


def test_two_schools_differ_where_their_options_say():
    birth = replace(DATE, hour=12, minute=0)
    sides = compare.schools(birth, Options(), Options(sinsal_base="day"))
    assert sides.options == (("sinsal_base", "year", "day"),)
    assert {row.id.split(".")[0] for row in sides.differences} == {"sinsal12"}
    assert sides.shared + len(sides.differences) == len(statements(sides.a.facts))


def test_the_two_midnight_rules_part_on_the_day_pillar():
    birth = Birth("solar", 2024, 6, 15, 23, 50)
    sides = compare.schools(birth, Options(), Options(day_change="00:00"))
    assert (sides.a.pillars.day.hanja, sides.b.pillars.day.hanja) == ("辛亥", "庚戌")
    assert sides.a.pillars.hour == sides.b.pillars.hour
    day = next(row for row in sides.differences if row.id == "pillar.day")
    assert day.a
    assert day.b
    assert day.a.text_ko != day.b.text_ko


def test_a_statement_of_one_side_only_stands_alone():
    birth = Birth("solar", 2024, 6, 15, 23, 50)
    sides = compare.schools(birth, Options(), Options(day_change="00:00"))
    assert any(row.a is None for row in sides.differences)
    assert any(row.b is None for row in sides.differences)


def test_the_same_options_differ_in_nothing():
    sides = compare.schools(replace(DATE, hour=12, minute=0), Options(), Options())
    assert sides.differences == ()
    assert sides.options == ()
