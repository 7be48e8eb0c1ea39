"""The errors of this client, in httpcore's names."""

from __future__ import annotations


class HTTPError(Exception):
    """The base of all errors of this client. None of them carries a request or a response."""


class PoolTimeout(HTTPError):
    """All connections to the host were in use for as long as the pool lets a caller wait."""


class ConnectError(HTTPError):
    """No connection: no address, refused, or a certificate that isn't valid."""


class ConnectTimeout(HTTPError):
    """No connection before the deadline."""


class ReadError(HTTPError):
    """The connection broke while a request was sent or a response received."""


class ReadTimeout(HTTPError):
    """The deadline passed while a request was sent or a response received. The connection may still serve."""


class RemoteProtocolError(HTTPError):
    """The server sent something that is not HTTP, or not an event stream of a sensible size."""
