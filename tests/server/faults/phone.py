"""A phone with a network of its own that can be cut off: not even a FIN arrives from it any more."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from tests.server.faults.fleet import until
from tests.server.faults.middle import PLACES
from tools.processes import guard

CLONE_NEWNET = 0x40000000


class Phone:
    """A network namespace, and a pair of interfaces between it and this machine's network.

    A sleeping process keeps the namespace. When that process ends, the namespace and both interfaces are removed.
    """

    def __init__(self) -> None:
        if not all(shutil.which(program, path=PLACES) for program in ("ip", "nsenter", "unshare")):
            pytest.skip("iproute2 or util-linux is not installed on this machine")
        # A network of four addresses out of those for benchmarks (RFC 2544), by the number of this process.
        base = os.getpid() % 2**14 * 4
        self.server, self.address = (f"198.18.{base >> 8}.{base % 256 + host}" for host in (1, 2))
        here, there = (f"{end}{os.getpid()}" for end in ("srv", "tel"))
        own = Path("/proc/self/ns/net").readlink()
        self.process = subprocess.Popen(
            [*guard("KILL"), "unshare", "--net", "sleep", "infinity"], stderr=subprocess.PIPE, text=True
        )
        self.space = Path("/proc", str(self.process.pid), "ns", "net")
        until(lambda: self.process.poll() is not None or self.space.readlink() != own, "a namespace")
        if self.process.poll() is not None:
            pytest.skip(f"no network namespace can be made here: {self.process.communicate()[1].strip()}")
        try:
            _ip(f"link add {here} type veth peer name {there} netns {self.process.pid}")
            _ip(f"address add {self.server}/30 dev {here}")
            _ip(f"link set {here} up")
            self._there(f"address add {self.address}/30 dev {there}")
            self._there(f"link set {there} up")
        except BaseException:
            self.end()
            raise

    def connect(self, port: int) -> socket.socket:
        """Open a connection from the phone: a socket stays in the network in which it was made."""
        made: list[socket.socket] = []
        thread = threading.Thread(target=self._connect, args=(port, made))
        thread.start()
        thread.join(120)
        assert made, "no connection from the namespace"
        return made[0]

    def _connect(self, port: int, made: list[socket.socket]) -> None:
        with self.space.open() as space:  # of this thread alone
            assert ctypes.CDLL(None).setns(space.fileno(), CLONE_NEWNET) == 0
        made.append(socket.create_connection((self.server, port), 60))

    def vanish(self) -> None:
        """Cut the phone off: no acknowledgement, FIN or reset reaches the server, and nothing tells it so."""
        self._there(f"route add blackhole {self.server}/32")

    def _there(self, words: str) -> None:
        _ip(words, "nsenter", "--target", str(self.process.pid), "--net")

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


def _ip(words: str, *before: str) -> None:
    done = subprocess.run(
        [*before, "ip", *words.split()],
        env=os.environ | {"PATH": PLACES},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"ip {words}: {done.stderr}"
