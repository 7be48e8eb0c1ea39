"""Entries read and refused, and the tables that no birth shows whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from fortune.saju import Birth, Options, SajuError, cast, lunar, places
from fortune.saju.calendar.pillars import ipchun_on, last_second, month_pillars, months, year_on
from fortune.saju.calendar.solar_terms import NAMES, instant_of
from fortune.saju.calendar.written import Ambiguous, is_unknown, named_calendar, read_date, read_time
from fortune.saju.cycle import pillar, read_pillar
from fortune.saju.korean import branch_ko, josa, signs_ko, stem_ko
from fortune.saju.terminal.jsonl import answer

from .writing import plain

_YEARS = (1900, 1901, 1911, 1948, 1961, 1984, 1988, 2000, 2024, 2050, 2051, 2099, 2100)


def record_year_tables() -> Iterator[str]:
    yield "# a year's 입춘, months (절 and pillar, beginning) and terms; around each edge the year to which a day belongs"
    for year in _YEARS:
        found = months(year)
        rows = " ".join(f"{m.number}{m.term}{m.pillar.hanja}{m.since}" for m in found)
        yield f"{year} {ipchun_on(year)} {rows} {found[-1].until} {plain(month_pillars(year))}"
        yield f"{year} {' '.join(f'{name}{instant_of(year, name)}' for name in NAMES)}"
        days = [ipchun_on(year) + timedelta(days=step) for step in (-1, 0, 1)]
        yield f"{year} {' '.join(f'{day} {year_on(day)} {last_second(day)}' for day in days)}"


def record_lunar_months() -> Iterator[str]:
    yield "# a lunar year: its 윤달 | days of the months and of the 윤달 | solar dates of the first and of the last day"
    for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1):
        leap = lunar.leap_month(year)
        names = [(month, False) for month in range(1, 13)] + ([(leap, True)] if leap else [])
        names = [name for name in names if not (year == lunar.LAST_YEAR and name[0] == 12)]
        days = [lunar.month_days(year, *name) for name in names]
        last = len(names) - (2 if leap else 1)
        ends = lunar.to_solar(year, 1, 1), lunar.to_solar(year, *names[last][:1], days[last])
        back = [lunar.from_solar(day) for day in ends]
        yield f"{year} {plain(leap)} | {plain(days)} | {ends[0]} {ends[1]} {back[0]} {back[1]}"


REFUSED = (
    {"calendar": "moon"}, {"gender": "other"}, {"longitude": 180.01}, {"longitude": -180.01}, {"longitude": float("nan")},
    {"longitude": float("inf")}, {"fold": 2}, {"fold": -1}, {"hour": None}, {"minute": None}, {"hour": 24}, {"hour": -1},
    {"minute": 60}, {"minute": -1}, {"year": 1899}, {"year": 2101}, {"month": 0}, {"month": 13}, {"day": 0}, {"day": 32},
    {"month": 2, "day": 29}, {"year": 1996, "month": 2, "day": 30}, {"month": 4, "day": 31}, {"timezone": "Seoul"},
    {"timezone": "x" * 50}, {"calendar": "lunar", "year": 1899}, {"calendar": "lunar", "year": 2051},
    {"calendar": "lunar", "month": 0}, {"calendar": "lunar", "month": 13}, {"calendar": "lunar", "day": 0},
    {"calendar": "lunar", "day": 30}, {"calendar": "lunar", "day": 31}, {"calendar": "lunar", "year": 2050, "month": 11, "day": 18},
    {"calendar": "lunar", "year": 2050, "month": 11, "day": 19}, {"calendar": "lunar", "year": 2050, "month": 12, "day": 1},
    {"calendar": "lunar_leap"}, {"calendar": "lunar_leap", "month": 6}, {"calendar": "lunar_leap", "year": 1991},
    {"calendar": "lunar_leap", "year": 1900}, {"calendar": "lunar_leap", "year": 2050, "month": 3},
    {"calendar": "lunar_leap", "year": 2049}, {"calendar": "lunar_leap", "year": 1900, "month": 8, "day": 30},
    {"calendar": "lunar_leap", "year": 1901}, {"calendar": "lunar_leap", "year": 1899}, {"calendar": "lunar_leap", "year": 2051},
    {"longitude": 180.0}, {"longitude": -180.0},
    {"year": 2011, "month": 12, "day": 30, "hour": None, "minute": None, "timezone": "Pacific/Apia", "longitude": -171.76},
)  # fmt: skip


def record_refusals() -> Iterator[str]:
    """Yield the answers to births that can't be, and to a few at the very edge that can."""
    birth = Birth("solar", 1990, 5, 15, 12, 30)
    for changes in REFUSED:
        try:
            found = plain(cast(replace(birth, **changes)).pillars)  # type: ignore[arg-type]
        except SajuError as error:
            found = f"{error.code} {error.message} {plain(error.alternatives)}"
        yield f"{plain(changes)} | {found}"
    for changes in ({"clock": "sun"}, {"day_change": "12:00"}, {"goegang": "seven"}):
        try:
            yield plain(Options(**changes))
        except ValueError as error:
            yield f"{plain(changes)} | {error}"


