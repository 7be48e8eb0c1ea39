"""The migration plan's checklist, on the real gunicorn, under gevent and under the roll-back's threads.

Each test names the line of the plan it stands for (docs/decisions/ has the list).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from tests.fakes.fake import FakeProvider
from tests.fakes.kakao import CLIENT_ID, CLIENT_SECRET, FakeKakao
from tests.server.harness import Live
from tests.server.visitor import BIRTH, Visitor, events, text_of

WORKERS = ["gevent", "gthread"]
# Under gevent texts take their time beside each other; four threads would take turns for minutes.
PACE = {"gevent": "30", "gthread": "0"}


@pytest.fixture(scope="module")
def kakao() -> Iterator[FakeKakao]:
    with FakeKakao() as fake:
        yield fake


@pytest.fixture(scope="module", params=WORKERS)
def site(request: pytest.FixtureRequest, serve: Callable[..., Live], kakao: FakeKakao) -> Live:
    """The whole site with Kakao configured, two workers as in production."""
    return serve(
        WORKER_CLASS=request.param,
        WEB_CONCURRENCY="2",
        KAKAO_CLIENT_ID=CLIENT_ID,
        KAKAO_CLIENT_SECRET=CLIENT_SECRET,
        KAKAO_AUTH_URL=kakao.url,
        KAKAO_API_URL=kakao.url,
        CLASSIC_PACE=PACE[request.param],
        RATE_HOUR="1000",
        RATE_DAY="1000",
    )


@pytest.mark.parametrize(
    "path", ["/", "/fortune/", "/accounts/login/", "/accounts/signup/", "/fortune/history/", "/admin/login/"]
)
def test_pages_load_with_everything_they_name(site: Live, path: str) -> None:
    """메인 페이지 정상 로딩"""
    page = Visitor(site).get(path)
    assert page.status_code == 200
    assert page.headers["X-Request-ID"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    for address in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)):
        assert site.get(address).status == 200, address


def test_signing_up_in_and_out_by_mail(site: Live) -> None:
    """로그인/회원가입 정상 동작"""
    visitor = Visitor(site)
    visitor.sign_up("mail@example.com")
    other = Visitor(site)
    assert not other.is_signed_in
    assert other.sign_in("mail@example.com").status_code == 302
    assert other.is_signed_in
    other.post("/accounts/logout/")
    assert not other.is_signed_in


def test_signing_in_with_kakao(site: Live, kakao: FakeKakao) -> None:
    """카카오 OAuth 정상 동작"""
    kakao.ledger.person.email = None
    visitor = Visitor(site)
    away = visitor.post("/accounts/kakao/login/")
    assert away.status_code == 302 and away.headers["Location"].startswith(kakao.url)
    back = requests.get(away.headers["Location"], timeout=60, allow_redirects=False).headers["Location"]
    assert back.startswith(f"{site.url}/accounts/kakao/login/callback/")
    assert visitor.get(back).status_code == 302
    assert visitor.is_signed_in
    ((policy,),) = [re.findall(r"form-action ([^;]+)", visitor.get("/").headers["Content-Security-Policy"])]
    assert kakao.url in policy and "https://accounts.kakao.com" in policy


def test_a_reading_is_asked_for_and_answered(site: Live) -> None:
    """사주 분석 요청 정상 응답"""
    visitor = Visitor(site)
    answer = visitor.post("/fortune/", BIRTH)
    assert answer.status_code == 303
    address = answer.headers["Location"]
    stream = visitor.get(f"{address}events", headers={"Accept": "text/event-stream"})
    assert events(stream.content.decode())[-1][0] == "done"
    # A detached connection takes no further request, and the browser must be told so.
    assert stream.headers["Connection"] == (
        "close" if site.environ["WORKER_CLASS"] == "gevent" else "keep-alive"
    )
    stored = visitor.get(f"{address.rstrip('/')}.json", headers={"Accept": "application/json"}).json()
    assert stored["status"] == "done"
    assert stored["text"] == text_of(events(stream.content.decode()))
    assert visitor.get(address).status_code == 200
    assert Visitor(site).get(address).status_code == 404


def test_a_stream_is_received_from_its_first_byte_to_done(site: Live) -> None:
    """SSE 스트리밍 정상 수신"""
    found = Visitor(site).stream("/fortune/api/streaming/", {**BIRTH, "birth_time": "08:10"})
    assert found[0][0] == "reading"
    assert found[-1][0] == "done" and found[-1][1]["status"] == "done"
    assert text_of(found)


def test_the_daily_and_topic_addresses_answer_in_json(site: Live) -> None:
    visitor = Visitor(site, Accept="application/json")
    daily = visitor.post("/fortune/api/daily/", {**BIRTH, "date": "2026-05-15"}).json()
    assert (daily["status"], daily["date"]) == ("done", "2026-05-15") and daily["text"]
    topic = visitor.post("/fortune/api/topic/", {**BIRTH, "topic": "career"}).json()
    assert (topic["status"], topic["topic"]) == ("done", "career") and topic["text"]


def test_asking_the_same_again_is_a_hit_and_writes_nothing(site: Live) -> None:
    """캐시 히트율 확인"""
    visitor = Visitor(site)
    form = {**BIRTH, "birth_time": "11:11"}
    first, second = (visitor.post("/fortune/", form).headers["Location"] for _ in range(2))
    assert first == second
    (subject,) = re.findall(r"[0-9a-f-]{36}", first)
    assert site.query("SELECT count(*) FROM streams_run WHERE subject = %s", (subject,)) == [(1,)]


def test_twenty_four_at_once_are_all_answered(site: Live) -> None:
    """동시 20+ 사용자 테스트"""
    ended: list[str] = []

    def ask(number: int) -> None:
        form = {**BIRTH, "birth_date": f"1991-03-{number + 1:02}"}
        found = Visitor(site).stream("/fortune/api/streaming/", form)
        ended.append(found[-1][0])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert ended == ["done"] * 24


def test_a_birth_that_does_not_exist_is_told_at_its_field(site: Live) -> None:
    visitor = Visitor(site, Accept="application/json")
    answer = visitor.post("/fortune/api/chart/", {**BIRTH, "birth_date": "1990-02-30"})
    assert answer.status_code == 422
    assert "birth_date" in answer.json()["error"]["fields"]


def test_a_malformed_body_is_never_an_error_of_ours(site: Live) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert site.request("POST", "/nowhere", body=b"--x\r\nbroken", headers=headers).status == 404
    assert site.request("POST", "/fortune/", body=b"--x\r\nbroken", headers=headers).status in (400, 403)


def test_the_log_of_all_this_holds_no_error_and_no_birth(site: Live) -> None:
    """SynchronousOnlyOperation 에러 없음, 로그에 에러 없음"""
    visitor = Visitor(site)
    marked = {**BIRTH, "birth_date": "1987-11-23", "name": "남모를이름"}
    visitor.stream("/fortune/api/streaming/", marked)
    visitor.post("/fortune/", {**marked, "gender": "nonsense"})
    log = site.logs()
    assert "SynchronousOnlyOperation" not in log
    assert "Traceback" not in log, log[log.find("Traceback") - 500 :][:3000]
    assert not re.search(r"1987-?11-?23|남모를이름", log)
    assert "request_id=" in log


# -- Limits --


@pytest.fixture(scope="module", params=WORKERS)
def limited(request: pytest.FixtureRequest, serve: Callable[..., Live]) -> Live:
    return serve(
        WORKER_CLASS=request.param,
        WEB_CONCURRENCY="2",
        TRUSTED_PROXY_COUNT="1",
        CLASSIC_PACE="0",
        RATE_HOUR="100",
        RATE_DAY="3",
        RATE_ADDRESS_FACTOR="2",
    )


def ask_at_once(visitor: Visitor, births: list[dict[str, str]]) -> list[int]:
    visitor.get("/accounts/login/")
    answers: list[int] = []
    gate = threading.Barrier(len(births))
    cookies = dict(visitor.session.cookies)

    def ask(form: dict[str, str]) -> None:
        mine = Visitor(visitor.live, **{"X-Forwarded-For": visitor.session.headers["X-Forwarded-For"]})
        mine.session.cookies.update(cookies)
        gate.wait(60)
        answers.append(mine.post("/fortune/", form).status_code)

    threads = [threading.Thread(target=ask, args=(form,)) for form in births]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    return sorted(answers)


def births(number: int, year: int) -> list[dict[str, str]]:
    return [{**BIRTH, "birth_date": f"{year}-04-{day + 1:02}"} for day in range(number)]


def test_two_workers_together_let_exactly_the_limit_through(limited: Live) -> None:
    """Rate limit 정상 동작"""
    visitor = Visitor(limited, **{"X-Forwarded-For": "203.0.113.1"})
    assert visitor.post("/fortune/", {**BIRTH, "birth_date": "1950-01-01"}).status_code == 303
    assert ask_at_once(visitor, births(10, 1980)) == [303] * 2 + [429] * 8


@pytest.mark.parametrize("worker", WORKERS)
def test_two_workers_together_let_exactly_the_hours_limit_through(
    serve: Callable[..., Live], worker: str
) -> None:
    """Rate limit 정상 동작"""
    limits = {"RATE_HOUR": "3", "RATE_DAY": "100", "RATE_ADDRESS_FACTOR": "100"}
    live = serve(
        WORKER_CLASS=worker, WEB_CONCURRENCY="2", TRUSTED_PROXY_COUNT="1", CLASSIC_PACE="0", **limits
    )
    visitor = Visitor(live, **{"X-Forwarded-For": "203.0.113.1"})
    assert visitor.post("/fortune/", {**BIRTH, "birth_date": "1950-01-01"}).status_code == 303
    assert ask_at_once(visitor, births(10, 1980)) == [303] * 2 + [429] * 8
    assert live.query("SELECT max(used) FROM core_daycount") == [(3,)], "what the hour refused cost no day"


def test_bad_forms_and_repeats_cost_nothing(limited: Live) -> None:
    visitor = Visitor(limited, **{"X-Forwarded-For": "203.0.113.2"})
    for _ in range(5):
        assert visitor.post("/fortune/", {**BIRTH, "birth_date": "1990-02-30"}).status_code == 422
        assert visitor.post("/fortune/", BIRTH).status_code == 303
    assert [visitor.post("/fortune/", form).status_code for form in births(3, 1981)] == [303, 303, 429]


def test_clearing_cookies_or_forging_a_header_gives_no_new_day(limited: Live) -> None:
    answers = []
    for number, form in enumerate(births(8, 1982)):
        forged = f"198.51.100.{number}, 203.0.113.3"
        answers.append(Visitor(limited, **{"X-Forwarded-For": forged}).post("/fortune/", form).status_code)
    assert answers == [303] * 6 + [429] * 2
    fresh = Visitor(limited, **{"X-Forwarded-For": "203.0.113.4"})
    assert fresh.post("/fortune/", BIRTH).status_code == 303


def test_programs_are_told_when_more_come(limited: Live) -> None:
    visitor = Visitor(limited, **{"X-Forwarded-For": "203.0.113.5", "Accept": "application/json"})
    answers = [visitor.post("/fortune/api/topic/", {**form, "topic": "love"}) for form in births(4, 1983)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["error"]["code"] == "limit_reached"
    assert 0 < int(answers[3].headers["Retry-After"]) <= 86_400


# -- A model that doesn't answer --


@pytest.mark.parametrize("worker", WORKERS)
def test_a_model_that_never_answers_is_told_kindly_and_costs_nothing(
    serve: Callable[..., Live], worker: str
) -> None:
    """AI API 타임아웃 시 에러 핸들링 정상"""
    with FakeProvider("chaos=silence") as fake:
        live = serve(
            WORKER_CLASS=worker,
            AI_PROVIDERS="deepseek",
            DEEPSEEK_API_KEY="k",
            DEEPSEEK_BASE_URL=fake.url,
            AI_FIRST_TOKEN_TIMEOUT="0.3",
            AI_TOTAL_TIMEOUT="5",
        )
        found = Visitor(live).stream("/fortune/api/streaming/", BIRTH)
    name, data = found[-1]
    assert name == "failed" and data["retryable"]
    assert data["message"] and "timeout" not in data["message"].lower()
    assert live.query("SELECT max(used) FROM core_daycount") == [(0,)]
    assert live.query("SELECT state FROM core_charge") == [("refunded",)]


@pytest.mark.parametrize("worker", WORKERS)
def test_without_redis_people_sign_in_read_and_are_limited_by_the_day(
    serve: Callable[..., Live], worker: str
) -> None:
    live: Any = serve(WORKER_CLASS=worker, REDIS_URL="redis://127.0.0.1:1/0", RATE_HOUR="1", RATE_DAY="2")
    assert live.get("/healthz").status == 200
    assert live.get("/readyz").status == 503
    visitor = Visitor(live)
    answers = [visitor.post("/fortune/", form).status_code for form in births(3, 1984)]
    assert answers == [303, 303, 429]
    assert visitor.get("/fortune/history/").status_code == 200
    assert visitor.sign_in("nobody@example.com").status_code in (200, 429)
