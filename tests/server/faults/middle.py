"""Programs between machines: a load balancer and a PgBouncer, the real ones of Debian."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.server.faults.fleet import Instance, until
from tools.servers import free_port

PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))


class Middle:
    """One such program: a child process with its configuration in a folder of its own."""

    program = ""

    def __init__(self, configuration: str, arguments: Sequence[str]) -> None:
        found = shutil.which(self.program, path=PLACES)
        if found is None:
            pytest.skip(f"{self.program} is not installed on this machine")
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"fortune-{self.program}-"))
        self.folder.chmod(0o777)  # where the program changes its user, that user writes here
        self.file = self.folder / "conf"
        self.file.write_text(
            configuration.replace("PORT", str(self.port)).replace("FOLDER", str(self.folder))
        )
        self.command = [found, *arguments, str(self.file)]
        self.start()

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        until(self._answers, f"{self.program} answers: {(self.folder / 'log').read_text()[-800:]}")

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class HaProxy(Middle):
    """Round robin, no stickiness; a dead instance is left out."""

    program = "haproxy"

    def __init__(self, instances: Sequence[Instance]) -> None:
        servers = "\n".join(
            f"  server s{i.port} 127.0.0.1:{i.port} check inter 500 fall 2 rise 1" for i in instances
        )
        super().__init__(
            "defaults\n  mode http\n  timeout connect 2s\n  timeout client 60s\n  timeout server 60s\n"
            "  option redispatch\n  retries 2\n  retry-on conn-failure empty-response\n"
            "frontend front\n  bind 127.0.0.1:PORT\n  default_backend back\n"
            "backend back\n  balance roundrobin\n  option httpchk GET /healthz\n" + servers + "\n",
            ("-db", "-f"),
        )


class Nginx(Middle):
    """nginx as installed: it buffers, unless the response's headers turn that off."""

    program = "nginx"

    def __init__(self, instances: Sequence[Instance]) -> None:
        servers = " ".join(f"server 127.0.0.1:{i.port} max_fails=1 fail_timeout=2s;" for i in instances)
        super().__init__(
            "daemon off; master_process off; pid FOLDER/pid; error_log stderr;\n"
            "events { worker_connections 2048; }\n"
            "http { access_log off; client_body_temp_path FOLDER/1; proxy_temp_path FOLDER/2;\n"
            "fastcgi_temp_path FOLDER/3; uwsgi_temp_path FOLDER/4; scgi_temp_path FOLDER/5;\n"
            "gzip on; gzip_types text/event-stream; gzip_proxied any;\n"
            f"upstream back {{ {servers} }}\n"
            "server { listen 127.0.0.1:PORT; location / { proxy_pass http://back; proxy_http_version 1.1;\n"
            "proxy_set_header Host $http_host; proxy_set_header Connection ''; proxy_read_timeout 45s; } } }\n",
            ("-e", "stderr", "-c"),
        )


class PgBouncer(Middle):
    """PgBouncer in transaction mode with two server connections: no session state survives a transaction."""

    program = "pgbouncer"

    def __init__(self, database_url: str, *, more: str = "") -> None:
        server = urlsplit(database_url)
        password = f" password={server.password}" if server.password else ""
        super().__init__(
            f"[databases]\nfleet = host={server.hostname} port={server.port} dbname={server.path[1:]}"
            f" user={server.username}{password}\n"
            "[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = PORT\nunix_socket_dir =\nauth_type = any\n"
            "pool_mode = transaction\ndefault_pool_size = 2\nmax_client_conn = 200\n"
            "server_login_retry = 1\n" + more,
            ("-u", "nobody") if os.getuid() == 0 else (),
        )

    @property
    def url(self) -> str:
        return f"postgresql://fleet@127.0.0.1:{self.port}/fleet"