_BORN = {"id": 1, "calendar": "solar", "date": "1990-05-15", "time": "12:00", "gender": "male"}
_GIVEN = {"year": "庚午", "month": "辛巳", "day": "庚辰", "hour": "壬午"}
CHANGES = (
    {"id": 1.5}, {"id": True}, {"id": None}, {"id": [1]}, {"id": {"a": 1}}, {"id": float("nan")}, {"id": "가"},
    {"calendar": None}, {"date": None}, {"gender": None}, {"calendar": 1}, {"calendar": "moon"}, {"gender": "x"},
    {"date": ""}, {"date": "1990-5-15"}, {"date": "1990.5.15"}, {"date": "1990/5/15"}, {"date": "19900515"},
    {"date": "1990-5.15"}, {"date": "900515"}, {"date": "1990-5"}, {"date": 19900515}, {"date": "1990-05-32"},
    {"time": "9:00"}, {"time": "09:5"}, {"time": "24:00"}, {"time": "23:60"}, {"time": 9}, {"time": "1200"},
    {"clock": "standard"}, {"clock": "apparent"}, {"clock": "sun"}, {"clock": 1}, {"day_change": "00:00", "time": "23:50"},
    {"day_change": "0:00"}, {"longitude": 180}, {"longitude": -180}, {"longitude": 180.001}, {"longitude": -180.001},
    {"longitude": "127"}, {"longitude": True}, {"longitude": 0}, {"longitude": float("nan")}, {"longitude": float("inf")},
    {"fold": 0}, {"fold": 1}, {"fold": 2}, {"fold": -1}, {"fold": True}, {"fold": 1.0}, {"fold": "1"}, {"timezone": 9},
    {"timezone": "Seoul"}, {"calendar": "lunar_leap"}, {"calendar": "lunar", "date": "1990-04-30"},
    {"pillars": None}, {"pillars": []}, {"pillars": 1}, {"pillars": {}}, {"pillars": _GIVEN},
    {"pillars": {**_GIVEN, "hour": None}}, {"pillars": {**_GIVEN, "hour": "癸午"}}, {"pillars": {**_GIVEN, "day": None}},
    {"pillars": {**_GIVEN, "year": "경오", "month": "신사"}}, {"pillars": {**_GIVEN, "month": "壬午"}},
    {"pillars": {**_GIVEN, "hour": "癸未"}}, {"pillars": {**_GIVEN, "hour": "壬子"}}, {"pillars": {**_GIVEN, "hour": "甲子"}},
    {"pillars": _GIVEN, "gender": None}, {"pillars": _GIVEN, "gender": "female"}, {"pillars": _GIVEN, "gender": "x"},
    {"pillars": {**_GIVEN, "hour": "戊子", "day": "庚辰"}, "day_change": "00:00"}, {"pillars": {**_GIVEN, "hour": 1}},
    {"pillars": {"year": "戊辰", "month": "壬戌", "day": "丁未", "hour": "辛丑"}}, {"pillars": _GIVEN, "clock": "sun"},
)  # fmt: skip
LINES = (
    b"",
    b"{",
    b"[]",
    b"1",
    b"null",
    b'"a"',
    b"\xff",
    b"{}",
    b'{"id":1}',
    b"[" * 60000,
    b"x" * 65536,
    b"x" * 65537,
)


