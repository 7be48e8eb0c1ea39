"""The values of limits: the bound itself is within, one more is beyond, and nobody waits for less than a second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.limits.addresses import address_of, neighbourhood, networks
from core.limits.days import korean_day, next_midnight
from core.limits.quota import LimitReached, Remaining
from core.limits.ratelimits import Window
from core.streams.hub.admission import Full, Places, TooManyStreams

NOW = datetime(2026, 11, 29, 14, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "told"), [(-5, 1), (0, 1), (0.4, 1), (1, 1), (1.6, 2), (90, 90)])
def test_the_seconds_to_wait_are_whole_and_at_least_one(seconds: float, told: int) -> None:
    reached = LimitReached(scope="hour", limit=3, retry_at=NOW + timedelta(seconds=seconds))
    assert reached.retry_after(now=NOW) == told
    assert (reached.scope, reached.limit, str(reached)) == ("hour", 3, "3 a hour")


@pytest.mark.parametrize(
    ("hour", "day", "now"), [(None, None, None), (3, None, 3), (None, 4, 4), (3, 4, 3), (5, 4, 4), (0, 4, 0)]
)
def test_the_number_that_can_be_begun_now_is_the_tighter_one(
    hour: int | None, day: int | None, now: int | None
) -> None:
    assert Remaining(hour, day, None).now == now


@pytest.mark.parametrize(("used", "full", "over"), [(9, False, False), (10, True, False), (11, True, True)])
def test_a_window_at_its_limit_is_full_and_past_it_over(used: int, full: bool, over: bool) -> None:
    window = Window(used, 10, NOW)
    assert (window.full, window.over) == (full, over)


def test_a_day_in_korea_ends_at_three_in_the_afternoon_of_utc() -> None:
    assert korean_day(NOW) == date(2026, 11, 29)
    assert korean_day(NOW + timedelta(seconds=1)) == date(2026, 11, 30)
    assert next_midnight(NOW) == NOW + timedelta(seconds=1)
    assert next_midnight(NOW + timedelta(seconds=1)) == NOW + timedelta(days=1, seconds=1)


def test_the_networks_of_an_address_widen() -> None:
    assert networks("192.0.2.7") == ("192.0.2.7",)
    assert networks("2001:db8:1:2345:6:7:8:9") == (
        *("2001:db8:1:2345::", "2001:db8:1:2300::/56", "2001:db8:1::/48"),
    )


@pytest.mark.parametrize(
    ("remote", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:443", "192.0.2.7"),
        ("[2001:db8:1::9]:443", "2001:db8:1::/48"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_the_neighbourhood_is_the_widest_network_that_is_known(remote: str, network: str) -> None:
    assert neighbourhood({"REMOTE_ADDR": remote}) == network


@pytest.mark.parametrize(
    ("count", "forwarded", "address"),
    [
        (0, "192.0.2.1", "198.51.100.9"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "192.0.2.1, 192.0.2.2", "192.0.2.2"),
        (2, "192.0.2.1, 192.0.2.2", "192.0.2.1"),
        (3, "192.0.2.1, 192.0.2.2", "198.51.100.9"),
        (1, "nonsense", "198.51.100.9"),
    ],
)
def test_a_header_counts_from_its_end(settings: object, count: int, forwarded: str, address: str) -> None:
    settings.TRUSTED_PROXY_COUNT = count  # type: ignore[attr-defined]
    environ = {"REMOTE_ADDR": "198.51.100.9", "HTTP_X_FORWARDED_FOR": forwarded}
    assert address_of(environ) == address


def test_places_are_as_many_as_there_are_and_no_more() -> None:
    places = Places()
    first, second = places.reserve(most=2), places.reserve(most=2)
    assert first is not None and second is not None
    assert places.reserve(most=2) is None
    assert len(places) == 2
    first.release()
    first.release()
    assert len(places) == 1
    assert places.reserve(most=2, besides=lambda: 1) is None
    assert places.reserve(most=2) is not None


def test_a_place_is_counted_under_its_owner_until_it_is_released() -> None:
    places = Places()
    reserved = [places.reserve(most=9) for _ in range(4)]
    first, second, third, fourth = (place for place in reserved if place is not None)
    first.count("a", most=2)
    second.count("a", most=2)
    with pytest.raises(TooManyStreams):
        third.count("a", most=2)
    third.count("b", most=1)
    first.release()
    first.release()
    fourth.count("a", most=2)
    assert places._counts == {"a": 2, "b": 1}
    with pytest.raises(TooManyStreams):  # released places are nobody's
        first.count("b", most=9)
    for place in (second, third, fourth):
        place.release()
    assert len(places) == 0
    assert not places._counts


def test_a_place_is_released_with_its_block_unless_it_is_kept() -> None:
    places = Places()
    for keeps in (False, True):
        place = places.reserve(most=1)
        assert place is not None
        with place as entered:
            assert entered is place
            if keeps:
                place.keep()
        assert len(places) == keeps


def test_those_who_are_sent_away_come_back_spread_over_some_seconds() -> None:
    assert {Full().retry_after for _ in range(500)} == {2, 3, 4, 5, 6}
    assert TooManyStreams.retry_after == 5
