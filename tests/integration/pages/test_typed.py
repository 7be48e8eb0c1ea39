"""One table of what people type, through the form, the API and the command line alike."""

from __future__ import annotations

from functools import cache
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from fortune.forms.birth import BirthForm

pytestmark = pytest.mark.django_db

PLAIN = {"gender": "female", "birth_date": "1990-05-15", "birth_time": "14:30", "birth_place": "서울"}
FIELDS = {"date": "birth_date", "time": "birth_time", "place": "birth_place"}
# The way that is usual, and what else means the same.
READ = {
    "date 1990-05-15": (
        "19900515", "1990.5.15", "1990년 5월 15일", "1990-5-5".replace("5-5", "5-15"), "1990/05/15", "1990 5 15", "１９９００５１５",
        "900515", "90.5.15", "90년 5월 15일", "1990년5월15일생", "１９９０－０５－１５", "１９９０．５．１５", "1990–05–15",
        "1990−05−15", "1990\u00a05\u00a015", "\u200b1990-05-15\u200e", "1990-05-15T00:00", "1990-05-15T00:00:00.000Z",
        "'90.5.15", "90515", "900515-2", "900515-2******", "1990-0515", "1990 0515", "1990,5,15", "1990，5，15", "1990、5、15",
        "1990·5·15", "1990_05_15", "1990\\05\\15", "1990--05--15", "1990. 5. 15.", "1990/5/15/", "1990年5月15日", "양력 1990.5.15",
        "(양) 1990.5.15", "1990.5.15(양)", "1990년 5월 15일(화)", "1990.05.15 화요일", "서기 1990년 5월 15일", "90년생 5월 15일",
        "1990년 5월 15일 출생", "90년5월15일생입니다", "생년월일 1990.5.15", "May 15, 1990", "15 May 1990", "Tue, May 15 1990",
        "15/05/1990", "05/15/1990", "15.05.1990", "1990년 05월 15", "1990‑05‑15",
        "1990年5月15号", "1990⁄05⁄15", "1990•5•15", "1990‧5‧15", "1990년 5월 15일에 태어났어요", "1990년 5월 15일 태어남", "제 생일은 1990년 5월 15일이에요",
        "양력으로 1990년 5월 15일", "[양력] 1990.5.15", "출생: 1990.5.15", "DOB: 1990-05-15", "Born on May 15, 1990", "15th of May, 1990",
    ),
    "date 2000-03-02": ("000302", "00.3.2", "000302-4", "2000년 3월 2일", "00년 3월 2일생", "2000-3-2"),
    "time 14:30": (
        "1430", "14시 30분", "오후 2시 30분", "오후2:30", "14시반", "2:30 PM", "2:30pm", "PM 2:30", "14.30", "14：３０", "14:30:00",
        "14∶30", "14;30", "14,30", "14 30", "14h30", "14'30", "14시 30분 00초", "14시:30분", "오후 두시 반", "오후 두 시 삼십 분",
        "(오후) 2시 30분", "오후 230", "오후 0230", "낮 2시 반", "午後 2時 30分", "약 14시 30분", "14시 반쯤", "오후 2시 30분경",
        "오후 14시 30분", "2:30 p.m.", "143000",
        "두시반 오후", "2:30 오후", "14:30 (오후)", "2:30(오후)", "2:30 (PM)", "2:30 P.M", "열네시 삼십분", "14시 30분이에요", "14시 30분에 태어남",
        "14시30분생", "점심때 2시 반", "낮에 2시 30분", "오후에 2시 30분", "오후 2시 30분 정도", "下午 2点30分", "태어난 시간 14:30", "시간: 14:30",
    ),
    "time 02:30": ("0230", "02시 30분", "새벽 2시 반", "오전 2:30", "새벽 두시 반", "2:30 am", "새벽 2시 30분쯤", "午前 2時 半"),
    "time 12:30": ("오후 12시 30분", "낮 12시 반", "오후 0시 30분", "12:30 PM", "점심 12시 30분", "열두시 반", "1230"),
    "time 00:30": ("오전 12시 30분", "0시 30분", "새벽 0시 반", "12:30 am", "030", "밤 0시 30분", "새벽 12시 30분"),
    "time 23:00": ("밤 11시", "밤 열한시", "오후 11시", "늦은 밤 11시", "2300", "23시", "11 pm", "한밤중 11시", "스물세시", "심야 11시", "11시 밤"),
    "time 축시": ("丑時", "축 시", "축시쯤", "축시(01:30~03:30)"),
    "time 자시": ("子時", "子시", "자 시", "자시경"),
    "time 야자시": ("夜子時".replace("夜", "야"), "밤 자시"),
    "time ": ("모름", "몰라요", "시간 모름", "태어난 시간을 몰라요", "잘 모르겠어요", "미상", "unknown", "?"),
    "place suwon": ("수원", "수원시", "경기 수원시", "경기도 수원시", "수원시 영통구", "수원시영통구", "수원.", "Suwon", "수원특례시", "수원에서", "수원시에서 태어남", "경기도 수원시 팔달구 인계동 12"),
    "place busan": ("부산", "부산광역시", "부산직할시", "부산시", "busan", "ㅂㅅ", "한국 부산", "부산, 대한민국", "\u200b부산 "),
    "place daegu": ("대구직할시", "경북 대구시", "대구"),
    "place gwangju": ("광주", "광주직할시", "전남 광주", "전남 광주시"),
    "place gwangju-gyeonggi": ("경기도 광주시", "경기 광주", "광주군"),
    "place new-york": ("뉴욕", "미국 뉴욕", "New York, NY", "NYC", "뉴욕주"),
    "place los-angeles": ("LA", "LA, CA", "미국 LA", "엘에이", "로스엔젤레스"),
    "place tokyo": ("도쿄", "일본 도쿄", "동경", "Tokyo, Japan", "東京"),
    "place yeoju": ("여주군",), "place hwaseong": ("화성군",), "place yongin": ("용인군",), "place dangjin": ("당진군",),
    "place goyang": ("고양군", "일산"), "place jinju": ("진양군", "경남 진주"), "place gimcheon": ("금릉군",),
    "place yeongju": ("영풍군",), "place chuncheon": ("춘성군",), "place jecheon": ("제원군",), "place seogwipo": ("서귀포", "남제주군"),
    "place ulsan": ("경남 울산시", "울산직할시"), "place incheon": ("경기 인천", "인천직할시"), "place anyang": ("안양",),
    "place osaka": ("Osaka", "일본 오사카"), "place gangnam-seoul": ("강남구", "서울특별시 강남구 역삼동", "서울강남구"),
}  # fmt: skip
CASES = [(*key.partition(" ")[::2], typed) for key, ways in READ.items() for typed in ways]