def record_requests() -> Iterator[str]:
    """Yield the answers to requests that differ from a plain one, and to lines that are none."""
    for changes in CHANGES:
        found = json.loads(answer(json.dumps({**_BORN, **changes}).encode()))
        kept = {
            name: part
            for name, part in found.items()
            if name in ("id", "error", "pillars", "warnings", "dates")
        }
        if "pillars" in changes:
            kept["luck"] = found.get("luck")
        yield f"{plain(changes)} | {json.dumps(kept, ensure_ascii=False)}"
    for line in LINES:
        yield f"{len(line)} {line[:10]!r} | {answer(line).decode()}"


PLACES = """
서울/서울시/서울특별시/ seoul /Seoul/부산/부싼/부/수원/수언/수원시/경기 수원/경기도 수원시 영통구/수원시영통구/수원시 영통구 매탄동/ㅅㅇ/ㅅㅇㅅ/ㅂㅅ
광주/전남 광주/전라남도 광주시/경기 광주/광주시/고성/강원 고성/경남 고성군/경남 울산/여주군/여주/중구/서울 중구/강남/강남구/강서/jeju/Jeju/제주도
제주특별자치도 제주시/세종/세종특별자치시/충청북도 청주시/청주/청원군/여의도/분당/New York/new york/new-york/뉴욕/미국 뉴욕/뉴욕에서 태어났어요/서울 출생
서울에서/LA/Los Angeles, CA/로스앤젤레스/San Francisco/sao paulo/São Paulo/東京/도쿄/일본 도쿄/일본/미국/usa/한국/대한민국/경기/경기도/충청도/전라 경상
강원도/평양/함흥/개성/베이징/Paris/ＳＥＯＵＬ/서울,강남/서울 (강남)/'서울'/·/./a/가나다라/xyzzy/london uk/시드니/호주 시드니/독도/울릉/울릉군/군/시 군
부천/부천시 소사구/마산/창원시 마산합포구/진해/이리/송탄/인천직할시/인천 강화/강화군/강화/대구 군위/군위/달성/해운대/부산 해운대/부산해운대/경주/경쥬/겅주
대전광역시 유성/평택/평택시 송탄/성남 분당/고양시 일산동구/일산/서울 부산/부산 서울/경남/경남 없음/없음 부산/ㄱㄴ/ㄱㅁ ㅅㅇ/se/seo/eou/ok/rio/yo/york
Kyiv/키예프/우루무치/카트만두/사이판/괌/하와이/호놀룰루/알마티/타슈켄트/동/남/서/ade/aba/changnyeong, gyeongnax/uijeongbu,gyeonggixy/서울ᄋ/서울서울서울서울서울서울서울서울서울서울서울서울서울서울서울서울서울서울서울서울서울
"""


def _entries(text: str) -> list[str]:
    return [entry for line in text.strip("\n").split("\n") for entry in line.split("/")]


def record_places() -> Iterator[str]:
    yield "# what is typed | the place that is meant, or why none is | the first that are found | one letter away"
    for text in _entries(PLACES):
        try:
            found = places.read(text).slug
        except places.Unplaced as error:
            found = f"{error.code} {plain(place.slug for place in error.near)}"
        near = places.closest(text)
        first = " ".join(place.slug for place in places.search(text, limit=6))
        yield f"{text} | {found} | {first} | {near.slug if near else '-'}"
    for spaces in (57, 58, 59):
        yield f"{spaces} {plain(place.slug for place in places.search(' ' * spaces + '수원', 3))}"
    for limit in (-1, 0, 1, 2):
        yield f"{limit} {plain(place.slug for place in places.search('seoul', limit))}"


