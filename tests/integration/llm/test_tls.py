"""TLS over memory buffers: the same text, many records in one read, certificates checked."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.llm import transport
from core.llm.pool import tls_context
from core.llm.types import ProviderError
from tests.fakes import formats
from tests.fakes.fake import FakeProvider
from tests.fakes.script import Script
from tests.integration.llm.conftest import Made, ask, read_all


@dataclass
class Tls:
    url: str
    certificate: str


def _certificate(folder: Path) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return str(chain), str(private)


def _relay(source: socket.socket, target: socket.socket) -> None:
    """Copy until the end; small pieces make many records."""
    with contextlib.suppress(OSError):
        while data := source.recv(700):
            target.sendall(data)
    for sock in (source, target):
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def tls(fake: FakeProvider, tmp_path: Path) -> Iterator[Tls]:
    """A TLS end in front of the fake provider."""
    chain, private = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, private)
    server = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def start(target: Callable[..., None], *args: socket.socket) -> threading.Thread:
        threads.append(threading.Thread(target=target, args=args, daemon=True))
        threads[-1].start()
        return threads[-1]

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                start(one, server.accept()[0])

    def one(plain: socket.socket) -> None:
        with (
            plain,
            contextlib.suppress(OSError),
            context.wrap_socket(plain, server_side=True) as client,
            socket.create_connection(("127.0.0.1", fake.port)) as behind,
        ):
            there = start(_relay, client, behind)
            _relay(behind, client)
            there.join(10)

    start(serve)
    yield Tls(f"https://127.0.0.1:{server.getsockname()[1]}", chain)
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def trusting(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    def context() -> ssl.SSLContext:
        made = tls_context()
        made.load_verify_locations(tls.certificate)
        return made

    monkeypatch.setattr(transport, "tls_context", context)
    made = Made(tls.url)
    yield made
    made.close()


@pytest.mark.parametrize("form", ["openai", "gemini"])
@pytest.mark.parametrize("script", ["", "count=3000", "interval=0.002,text=emoji", "cut=3"])
def test_the_text_arrives_whole(trusting: Made, form: str, script: str) -> None:
    from tests.fakes.script import parse

    provider = trusting.of(form, script)
    for _ in range(3):
        assert read_all(ask(provider)) == formats.whole_text(parse(Script(), script))
    assert [(pool.opened, pool.in_use) for pool in trusting.pools] == [(1, 0)]


def test_what_arrived_in_many_records_is_one_read(trusting: Made, fake: FakeProvider) -> None:
    provider = trusting.deepseek("count=60,interval=0.005")
    stream = ask(provider)
    first = stream.read()
    fake.wait_for(lambda stats: stats["streams"] == 0)
    threading.Event().wait(0.2)  # let the relay pass it on
    assert first
    assert first + (stream.read() or "") == formats.whole_text(Script(count=60))
    stream.close()


def test_a_break_in_the_middle_is_a_connect_failure(trusting: Made) -> None:
    with pytest.raises(ProviderError, match="connect"):
        read_all(ask(trusting.deepseek("chaos=rst")))


def test_a_certificate_that_nobody_vouches_for_is_refused(tls: Tls, fake: FakeProvider) -> None:
    with pytest.raises(ProviderError, match="connect"):
        ask(Made(tls.url).deepseek())
    assert fake.stats()["attempts"] == 0


def test_a_peer_without_tls_is_a_connect_failure(fake: FakeProvider) -> None:
    with pytest.raises(ProviderError, match="connect"):
        ask(Made(fake.url.replace("http:", "https:")).deepseek(), connect=3.0)
