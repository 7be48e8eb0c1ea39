"""How a worker waits for clients: in its waiting room, and never inside the application."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from core.runtime.workers import bodies
from core.runtime.workers.waiting import Phase, WaitingRoom

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# An answer is taken within this time; a long one may take longer, at 20 KB a second.
TAKEN_WITHIN: Final = 30.0
TAKEN_PER_SECOND: Final = 20_000


class Waiting:
    """For gunicorn's workers: reads bodies before the application is called, and bounds every wait for a client.

    ``room``, ``address_of`` (the visitor's address for a request's environ, "" if it isn't known) and ``sees_visitors``
    (a connection's peer is the visitor, not a proxy) are set by gunicorn.conf.py.
    """

    cfg: Any
    wsgi: Application
    room: WaitingRoom
    address_of: Callable[[Mapping[str, Any]], str]
    sees_visitors: bool

    def load_wsgi(self) -> None:
        super().load_wsgi()  # type: ignore[misc]
        application = self.wsgi

        def attended(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            sock, address = environ["gunicorn.socket"], self.address_of(environ)
            response = start_response.__self__  # type: ignore[attr-defined]
            if length := bodies.awaited(environ):
                self.room.enter(sock, Phase.SENDING, address=address, seconds=bodies.seconds(length))
                try:
                    bodies.receive(environ, length)
                except bodies.BrokenOff:
                    response.force_close()
                    start_response("408 Request Timeout", [("Content-Length", "0")])
                    return []
            self.room.leave(sock)
            answer = application(environ, start_response)
            # An event stream bounds its sends itself (core/streams/delivery).
            if not getattr(answer, "streaming", False):
                seconds = TAKEN_WITHIN + (response.response_length or 0) / TAKEN_PER_SECOND
                self.room.enter(sock, Phase.TAKING, address=address, seconds=seconds)
            return answer

        self.wsgi = attended

    def await_request(self, sock: Any, peer: Any) -> None:
        """Begin to wait for the head of a request, the first of this connection or the next."""
        known = self.sees_visitors and isinstance(peer, tuple)
        address = self.address_of({"REMOTE_ADDR": peer[0]}) if known else ""
        # gunicorn's own limit for this comes first where it has one.
        self.room.enter(sock, Phase.ASKING, address=address, seconds=self.cfg.keepalive + 1)