DATES = """
1990-05-15|1990-5-5|1990.5.15|1990. 5. 15.|1990/5/15|1990년 5월 15일|1990년5월15일생|90년 5월 15일|'90.5.15|90.5.15|900515|19900515|1990515|1990115
19901115|1990111|1990123|90515|90111|901112|199011|190111|200101|199099|0515|900515-1234567|900515-3******|900515-2|000515-4|900515-9|May 15, 1990|15 May 1990|15th of May 1990
sept 3 2001|5/15/1990|15/5/1990|5/6/1990|5/5/1990|13.13.1990|음력 1990.4.21|음 90.4.21|양력 1990-05-15|(음) 1990.4.21|1990.4.21 (음력)|음력 윤5월|음력 1990년 윤5월 3일
1990.윤5.3|윤달 1990.5.3|생년월일: 1990-05-15|생일은 1990.5.15|제 생일 1990.5.15|출생 1990.5.15|1990-05-15 (화)|1990-05-15 화요일|Tue, 15 May 1990|1990-05-15T00:00:00Z
1990-05-15 00:00:00|1990-05-15T00:00:00+09:00|1990 05 15|1990,5,15|1990_05_15|1990-0515|90-0515|1990년 0515|2026-11-29|26-11-29|27.1.1|26.1.1|00.1.1|99.12.31|1990-00-15|1990-13-15
1990-05-00|1990-05-32|1990-05-31|1990-12-01|1990-01-01|1799111|1800111|2200111|2201111|1990-5|1990|15|어제||1990년 5월 15일 태어났어요|1990.5.15에 태어남|서기 1990년 5월 15일
dob 1990-05-15|born on May 5 1990|１９９０年５月１５日|1990—05—15|1990‧5‧15|1990-05-15 출생입니다|1990 5월 15|1990.5월.15|12345678901234567890
""".replace("\n", "|")


def record_dates() -> Iterator[str]:
    for text in DATES.strip("|").split("|"):
        try:
            found = plain(read_date(text, latest_year=2026))
        except Ambiguous as error:
            found = f"either {error}"
        yield f"{text} | {found} | {named_calendar(text) or '-'}"
    for latest in (1999, 2000, 2099, 2100):
        yield f"{latest} {' '.join(plain(read_date(text, latest_year=latest)) for text in ('00-1-1', '99-1-1', '010203'))}"


TIMES = """
12:00|09:05|9:05|9시|9시 5분|9시5분|9시 반|오전 9시|오후 9시|오후 9시 반|오후 12시|오전 12시|오전 0시|오후 0시|오후 13시|오후 14시|오후 24시|오전 13시|오전 14시|새벽 0시|새벽 1시|새벽 6시|새벽 7시
새벽 12시|새벽 13시|아침 3시|아침 4시|아침 11시|아침 12시|저녁 3시|저녁 4시|저녁 11시|저녁 12시|저녁 18시|밤 0시|밤 1시|밤 4시|밤 5시|밤 6시|밤 11시|밤 11시 30분|밤 12시|밤 12시 10분|밤 12시 반|밤 13시|밤 23시|밤 24시
낮 0시|낮 1시|낮 5시|낮 6시|낮 11시|낮 12시|낮 12시 30분|낮 17시|낮 18시|점심 1시|한낮 2시|초저녁 7시|한밤 11시|한밤중 11시|심야 11시|오밤중 2시|이른 아침 6시|정오|자정|noon|midnight|낮12시|0시|1시|11시|12시|13시
23시|24시|24:00|24:01|25시|25:00|23:59|23:60|00:00|0:00|01:00|1:00|11:00|12:30|1|9|12|24|25|123|0930|930|2359|2400|2401|2460|093015|12345|1234567|9.30|9,30|9h30|9'30|9시:30|9 30|9 5|9:30:15
9:30:15.5|9시 30분 15초|9시 30분경|9시쯤|9시 정각|약 9시|대략 9시 30분|시간은 9시|태어난 시각: 9:30|9시 30분에 태어났어요|9시생|9am|9 am|9pm|9 p.m.|12am|12pm|13pm|9:30 a.m.|am 9|pm 9:30|9시 오전|오전 9시 오후
두 시|두시|두 시 반|세 시 십오 분|열두 시|열한 시 오십구 분|스물네 시|스물세 시|한 시 일 분|한 시 십 분|한 시 이십 분|한 시 이십오 분|오후 네 시 사십오 분|다섯시 육분|여섯 시|일곱 시|여덟 시|아홉 시|열 시|열세 시|열아홉 시|스무 시|스물한 시
자시|축시|인시|묘시|진시|사시|오시|미시|신시|유시|술시|해시|야자시|조자시|밤 자시|새벽 자시|야축시|조 축시|子時|午時|자시(23:30~01:30)|오시쯤|모름|몰라요|모르겠어요|시간 모름|태어난 시간을 모릅니다|잘 모름|미상|unknown|?|??|없음
아침|-1시|9시 60분|9시 59분|오전|9:|:30|abc||9시 오십분|오후 3:05|15:05|오후 15:05|오후 11시 59분|오전 11시 59분|午後 3時|３時|3：05|저녁때 7시|밤에 11시
""".replace("\n", "|")


