"""gunicorn's threaded worker, the roll-back, which leaves and waits as the gevent worker does."""

from __future__ import annotations

from typing import Any, Final

from gunicorn.workers.gthread import ThreadWorker as GunicornsThreadWorker

from core.runtime.workers.clients import Waiting
from core.runtime.workers.leaving import Leaving

# So many threads are kept from clients that keep them waiting.
FREE: Final = 2


class ThreadWorker(Leaving, Waiting, GunicornsThreadWorker):  # type: ignore[misc]
    """A connection waits in the room while it holds a thread; those that gunicorn polls cost nothing but a descriptor."""

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
            self.room.leave(sock)
            self.room.leave(conn.sock)  # another object under TLS

    def notify(self) -> None:
        super().notify()
        self.room.sweep(is_short=len(self._busy) > self.cfg.threads - FREE)
