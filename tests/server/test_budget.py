"""The day's budget on the real server: so many readings are asked for, and the rules write the rest."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from tests.fakes.fake import FakeProvider
from tests.server.harness import Live
from tests.server.visitor import BIRTH, Visitor, text_of


def test_the_rules_write_beyond_the_days_money_and_an_operator_is_told_once(
    serve: Callable[..., Live],
) -> None:
    with FakeProvider("count=20,interval=0.01,usage=none") as fake:
        live = serve(
            WEB_CONCURRENCY="2",
            AI_PROVIDERS="deepseek,classic",
            DEEPSEEK_API_KEY="k",
            DEEPSEEK_BASE_URL=fake.url,
            AI_DAILY_BUDGET="0.012",
            CLASSIC_PACE="0",
            RATELIMIT_ENABLE="false",
        )

        def read(number: int) -> str:
            birth = {**BIRTH, "birth_date": (date(1960, 1, 1) + timedelta(days=number)).isoformat()}
            found = Visitor(live).stream("/fortune/api/streaming/", birth)
            assert found[-1][0] == "done"
            assert text_of(found)
            return str(found[-1][1]["provider"])

        with ThreadPoolExecutor(8) as together:
            wrote = list(together.map(read, range(50)))
        # The reservations of eight at once come back: one after another, readings use up the rest.
        for number in range(50, 100):
            wrote.append(read(number))
            if wrote[-1] == "classic":
                break
        asked = fake.stats()["attempts"]
    assert 0 < wrote.count("deepseek") == asked < 51
    assert wrote[-1] == "classic"
    ((spent,),) = live.query("SELECT sum(cost_micro) FROM streams_run")
    assert 0 < spent <= 12_000
    assert live.logs().count("daily budget used up") == 1


@pytest.mark.parametrize("is_redis_away", [False, True], ids=["", "without Redis"])
def test_a_stop_before_the_first_word_gives_no_reading_for_nothing(
    serve: Callable[..., Live], is_redis_away: bool
) -> None:
    away = {"REDIS_URL": "redis://127.0.0.1:1/0"} if is_redis_away else {}
    with FakeProvider("chaos=silence") as fake:
        live = serve(
            AI_PROVIDERS="deepseek,classic",
            DEEPSEEK_API_KEY="k",
            DEEPSEEK_BASE_URL=fake.url,
            RATE_DAY="3",
            RATE_HOUR="100",
            **away,
        )
        visitor, begun = Visitor(live), 0
        for number in range(8):
            birth = {**BIRTH, "birth_date": (date(1970, 1, 1) + timedelta(days=number)).isoformat()}
            answer = visitor.post("/fortune/", birth)
            if answer.status_code != 303:
                assert answer.status_code == 429
                continue
            begun += 1
            address = answer.headers["Location"]
            fake.wait_for(lambda stats, begun=begun: stats["attempts"] >= begun)
            assert visitor.post(f"{address}stop").status_code == 204
            visitor.get(f"{address}events", headers={"Accept": "text/event-stream"})
        asked = fake.stats()["attempts"]
    assert begun == asked == 3
    assert live.query("SELECT DISTINCT state FROM core_charge") == [("charged",)]
    assert live.query("SELECT bool_and(cost_micro > 0), count(*) FROM streams_run") == [(True, 3)]