def record_times() -> Iterator[str]:
    for text in TIMES.strip("|").split("|"):
        try:
            found = plain(read_time(text))
        except Ambiguous as error:
            found = f"either {error}"
        yield f"{text} | {found} | {plain(is_unknown(text))}"
    for length in (59, 60, 61):
        yield f"{length} {plain(read_time('9:30'.rjust(length)))} {plain(read_time('9:30' + ' ' * (length - 4)))}"


def record_particles() -> Iterator[str]:
    pairs = ("은/는", "이/가", "을/를", "과/와", "으로/로", "이에요/예요")
    words = "가 각 갈 나 강 목(木) 물(水) 불 흙(土) 0 1 2 3 6 7 8 9 10 AB 가A 갑(甲)을 서울 힣 (木) () ) 가( 쥘 x1"
    for word in words.split():
        yield f"{word} {' '.join(josa(word, pair) for pair in pairs)}"
    yield " ".join(map(stem_ko, range(10)))
    yield " ".join(map(branch_ko, range(12)))
    yield signs_ko("甲寅午戌癸亥")


def _told(function: Callable[..., object], *arguments: object) -> str:
    """Return what the function returns, or why it refuses."""
    try:
        return plain(function(*arguments))
    except SajuError as error:
        return f"{error.code} {error.message} {plain(error.alternatives)}"
    except (ValueError, IndexError) as error:
        return str(error)


def record_edges_of_tables() -> Iterator[str]:
    """Yield what is said of the first and last entries of tables and of those beyond."""
    for day in ((1899, 12, 31), (1900, 1, 1), (1900, 1, 30), (1900, 1, 31), (2050, 12, 31), (2051, 1, 1)):
        yield f"{plain(day)} {_told(lunar.from_solar, date(*day))}"
    for year in (1898, 1899, 1900, 2050, 2051):
        yield f"{year} {_told(lunar.leap_month, year)} | {_told(lunar.month_days, year, 11)}"
        yield f"{year} {_told(lunar.to_solar, year, 6, 1, True)}"
    for year in (1898, 1899, 1900, 1901, 2099, 2100, 2101, 2102):
        yield f"{year} {_told(months, year)[:80]} | {_told(instant_of, year, '동지')} | {_told(instant_of, year, '하지절')}"
    for text in (
        "甲子",
        "癸亥",
        "갑자",
        "계해",
        "甲亥",
        "甲丑",
        "乙丑",
        "子甲",
        "乙가",
        "가丑",
        "甲",
        "甲子月",
        "",
        "가나",
        "甲가",
        "갑子",
        "庚오",
    ):
        yield f"{text} {_told(read_pillar, text)}"
    for stem, branch in ((0, 0), (9, 11), (0, 10), (1, 2), (8, 3)):
        yield f"{stem} {branch} {_told(pillar, stem, branch)}"
