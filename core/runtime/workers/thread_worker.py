"""gunicorn's threaded worker, the roll-back, with the shutdown and the bounded waits of the gevent worker."""

from __future__ import annotations

from typing import Any, Final

from gunicorn.workers.gthread import ThreadWorker as GunicornsThreadWorker

from core.runtime.workers.client_waits import BoundedWaits
from core.runtime.workers.shutdown import GracefulShutdown

# Threads that clients who keep a thread waiting may not take.
THREADS_KEPT_FREE: Final = 2


class ThreadWorker(GracefulShutdown, BoundedWaits, GunicornsThreadWorker):  # type: ignore[misc]
    """Waits count while they hold a thread; connections that gunicorn polls cost nothing but a descriptor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._busy: set[Any] = set()

    def handle(self, conn: Any) -> Any:
        sock = conn.sock
        self._busy.add(conn)
        self.await_request(sock, conn.client)
        try:
            return super().handle(conn)
        finally:
            self._busy.discard(conn)
            self.waits.end(sock)
            self.waits.end(conn.sock)  # another object under TLS

    def notify(self) -> None:
        super().notify()
        self.waits.sweep(is_full=len(self._busy) > self.cfg.threads - THREADS_KEPT_FREE)
