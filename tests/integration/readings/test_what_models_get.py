"""No name, birth date, time or place is in any request that a provider receives, over real sockets."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from core.llm import registry
from core.streams import Run, Status
from fortune.models import Reading
from tests.fakes.fake import FakeProvider
from tests.integration.streams.conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

HER = {
    "name": "한가람솔",
    "gender": "female",
    "birth_date": "1987-03-09",
    "birth_time": "07:41",
    "birth_place": "busan",
}
HIM = {
    "name": "Tarquin",
    "gender": "male",
    "birth_date": "1993-10-28",
    "birth_time": "21:17",
    "birth_place": "london",
}
SECRETS = (
    "한가람솔", "람솔", "Tarquin", "1987-03-09", "19870309", "1987", "1993-10-28", "1993", "3월 9일", "10월 28일", "07:41", "7시 41", "21:17",
    "부산", "busan", "Busan", "129.0", "런던", "london", "London", "Europe",
)  # fmt: skip
HERS = "한가람솔은 언제 이사하면 좋을까요?"
QUESTION = "한가람솔이 Tarquin이랑 언제 이사하면 좋을까요?"


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeProvider]:
    with FakeProvider() as fake:
        yield fake


@pytest.fixture(params=["deepseek", "gemini"])
def provider(request: pytest.FixtureRequest, fake: FakeProvider, settings: Settings) -> Iterator[str]:
    """The only provider of this process, which is the fake one."""
    fake.reset()
    settings.AI_PROVIDERS = [request.param]
    settings.DEEPSEEK_BASE_URL = settings.GEMINI_BASE_URL = fake.url
    settings.DEEPSEEK_API_KEY = settings.GEMINI_API_KEY = "sk-fake"
    settings.DEEPSEEK_MODEL = settings.GEMINI_MODEL = "deepseek-chat@count=20"
    settings.RATELIMIT_ENABLE = False
    settings.DAILY_LIMIT_GUEST = 100
    registry.reset()
    yield str(request.param)
    registry.reset()


def press(client: Client, path: str, **data: str) -> Reading:
    """Post a form and return its reading, when its text has ended."""
    answer = client.post(path, {"calendar": "solar", "token": uuid.uuid4().hex, **data})
    assert answer.status_code in (200, 303), answer.content.decode()[:2_000]
    reading = Reading.objects.latest("created_at")
    ended(reading)
    return reading


def ended(reading: Reading) -> str:
    def status() -> str:
        return str(Run.objects.filter(subject=reading.id).latest("epoch").status)

    wait_until(lambda: status() not in (Status.QUEUED, Status.WRITING))
    return status()


def sent(fake: FakeProvider) -> list[str]:
    """Return the bodies of all requests, as text in which no letter is escaped."""
    return [json.dumps(row["body"], ensure_ascii=False) for row in fake.requests()]


def other(person: dict[str, str]) -> dict[str, str]:
    return {f"other-{name}": value for name, value in person.items()} | {"other-calendar": "solar"}


@pytest.mark.usefixtures("provider")
def test_nothing_of_a_person_is_sent_for_any_kind_or_follow_up(fake: FakeProvider) -> None:
    client = Client()
    full = press(client, "/fortune/", **HER)
    press(client, "/fortune/", **HER, mode="teacher")
    for topic in ("love", "career"):
        press(client, "/fortune/", **HER, topic=topic)
    press(client, "/fortune/api/daily/", **HER)
    press(client, f"/fortune/readings/{full.id}/ask/", question=HERS)
    press(client, f"/fortune/readings/{full.id}/ask/", question=HERS + " 왜요?")
    pair = press(client, "/fortune/match/", **HER, **other(HIM), relation="couple")
    press(client, f"/fortune/readings/{pair.id}/ask/", question=QUESTION)
    bodies = sent(fake)
    # The fake takes an earlier answer for one to go on with, says nothing more, and is asked again.
    assert len(bodies) >= Run.objects.count() == 9
    for body in bodies:
        assert [secret for secret in SECRETS if secret in body] == []
    assert "(나)이 (상대)이랑" in bodies[-1]
    assert "pair.stems" in bodies[-1]


def test_each_provider_gets_its_temperature_and_room(fake: FakeProvider, provider: str) -> None:
    press(Client(), "/fortune/", **HER)
    body: dict[str, Any] = fake.requests()[0]["body"]
    if provider == "gemini":
        body = {"temperature": body["generationConfig"]["temperature"], "max_tokens": body["generationConfig"]["maxOutputTokens"]}  # fmt: skip
    assert (body["temperature"], body["max_tokens"]) == (1.0, 8_000)


@pytest.mark.usefixtures("provider")
def test_a_continued_text_is_asked_for_without_a_person_too(fake: FakeProvider, settings: Settings) -> None:
    broken = f"deepseek-chat@count=30,chaos=close,at=9,times=1,id={uuid.uuid4().hex}"
    settings.DEEPSEEK_MODEL = settings.GEMINI_MODEL = broken
    registry.reset()
    client = Client()
    reading = press(client, "/fortune/match/", **HER, **other(HIM), relation="friends")
    assert ended(reading) == Status.INTERRUPTED
    assert client.post(f"/fortune/readings/{reading.id}/retry").status_code in (204, 303)
    assert ended(reading) == Status.DONE
    bodies = sent(fake)
    assert len(bodies) == 2
    for body in bodies:
        assert [secret for secret in SECRETS if secret in body] == []
