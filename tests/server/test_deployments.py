"""The deployment files, run as they are by the programs they are for, with the packages that are installed here.

`tools/starting/deployments.py` does the same from the installation on, the image's steps included.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.fakes.tls import server_context
from tests.server.faults.browser import FORM
from tests.server.faults.conftest import fleet  # noqa: F401 (a fixture)
from tests.server.faults.fleet import TOKEN, Database, Fleet, Instance
from tests.server.faults.middle import Middle
from tests.server.harness import ROOT
from tools.servers import free_port
from tools.starting.deployments import WAYS, Place, copied


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    with copied() as folder:
        yield folder


@pytest.mark.parametrize("way", [name for name in WAYS if name != "docker"])
def test_a_first_deploy_becomes_healthy_and_goes_in_time(checkout: Path, way: str) -> None:
    database = Database(is_empty=True)  # empty: it is the first deploy
    try:
        services = {"DATABASE_URL": database.url, "REDIS_URL": os.environ["REDIS_URL"]}
        WAYS[way](Place(checkout, Path(sys.executable), services))
    finally:
        database.drop()


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed on this machine")
    for file in (ROOT / "deploy").glob("fortune*.*"):
        # The programs and the user that an operator makes are not here.
        text = file.read_text().replace("/srv/fortune/.venv/bin/python", sys.executable)
        (tmp_path / file.name).write_text(re.sub(r"^(User|Group)=.*\n", "", text, flags=re.MULTILINE))
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == 3
    done = subprocess.run(
        [program, "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "fortune" in line]
    assert (done.returncode, said) == (0, [])


class Sample(Middle):
    """deploy/nginx.conf with only its ports, certificate and upstream replaced."""

    program = "nginx"

    def __init__(self, instance: Instance, folder: Path) -> None:
        server_context(folder)
        self.chain = folder / "chain.pem"
        self.plain = free_port()
        text = (ROOT / "deploy/nginx.conf").read_text()
        for there, here in {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ssl": "listen 127.0.0.1:PORT ssl",
            "/etc/ssl/fortune/fullchain.pem": str(self.chain),
            "/etc/ssl/fortune/privkey.pem": str(folder / "key.pem"),
            "server 127.0.0.1:8000": f"server 127.0.0.1:{instance.port}",
        }.items():
            assert text.count(there) == 1, there
            text = text.replace(there, here)
        super().__init__(
            "daemon off; master_process off; pid FOLDER/pid; error_log stderr;\n"
            "events { worker_connections 256; }\n"
            "http { access_log off; client_body_temp_path FOLDER/1; proxy_temp_path FOLDER/2;\n"
            "fastcgi_temp_path FOLDER/3; uwsgi_temp_path FOLDER/4; scgi_temp_path FOLDER/5;\n" + text + "}\n",
            ("-e", "stderr", "-c"),
        )
        tested = subprocess.run(
            [*self.command[:-2], "-t", "-c", str(self.file)], capture_output=True, text=True
        )
        assert tested.returncode == 0 and "warn" not in tested.stderr, tested.stderr


@pytest.fixture
def sample(fleet: Fleet, tmp_path: Path) -> Iterator[Sample]:  # noqa: F811
    instance = fleet.start(
        DJANGO_SETTINGS_MODULE="config.settings.production",
        SECRET_KEY="k" * 50,
        ALLOWED_HOSTS="localhost",
        TRUSTED_PROXY_COUNT="1",
        WEB_CONCURRENCY="1",
        DEEPSEEK_MODEL="deepseek-chat@delay=0.2,interval=0.5,count=600",
    )
    made = Sample(instance, tmp_path)
    yield made
    made.end()


def curl(sample: Sample, path: str, *more: str) -> str:
    """Send a request over TLS and HTTP/2, as browsers do; return the head and the body of the answer."""
    command = ["curl", "-sS", "-i", "--max-time", "120", "--http2", "--cacert", str(sample.chain), *more]
    address = f"https://localhost:{sample.port}{path}"
    return subprocess.run([*command, address], capture_output=True, text=True, check=False).stdout


def test_nginx_serves_the_site_as_the_sample_says(sample: Sample) -> None:
    page = curl(sample, "/accounts/login/")
    assert page.startswith("HTTP/2 200") and "strict-transport-security" in page
    plain = http.client.HTTPConnection("127.0.0.1", sample.plain, timeout=60)
    plain.request("GET", "/fortune/", headers={"Host": "localhost"})
    assert plain.getresponse().getheader("Location") == "https://localhost/fortune/"
    plain.close()
    for inside in ("/metrics", "/readyz"):
        assert curl(sample, inside).startswith("HTTP/2 404")
    assert curl(sample, "/healthz").endswith("ok")
    large = sample.folder / "large"
    large.write_bytes(b"x" * (7 * 1024 * 1024))
    assert curl(sample, "/fortune/", "--data-binary", f"@{large}").startswith("HTTP/2 413")


def test_nginx_passes_events_on_while_the_model_writes(sample: Sample) -> None:
    headers = ["-H", f"Cookie: csrftoken={TOKEN}", "-H", "Origin: https://localhost"]
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **FORM, "birth_date": "1990-05-15"})
    address = f"https://localhost:{sample.port}/fortune/api/streaming/"
    command = ["curl", "-sSN", "--http2", "--cacert", str(sample.chain), *headers, "-d", body, address]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        received = b""
        while b"event: text" not in received:
            line = reader.stdout.readline()
            assert line, received
            received += line
        reader.terminate()
