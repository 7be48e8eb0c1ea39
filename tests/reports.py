"""Reports of the real Sentry SDK, caught at its transport; nothing is sent."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from unittest import mock

import sentry_sdk
from sentry_sdk.transport import Transport


@contextlib.contextmanager
def caught_reports() -> Iterator[list[Any]]:
    """Give the envelopes of an SDK that is started inside the block, and switch it off at the end."""
    envelopes: list[Any] = []

    class Caught(Transport):
        def capture_envelope(self, envelope: Any) -> None:
            envelopes.append(envelope)

    real = sentry_sdk.init

    def init(**options: Any) -> None:
        real(**options, transport=Caught)

    with mock.patch.object(sentry_sdk, "init", init):
        yield envelopes
    sentry_sdk.get_global_scope().set_client(None)
