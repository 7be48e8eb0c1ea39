"""Headers from outside that gunicorn would believe when they come from this machine, as from a proxy on it."""

from __future__ import annotations

import pytest

from tests.server.harness import Live


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "SCRIPT-NAME", "PATH_INFO", "X-Script-Name", "REMOTE_USER"])
@pytest.mark.parametrize("value", ["/fortune", "/elsewhere", "//evil.example"])
def test_no_header_says_where_the_site_is_mounted(either: Live, name: str, value: str) -> None:
    plain, told = either.get("/fortune/"), either.get("/fortune/", headers={name: value})
    assert (told.status, told.headers["content-type"]) == (200, plain.headers["content-type"])
    assert "elsewhere" not in told.text
    assert "evil.example" not in told.text
    assert 'action="/fortune/"' in told.text or "/fortune/" in told.text
    moved = either.get("/fortune", headers={name: value})
    assert moved.headers["location"] == "/fortune/"
