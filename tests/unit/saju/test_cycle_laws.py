"""Laws of the sexagenary cycle that hold for every birth there can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fortune.saju import Birth, Options, Pillar, cast, lunar, pillars_of
from fortune.saju.birth import CLOCKS, DAY_CHANGES
from fortune.saju.calendar.solar_terms import JEOL
from fortune.saju.cycle import BRANCHES, STEMS

zones = st.sampled_from(["Asia/Seoul", "America/New_York", "Australia/Sydney", "Europe/London", "UTC"])
options = st.builds(Options, clock=st.sampled_from(CLOCKS), day_change=st.sampled_from(DAY_CHANGES))


@st.composite
def births(draw: st.DrawFn) -> Birth:
    day = draw(st.dates(date(1900, 1, 2), date(2100, 12, 30)))
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    longitude = draw(st.floats(-180, 180))
    gender = draw(st.sampled_from(["male", "female"]))
    fold = draw(st.integers(0, 1))
    return Birth("solar", day.year, day.month, day.day, hour, minute, gender, longitude, draw(zones), fold)


@given(births(), options)
def test_stem_and_branch_share_their_parity(birth: Birth, chosen: Options) -> None:
    for _, pillar in pillars_of(birth, chosen).named():
        assert 0 <= pillar.index < 60
        assert pillar.stem % 2 == pillar.branch % 2


@given(births(), options)
def test_the_month_stem_follows_the_year(birth: Birth, chosen: Options) -> None:
    # 五虎遁: the month of 寅 is 丙 in 甲己 years, 戊 in 乙庚, 庚 in 丙辛, 壬 in 丁壬, 甲 in 戊癸.
    pillars = pillars_of(birth, chosen)
    tiger = STEMS.index("丙戊庚壬甲"[pillars.year.stem % 5])
    since_tiger = (pillars.month.branch - BRANCHES.index("寅")) % 12
    assert pillars.month.stem == (tiger + since_tiger) % 10


@given(births(), options)
def test_the_hour_stem_follows_the_day_that_began_at_23(birth: Birth, chosen: Options) -> None:
    # 五鼠遁: the hour of 子 is 甲 on 甲己 days, 丙 on 乙庚, 戊 on 丙辛, 庚 on 丁壬, 壬 on 戊癸.
    chart = cast(birth, chosen)
    assert chart.clock_time is not None and chart.pillars.hour is not None
    day = chart.pillars.day
    if chosen.day_change == "00:00" and chart.clock_time.hour == 23:
        day = day.step(1)
    rat = STEMS.index("甲丙戊庚壬"[day.stem % 5])
    assert chart.pillars.hour.stem == (rat + chart.pillars.hour.branch) % 10


@given(births())
def test_days_run_on_without_a_break(birth: Birth) -> None:
    told = datetime(birth.year, birth.month, birth.day, birth.hour or 0, birth.minute or 0, tzinfo=UTC)
    after = told + timedelta(days=1)
    pair = [
        pillars_of(Birth("solar", t.year, t.month, t.day, t.hour, t.minute, "male", birth.longitude, "UTC"))
        for t in (told, after)
    ]
    assert pair[1].day == pair[0].day.step(1)
    assert pair[1].hour == (pair[0].hour or Pillar(0)).step(12)


@given(births(), options)
def test_luck_steps_from_the_month_the_way_year_and_gender_say(birth: Birth, chosen: Options) -> None:
    chart = cast(birth, chosen)
    forward = (chart.pillars.year.stem % 2 == 0) == (birth.gender == "male")
    assert chart.luck.direction == ("forward" if forward else "backward")
    step = 1 if forward else -1
    assert chart.luck.pillars == tuple(chart.pillars.month.step(step * n) for n in range(1, 11))
    # The longest month (소서 to 입추) has 31.5 days, so nobody waits longer than eleven years.
    assert 1 <= chart.luck.start_age <= 11


@given(births())
def test_the_two_directions_share_the_month_between_them(birth: Birth) -> None:
    charts = [cast(replace(birth, gender=gender)) for gender in ("male", "female")]
    place = charts[0].term.place
    assert {chart.luck.direction for chart in charts} == {"forward", "backward"}
    assert sum(chart.luck.seconds for chart in charts) == JEOL[place + 1] - JEOL[place]


@given(st.dates(date(1900, 1, 31), date(2050, 12, 31)))
def test_a_lunar_date_comes_back_to_its_day(day: date) -> None:
    found = lunar.from_solar(day)
    assert lunar.to_solar(found.year, found.month, found.day, found.leap) == day
