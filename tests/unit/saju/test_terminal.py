"""``manage.py saju`` for people: the whole chart in a terminal."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from fortune.management.commands.saju import Command
from fortune.saju import Birth, cast
from fortune.saju.glossary import ko
from fortune.saju.terminal.report import report

from .charts import STARS


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, **options: object) -> str:
    call_command(Command(), *arguments, **options)
    return capsys.readouterr().out


def test_the_whole_chart_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "1988-10-09", "03:20", gender="female").splitlines()
    for wanted in (
        "한로(1988-10-08 11:44:29)에서",  # the 절 on the clock of the birthplace
        "辛          丁          壬          戊",
        "癸辛己      庚辛        辛丁戊      乙癸戊",
        "묘(양)      장생(장생)  양(관대)    쇠(관대)",
        "벽상토      산하화      대해수      대림목",
        "공망(년)    공망(일)",
        "오행 목 0 (2.7%), 화 1 (11.8%), 토 4 (39.1%), 금 2 (32.3%), 수 1 (14.1%), 양 4 음 4",
        "득령 × 득지 × 득시 × 득세 ×",
        "상관격",
        "용신 목 희신 수 기신 금 구신 토 한신 화",
        "월주 신살: 낙정, 백호, 괴강, 천문성",
        "월지·일지 戌酉 해",
        "명궁 戊午, 신궁 甲子, 태원 癸丑",
        "대운 역행, 1세부터",
        "보정: 태어난 곳의 경도 126.978도에 맞췄어요 (−32.08분).",
    ):
        assert any(wanted in line for line in lines), wanted


def test_every_star_of_a_chart_is_named_in_its_line() -> None:
    chart = cast(Birth("solar", 1990, 5, 15, 12, 0))
    text = report(chart, colours=False)
    assert {star.key for star in chart.facts.stars} <= set(STARS)
    assert all(ko(star.key) in text for star in chart.facts.stars)


def test_without_an_hour_the_ages_are_a_range_and_nothing_is_judged_of_the_hour(
    capsys: pytest.CaptureFixture[str],
) -> None:
    born = Birth("solar", 1990, 5, 16, gender="female")
    low, high = cast(born).luck.start_age_range or (0, 0)
    assert high == low + 1
    text = shown(capsys, "1990-05-16", gender="female")
    assert f"대운 역행, {low}세나 {high}세부터" in text
    assert "득시 ?" in text and "시주" not in text.split("주의")[0]


def test_candidates_show_their_own_luck(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "2024-02-04", gender="female")
    assert "후보: 癸卯 乙丑, 대운 순행" in text and "후보: 甲辰 丙寅, 대운 역행" in text


def test_a_place_may_be_given_by_longitude_and_zone(capsys: pytest.CaptureFixture[str]) -> None:
    here = shown(
        capsys, "2024.2.4", "04:00", "--longitude=-74.006", gender="male", timezone="America/New_York"
    )
    assert here == shown(capsys, "20240204", "04:00", gender="male", place="뉴욕")


def test_another_school_may_be_followed(capsys: pytest.CaptureFixture[str]) -> None:
    common = shown(capsys, "1990-05-15", "10:00", gender="male")
    other = shown(
        capsys, "1990-05-15", "10:00", "--school=useful=johu", "--school=hidden=plain", gender="male"
    )
    assert "조후용신을 앞세우면" in other and "억부용신을 앞세우면" in common
    assert "己丁" in other and "丙己丁" not in other
    with pytest.raises(CommandError, match=r"sinsal_base=year\|day"):
        call_command(Command(), "1990-05-15", "--school=sinsal_base=hour", gender="male")
    with pytest.raises(CommandError, match="stage_earth"):
        call_command(Command(), "1990-05-15", "--school=nothing", gender="male")


def test_a_refusal_names_what_exists() -> None:
    with pytest.raises(CommandError, match="2023-윤02"):
        call_command(Command(), "2023-03-01", "10:00", gender="male", calendar="lunar_leap")
    with pytest.raises(CommandError, match="시간대"):
        call_command(Command(), "1990-05-15", gender="male", longitude=127.0, timezone="Seoul")
