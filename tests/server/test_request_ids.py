"""The id of a request in what is logged while its answer streams, on the real server."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.fakes.fake import FakeProvider
from tests.server.harness import Live
from tests.server.visitor import BIRTH, Visitor


@pytest.mark.parametrize("worker", ["gevent", "gthread"])
def test_a_line_written_in_the_middle_of_a_stream_carries_the_id_of_its_request(
    serve: Callable[..., Live], worker: str
) -> None:
    with FakeProvider("count=200,interval=0.01,chaos=rst,at=60") as fake:
        live = serve(
            WORKER_CLASS=worker, AI_PROVIDERS="deepseek", DEEPSEEK_API_KEY="k", DEEPSEEK_BASE_URL=fake.url
        )
        Visitor(live, **{"X-Request-ID": "before-it-00"}).get("/fortune/")
        visitor = Visitor(live, **{"X-Request-ID": "in-the-stream"})
        found = visitor.stream("/fortune/api/streaming/", BIRTH)
        Visitor(live, **{"X-Request-ID": "after-it-000"}).get("/fortune/")
    assert [name for name, _ in found].count("text") > 1
    live.wait_for_log("broke off")
    (line,) = [line for line in live.logs().splitlines() if "broke off" in line]
    assert "request_id=in-the-stream" in line
    lines = [line for line in live.logs().splitlines() if "core.requests" in line]
    assert lines and all("request_id=" in line for line in lines)
