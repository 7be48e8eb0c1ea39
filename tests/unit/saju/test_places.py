"""Birthplaces: complete, well formed, and found by the words people type."""

from __future__ import annotations

import pytest

from fortune.saju import cast, places
from fortune.saju.calendar.zones import zone
from fortune.saju.data import place_names
from tests.golden.births import birth


def test_every_place_has_a_zone_and_stands_on_earth() -> None:
    slugs = [place.slug for place in places.ALL]
    assert len(slugs) == len(set(slugs))
    for place in places.ALL:
        assert zone(place.timezone).key == place.timezone
        assert -180 <= place.longitude <= 180 and -90 <= place.latitude <= 90
        assert places.find(place.slug) is place


def test_korea_is_there_down_to_its_counties() -> None:
    korean = [place for place in places.ALL if place.timezone == "Asia/Seoul"]
    kinds = [place.ko[-1] for place in korean if " " in place.ko]
    assert (kinds.count("시"), kinds.count("군"), kinds.count("구")) == (77, 82, 69)
    assert all(124.5 < place.longitude < 131.9 and 33 < place.latitude < 38.7 for place in korean)
    assert len(places.ALL) - len(korean) >= 150


def test_every_other_name_is_of_a_place_and_finds_it() -> None:
    for slug, words in place_names.names().items():
        assert places.find(slug), slug
        for word in words:
            assert slug in [place.slug for place in places.search(word, 3)], word


def test_a_word_is_not_found_across_two_words_of_a_name() -> None:
    # 북경 stands in 경북 경주시 when its words are run together.
    assert [place.slug for place in places.search("북경")] == ["beijing"]


def test_every_korean_name_finds_its_own_place_first() -> None:
    for place in places.ALL:
        assert places.search(place.ko, 1) == (place,), place.ko


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("서울", "seoul"),
        ("서울특별시", "seoul"),
        ("Seoul", "seoul"),
        ("ㅅㅇ", "seoul"),
        ("부산광역시", "busan"),
        ("수원", "suwon"),
        ("경기도 수원시", "suwon"),
        ("강남구", "gangnam-seoul"),
        ("충청북도 청주", "cheongju"),
        ("강원특별자치도 고성군", "goseong-gangwon"),
        ("경남 고성", "goseong-gyeongnam"),
        ("뉴욕", "new-york"),
        ("new york", "new-york"),
        ("NEW Y", "new-york"),
        ("Zurich", "zurich"),
        ("São Paulo", "sao-paulo"),
        ("sao paulo", "sao-paulo"),
        ("연길", "yanji"),
        ("발리", "denpasar"),
        ("평양", "pyongyang"),
        # Other names: older records, Hanja readings, spellings, islands, short forms.
        ("마산", "changwon"),
        ("마산시", "changwon"),
        ("경남 진해", "changwon"),
        ("이리", "iksan"),
        ("충무", "tongyeong"),
        ("울릉도", "ulleung"),
        ("독도", "ulleung"),
        ("북경", "beijing"),
        ("동경", "tokyo"),
        ("상해", "shanghai"),
        ("上海", "shanghai"),
        ("호치민", "ho-chi-minh-city"),
        ("Saigon", "ho-chi-minh-city"),
        ("Kiev", "kyiv"),
        ("München", "munich"),
        ("LA", "los-angeles"),
        ("nyc", "new-york"),
        ("벤쿠버", "vancouver"),
        ("하와이", "honolulu"),
        ("오키나와", "naha"),
    ],
)
def test_a_place_is_found_by_what_people_type(query: str, first: str) -> None:
    assert places.search(query)[0].slug == first


def test_both_places_of_one_name_are_offered() -> None:
    assert {place.slug for place in places.search("고성")} == {"goseong-gangwon", "goseong-gyeongnam"}
    assert {"gwangju", "gwangju-gyeonggi"} <= {place.slug for place in places.search("광주")}


