"""gunicorn's gevent worker, with one more operation: a response may take its connection over.

It relies on four things in gunicorn: ``start_response`` is a method of the response; a response ends a body with an
empty chunk only while ``chunked`` is true; ``should_close`` then closes gunicorn's handle without a shutdown;
``server_class`` makes the server of each listening socket. The canaries are ``tests/server/test_detaching.py`` and
``tests/server/faults/test_waves.py``.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import gevent
from gunicorn.http.wsgi import Response
from gunicorn.workers.ggevent import GeventWorker as GunicornsGeventWorker

from core.runtime.sockets import detached_socket
from core.runtime.workers.accepting import EvenServer, Loads
from core.runtime.workers.client_waits import BoundedWaits
from core.runtime.workers.detach import DETACH
from core.runtime.workers.shutdown import GracefulShutdown


class DetachableResponse:
    """``Detachable`` for a response of gunicorn on a plain HTTP/1 connection."""

    __slots__ = ("_response", "_sock")

    def __init__(self, response: Response, sock: socket.socket) -> None:
        self._response = response
        self._sock = sock

    def announce(self) -> None:
        self._response.force_close()

    def detach(self) -> tuple[socket.socket, bool]:
        handle, chunked = detached_socket(self._sock), self._response.chunked
        self._response.chunked = False
        return handle, chunked


class GeventWorker(GracefulShutdown, BoundedWaits, GunicornsGeventWorker):  # type: ignore[misc]
    """Offers ``environ[DETACH]`` where the body is framed in plain HTTP/1: not under TLS, not with HTTP/2.

    It shares arrivals evenly with its siblings: ``loads`` and ``carries`` are set by gunicorn.conf.py.
    """

    loads: Loads
    carries: Callable[[], int]

    def run(self) -> None:
        """Serve until the shutdown."""
        self.server_class = partial(EvenServer, self)
        super().run()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        application = self.wsgi

        def offer_detach(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            response = getattr(start_response, "__self__", None)
            sock = environ.get("gunicorn.socket")
            if type(response) is Response and sock is not None and not isinstance(sock, ssl.SSLSocket):
                environ[DETACH] = DetachableResponse(response, sock)
            return application(environ, start_response)

        self.wsgi = offer_detach

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        self.await_request(client, addr)
        try:
            super().handle(listener, client, addr)
        finally:
            self.waits.end(client)

    def handle_request(self, listener_name: Any, req: Any, sock: Any, addr: Any) -> None:
        super().handle_request(listener_name, req, sock, addr)
        self.await_request(sock, addr)
        # Requests that have been sent together are read and answered without a wait: others get their turn here.
        gevent.sleep(0)

    def notify(self) -> None:
        super().notify()
        self.waits.sweep()