def form(**changes: str) -> dict[str, str]:
    return PLAIN | {FIELDS[name]: value for name, value in changes.items()}


def through_form(typed: dict[str, str]) -> Any:
    bound = BirthForm(typed)
    assert bound.is_valid(), bound.errors
    assert bound.chart is not None
    return bound.chart.to_json()


def through_api(typed: dict[str, str]) -> Any:
    answer = Client().post("/fortune/api/chart/", typed)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def on_the_command_line(typed: dict[str, str], **options: Any) -> str:
    out, moment = StringIO(), [typed["birth_date"], typed["birth_time"]]
    call_command("saju", *moment, gender="female", place=typed["birth_place"], stdout=out, **options)
    return out.getvalue()


@cache
def as_usual(field: str, usual: str) -> tuple[Any, Any, str]:
    """Return what all three say to what is usually written. It is the same for all cases."""
    one = form(**{field: usual})
    return through_form(one), through_api(one), on_the_command_line(one)


@pytest.mark.parametrize(("field", "usual", "typed"), CASES)
def test_it_is_read_as_what_is_usually_written_and_everywhere_alike(field: str, usual: str, typed: str):
    other = form(**{field: typed})
    assert (through_form(other), through_api(other), on_the_command_line(other)) == as_usual(field, usual)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("date", "1990-13-01", "읽지 못했어요"), ("date", "어제", "읽지 못했어요"), ("date", "1990-02-30", "28일까지"),
        ("date", "1990111", "1990-11-01"), ("date", "91115", "1991-11-05"), ("date", "05/06/1990", "1990-06-05"),
        ("date", "1990-05-15T14:30", "읽지 못했어요"), ("date", "1899-12-31", "1900년부터"), ("date", "2101-01-01", "1900년부터"),
        ("date", "2099-01-01", "아직 오지 않은"), ("date", "19-05-2990", "1900년부터"), ("time", "25:00", "읽지 못했어요"),
        ("time", "14:60", "읽지 못했어요"), ("time", "14::30", "읽지 못했어요"), ("time", "한낮", "읽지 못했어요"), ("time", "자정", "24:00"), ("time", "밤 12시", "24:00"),
        ("time", "3~4시", "읽지 못했어요"), ("time", "오전 14시", "읽지 못했어요"), ("time", "10시 10분 전", "읽지 못했어요"),
        ("place", "미국", "도시를"), ("place", "일본", "도시를"), ("place", "대만", "도시를"), ("place", "United States", "도시를"),
        ("place", "韓國", "도시를"), ("place", "경기도", "시나 군을"), ("place", "전라도", "시나 군을"), ("place", "부싼", "혹시 부산"),
        ("place", "수언", "혹시 경기 수원시"), ("place", "Seol", "혹시 서울"), ("place", "고성", "강원 고성군, 경남 고성군"),
        ("place", "중구", "서울 중구"), ("place", "전남 없는곳", "찾지 못한"), ("place", "우리집", "찾지 못한"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_told_once_beside_its_field(field: str, typed: str, says: str):
    bad = form(**{field: typed})
    answer = Client().post("/fortune/api/chart/", bad)
    assert answer.status_code in (400, 422)
    (wrong,) = answer.json()["error"]["fields"].items()
    assert wrong[0] == FIELDS[field] and says in str(wrong[1])
    page = Client().post("/fortune/", bad)
    assert page.status_code == 422
    html = page.content.decode()
    assert html.count('class="field-error"') == 1 and f'id="id_{FIELDS[field]}-error"' in html
    checked = Client().post("/fortune/check/", bad).json()
    assert list(checked["problems"]) == [FIELDS[field]] and says in checked["problems"][FIELDS[field]]
    if "아직" not in says:  # a chart of a day to come may be cast on the command line
        with pytest.raises(CommandError):
            on_the_command_line(bad)


@pytest.mark.parametrize(
    ("typed", "calendar"),
    [("음력 1990.4.21", "lunar"), ("1990.4.21(음)", "lunar"), ("음 1990년 4월 21일", "lunar"), ("陰曆 1990年 4月 21日", "lunar"),
     ("2023년 윤2월 10일", "lunar_leap"), ("음력 윤달 2023.2.10", "lunar_leap"), ("2023.2.10(윤)", "lunar_leap")],
)  # fmt: skip
def test_a_calendar_that_is_written_beside_the_date_is_taken_or_asked_about(typed: str, calendar: str):
    chosen, date = form(date=typed), "2023-02-10" if "2023" in typed else "1990-04-21"
    assert through_form(chosen) == through_form(form(date=date) | {"calendar": calendar})
    assert through_form(chosen | {"calendar": calendar}) == through_form(chosen)
    asked = BirthForm(chosen | {"calendar": "solar"})
    assert list(asked.errors) == ["calendar"]
    assert on_the_command_line(chosen, calendar=calendar)
    with pytest.raises(CommandError, match="--calendar"):
        on_the_command_line(chosen)


@pytest.mark.parametrize(("typed", "later"), [("2시", "오후 2:00인가요?"), ("두시 반", "오후 2:30인가요?"), ("230", "오후 2:30인가요?"), ("9", "오후 9:00인가요?")])  # fmt: skip
def test_an_hour_with_two_meanings_is_said_at_once_and_the_other_offered(typed: str, later: str):
    said = Client().post("/fortune/check/", form(time=typed)).json()
    assert "오전" in said["understood"]
    assert said["other"]["words"] == later


def test_the_place_that_was_understood_is_said_where_another_name_was_typed():
    def said(place: str) -> Any:
        return Client().post("/fortune/check/", form(place=place)).json()

    assert said("여주군")["place"] == "경기 여주시의 경도로 봐요."
    assert said("경기 여주시")["place"] == ""
    misspelt = said("부싼")
    assert "혹시 부산" in misspelt["problems"]["birth_place"] and "오후 2:30" in misspelt["understood"]


def test_the_check_of_a_form_on_its_way_says_what_was_read():
    assert Client().post("/fortune/check/", form(date="900515", time="오후 2시 반")).json()["understood"] == (
        "1990년 5월 15일 화요일 · 오후 2:30 · 미시"
    )