@pytest.mark.parametrize("query", ["", "   ", "없는도시", "zzz", "ㅋㅋㅋㅋ", "\x00", "%"])
def test_nothing_is_found_where_nothing_is(query: str) -> None:
    assert places.search(query) == ()


def test_the_limit_holds() -> None:
    assert len(places.search("시", 3)) <= 3
    assert places.search("서울", 0) == ()
    assert places.find("atlantis") is None


def test_the_default_place_is_the_engines_default() -> None:
    seoul = places.find("seoul")
    assert seoul is not None
    told = birth("1990-05-15 12:00")
    assert (seoul.longitude, seoul.timezone) == (told.longitude, told.timezone)
    assert cast(told).pillars.hour is not None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("seoul", "seoul"),
        ("  부산 ", "busan"),
        ("경남 고성", "goseong-gyeongnam"),
        ("도쿄", "tokyo"),
        # As addresses are written in Latin letters.
        ("Suwon-si, Gyeonggi-do, Republic of Korea", "suwon"),
        ("Gangnam-gu, Seoul", "gangnam-seoul"),
        ("Jeju-do", "jeju"),
        ("Suwon-si, Gyeonggi-do, South Korea", "suwon"),
        # A state or a province before the city, and a city that takes no 시 elsewhere.
        ("텍사스 휴스턴", "houston"),
        ("캐나다 온타리오 토론토", "toronto"),
        ("중국 길림성 연길시", "yanji"),
        ("오사카부 오사카시", "osaka"),
        ("함경남도 함흥", "hamhung"),
        # New towns, islands and other spellings.
        ("동탄", "hwaseong"),
        ("평촌", "anyang"),
        ("송도", "yeonsu-incheon"),
        ("영종도", "jung-incheon"),
        ("싱가폴", "singapore"),
        ("아틀란타", "atlanta"),
        ("쿄토", "kyoto"),
    ],
)
def test_one_place_is_read(text: str, slug: str) -> None:
    assert places.read(text).slug == slug


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("한국", "country", []),
        ("캘리포니아", "country", []),
        ("South Korea", "country", []),
        ("전남", "province", []),
        ("Gyeonggi-do", "province", []),
        ("함경북도", "province", []),
        ("충청도", "province", []),
        ("고성", "twins", ["goseong-gangwon", "goseong-gyeongnam"]),
        ("없는도시", "unknown", []),
    ],
)
def test_a_name_that_is_no_one_place_says_why(text: str, code: str, near: list[str]) -> None:
    with pytest.raises(places.Unplaced) as refused:
        places.read(text)
    assert (refused.value.code, [place.slug for place in refused.value.near]) == (code, near)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("부싼", "busan"),
        ("수언", "suwon"),
        ("인천ㄴ", "incheon"),
        ("서을", "seoul"),
        ("강능", "gangneung"),
        ("제쥬", "jeju"),
        ("Chxngnyeong, Gyeongnam", "changnyeong"),  # the longest of all names
    ],
)
def test_a_slip_of_one_letter_has_a_suggestion(text: str, slug: str) -> None:
    near = places.closest(text)
    assert near is not None and near.slug == slug
    with pytest.raises(places.Unplaced) as refused:
        places.read(text)
    assert (refused.value.code, refused.value.near) == ("unknown", (near,))


@pytest.mark.parametrize("text", ["부", "ㅂ", "경남 없는곳", "부산구역", "zz"])
def test_what_is_further_off_has_none(text: str) -> None:
    assert places.closest(text) is None


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("미국 뉴욕", ["new-york"]),
        ("여주군", ["yeoju"]),
        ("수원시 영통구", ["suwon"]),
        ("부산, 해운대", ["haeundae-busan"]),
        ("한국", []),
        ("경남 없는곳", []),
    ],
)
def test_words_too_many_are_left_out(query: str, slugs: list[str]) -> None:
    assert [place.slug for place in places.search(query)] == slugs
