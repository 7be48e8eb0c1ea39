"""TLS over memory buffers: the same text, many records in one read, certificates checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.llm.types import ProviderError
from tests.fakes import formats
from tests.fakes.fake import FakeProvider
from tests.fakes.script import Script, parse
from tests.integration.llm.conftest import Made, ask, read_all
from tests.integration.streams.conftest import wait_until


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def secret_process(certificate: Path) -> Iterator[FakeProvider]:
    with FakeProvider(tls=certificate) as fake:
        yield fake


@pytest.fixture
def secret(secret_process: FakeProvider) -> FakeProvider:
    """Give the fake provider behind TLS."""
    secret_process.reset()
    return secret_process


@pytest.fixture
def trusting(secret: FakeProvider, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "chain.pem"))
    made = Made(secret.url)
    yield made
    made.close()


@pytest.mark.parametrize("form", ["openai", "gemini"])
@pytest.mark.parametrize("script", ["", "count=3000", "interval=0.002,text=emoji", "cut=3"])
def test_the_text_arrives_whole(trusting: Made, form: str, script: str) -> None:
    provider = trusting.of(form, script)
    for _ in range(3):
        assert read_all(ask(provider)) == formats.whole_text(parse(Script(), script))
    (pool,) = trusting.pools
    wait_until(lambda: pool.idle == 2)  # the one that was in use, and the spare
    # Without reuse it were four. One whose last chunk is late, as on a busy machine, is closed.
    assert pool.opened in (2, 3)
    assert pool.in_use == 0


def test_what_arrived_in_many_records_is_one_read(trusting: Made, secret: FakeProvider) -> None:
    provider = trusting.deepseek("count=60,interval=0.005")
    stream = ask(provider)
    first = stream.read()
    secret.wait_for(lambda stats: stats["completed"] == 1)
    assert first
    assert first + (stream.read() or "") == formats.whole_text(Script(count=60))
    stream.close()


def test_a_break_in_the_middle_is_a_connect_failure(trusting: Made) -> None:
    with pytest.raises(ProviderError, match="connect"):
        read_all(ask(trusting.deepseek("chaos=rst")))


def test_a_certificate_that_nobody_vouches_for_is_refused(secret: FakeProvider) -> None:
    with pytest.raises(ProviderError, match="connect"):
        ask(Made(secret.url).deepseek())
    assert secret.stats()["attempts"] == 0


def test_a_peer_without_tls_is_a_connect_failure(fake: FakeProvider) -> None:
    with pytest.raises(ProviderError, match="connect"):
        ask(Made(fake.url.replace("http:", "https:")).deepseek(), connect=3.0)
