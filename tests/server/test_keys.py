"""An operator sets FIELD_ENCRYPTION_KEYS on a site that has readings, and rotates while two instances serve."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.fernet import Fernet

from tests.server.harness import Live
from tests.server.visitor import BIRTH, Visitor

PREFIXES = "SELECT DISTINCT left(chart, 12) FROM fortune_reading"


def finished(visitor: Visitor) -> str:
    """Begin a reading, wait for its end, and return its address."""
    address = visitor.post("/fortune/", BIRTH).headers["Location"].rstrip("/")
    assert visitor.get(f"{address}/events").status_code == 200
    return str(address)


def test_keys_are_set_and_rotated_while_the_site_serves(serve: Callable[..., Live]) -> None:
    without = serve()
    visitor = Visitor(without)
    address = finished(visitor)
    before = visitor.get(f"{address}.json").json()
    live = serve(beside=without, FIELD_ENCRYPTION_KEYS=Fernet.generate_key().decode())
    live.wait_for_log("the key from SECRET_KEY still opens earlier values")
    visitor.live = live
    assert visitor.get(f"{address}.json").json() == before
    without.stop()
    assert len(live.query(PREFIXES)) == 1
    assert "fortune_reading: 1\n" in live.manage("rotate_keys")
    assert visitor.get(f"{address}.json").json() == before
    another = Visitor(live)
    finished(another)
    assert len(live.query(PREFIXES)) == 1, "the rotated and the new one are under one key"
    assert visitor.get("/readyz").json()["keys"] == "ok"
    assert "core_profile: 0\n" in live.manage("rotate_keys")
    # The next worker has nothing to say.
    again = serve(beside=live, FIELD_ENCRYPTION_KEYS=live.environ["FIELD_ENCRYPTION_KEYS"])
    assert visitor.get(f"{address}.json").json() == before
    assert "rotate_keys" not in again.logs()
    live.stop()
    again.stop()
