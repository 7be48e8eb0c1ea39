"""A primary and its replica under three sentinels, all with passwords, as Redis is run for failover."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import redis

from tests.server.faults.fleet import Fleet, Valkey, until, valkey_server
from tools.servers import free_port

NAME = "Fortune"
PASSWORD, SENTINELS_PASSWORD = "data", "sentinels"


class WatchedRedis:
    """A primary and a replica with their sentinels; ``settings`` point a server at the current primary."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fortune-sentinel-"))
        same = ("--dir", str(self.folder), "--requirepass", PASSWORD, "--primaryauth", PASSWORD)
        self.first = Valkey(*same)
        self.second = Valkey(*same, "--replicaof", "127.0.0.1", str(self.first.port))
        self.ports = [free_port() for _ in range(3)]
        self.sentinels = [self._sentinel(port) for port in self.ports]
        until(self._is_ready, "the sentinels know each other and the replica")
        self.settings = {
            "REDIS_URL": f"redis://:{PASSWORD}@{NAME}/0",
            "REDIS_SENTINELS": ",".join(f"127.0.0.1:{port}" for port in self.ports),
            "REDIS_SENTINEL_PASSWORD": SENTINELS_PASSWORD,
        }

    def _sentinel(self, port: int) -> subprocess.Popen[bytes]:
        file = self.folder / f"{port}.conf"
        file.write_text(
            f"port {port}\nbind 127.0.0.1\ndir {self.folder}\nrequirepass {SENTINELS_PASSWORD}\n"
            f"sentinel monitor {NAME} 127.0.0.1 {self.first.port} 2\n"
            f"sentinel auth-pass {NAME} {PASSWORD}\n"
            f"sentinel down-after-milliseconds {NAME} 2000\n"
            f"sentinel failover-timeout {NAME} 10000\n"
        )
        return subprocess.Popen([valkey_server(), str(file), "--sentinel"], stdout=subprocess.DEVNULL)

    def ask(self, *words: str) -> list[bytes]:
        """Return the answer of the last sentinel."""
        with redis.Redis(port=self.ports[-1], password=SENTINELS_PASSWORD) as sentinel:
            answer: list[bytes] = sentinel.execute_command("SENTINEL", *words)  # type: ignore[no-untyped-call]
            return answer

    def _is_ready(self) -> bool:
        try:
            return len(self.ask("REPLICAS", NAME)) == 1 and len(self.ask("SENTINELS", NAME)) == 2
        except redis.RedisError:
            return False

    def kill(self) -> None:
        """Kill the primary and a sentinel beside it, the first that servers ask."""
        self.first.stop()
        self.sentinels[0].kill()

    def switch(self) -> None:
        """Fail over by command, as an operator does before maintenance."""
        self.ask("FAILOVER", NAME)

    def wait_for_the_second(self) -> None:
        """Wait until the replica is the primary, and the former primary, if it lives, its replica."""
        until(lambda: _role(self.second) == "master", "the replica is promoted")
        if self.first.process is not None:
            until(lambda: _role(self.first) == "slave", "the first one follows it")

    def end(self) -> None:
        for sentinel in self.sentinels:
            sentinel.kill()
            sentinel.wait()
        self.first.stop()
        self.second.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class WatchedFleet(Fleet):
    """A fleet whose Redis can fail over."""

    def __init__(self) -> None:
        super().__init__()
        self.redis = WatchedRedis()
        self.settings |= self.redis.settings

    def end(self) -> None:
        super().end()
        self.redis.end()


def _role(server: Valkey) -> str:
    with redis.Redis(port=server.port, password=PASSWORD) as client:
        return str(client.info("replication")["role"])
