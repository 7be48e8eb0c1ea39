"""The lower bound: gevent workers that pass the provider's bytes on without parsing them.

    python -m bench.comparators.relay PORT PROVIDER_PORT [PAUSE]

With PAUSE (seconds) a stream sleeps between reads, so that the kernel gathers bytes: the lower bound of batching.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import gevent
from gevent import socket
from gevent.server import StreamServer

WORKERS = 2


def serve(listener: Any, provider: int, pause: float) -> None:
    """Run one worker."""

    def handle(browser: Any, _address: object) -> None:
        with socket.create_connection(("127.0.0.1", provider)) as upstream:
            upstream.sendall(browser.recv(65536))
            while data := upstream.recv(65536):
                browser.sendall(data)
                if data.endswith(b"\r\n0\r\n\r\n"):
                    return
                if pause and b"data:" in data:
                    gevent.sleep(pause)

    StreamServer(listener, handle).serve_forever()


def main() -> None:
    port, provider = int(sys.argv[1]), int(sys.argv[2])
    pause = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(2048)
    listener.setblocking(False)
    children = []
    for _ in range(WORKERS):
        pid = gevent.fork()
        if not pid:
            serve(listener, provider, pause)
            os._exit(0)
        children.append(pid)

    def stop(*_: object) -> None:
        for child in children:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
