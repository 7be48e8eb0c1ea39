"""Taking a connection over from the server, as an announced operation (as Go's ``Hijacker``, Tornado's ``detach``).

A server that can do it puts a ``Detachable`` into the WSGI environ as ``environ[DETACH]``. Ours is the gevent worker
(core/runtime/workers/gevent_worker.py).
"""

from __future__ import annotations

import socket
from typing import Final, Protocol

DETACH: Final = "core.detach"


class Detachable(Protocol):
    """The connection under one response."""

    def announce(self) -> None:
        """Say in the head, which must not have been sent yet, that the connection closes after this response."""

    def detach(self) -> tuple[socket.socket, bool]:
        """Give the connection to the caller, once the head has been sent.

        Returns a handle whose calls never wait, and whether the body goes in chunks. The body's iterator is to
        end after this: the server then sends nothing more, and closes its own handle only.
        """
