"""A visitor over real sockets without a browser: cookies, CSRF tokens, forms, redirects."""

from __future__ import annotations

import json
import re
import time
from typing import Any
from urllib.parse import urljoin

import requests

from tests.server.harness import Live

# Seconds for which a visitor comes again.
PATIENCE = 240.0
PASSWORD = "a long enough passphrase"
BIRTH = {
    "gender": "female",
    "calendar": "solar",
    "birth_date": "1990-05-15",
    "birth_time": "14:30",
    "birth_place": "seoul",
}


class Visitor:
    """A visitor of a live server: ``Visitor(live).post("/fortune/", BIRTH)``. Addresses may be paths or full URLs."""

    def __init__(self, live: Live, **headers: str) -> None:
        self.live = live
        self.session = requests.Session()
        self.session.headers.update(
            {"Accept": "text/html", "User-Agent": "Mozilla/5.0 (X11) Firefox/140", **headers}
        )

    def get(self, path: str, **rest: Any) -> requests.Response:
        return self.session.get(urljoin(self.live.url, path), timeout=PATIENCE, allow_redirects=False, **rest)

    def post(self, path: str, data: dict[str, str] | None = None, **rest: Any) -> requests.Response:
        """Send a form with this visitor's CSRF token, and again if the answer asks to wait."""
        if "csrftoken" not in self.session.cookies:
            self.get("/accounts/login/")
        rest["headers"] = {"X-CSRFToken": self.session.cookies["csrftoken"], **rest.get("headers", {})}
        until = time.monotonic() + PATIENCE
        while True:
            answer = self.session.post(
                urljoin(self.live.url, path), data=data or {}, timeout=PATIENCE, allow_redirects=False, **rest
            )
            # A worker that is late on a busy machine refuses work, as it should.
            if answer.status_code != 503 or time.monotonic() > until:
                return answer
            self.session.close()  # a kept connection may end just when the pause does
            time.sleep(int(answer.headers["Retry-After"]))

    def stream(self, path: str, data: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
        """Send a form and read the answer as events to its end."""
        answer = self.post(path, data, headers={"Accept": "text/event-stream"}, stream=True)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        return events(answer.content.decode())

    def sign_up(self, address: str) -> None:
        """Sign up by e-mail: the form, the link from the mail (in the server's log), the confirmation."""
        form = {"email": address, "password1": PASSWORD, "password2": PASSWORD}
        answer = self.post("/accounts/signup/", form)
        assert answer.status_code == 302, answer.text
        self.live.wait_for_log("/accounts/confirm-email/")
        link = re.findall(r"/accounts/confirm-email/[^\s\"\\]+", self.live.logs())[-1]
        assert self.post(link).status_code == 302

    def sign_in(self, address: str) -> requests.Response:
        return self.post("/accounts/login/", {"login": address, "password": PASSWORD})

    @property
    def is_signed_in(self) -> bool:
        return self.get("/accounts/email/").status_code == 200


def events(body: str) -> list[tuple[str, dict[str, Any]]]:
    """Return server-sent events as (name, data)."""
    found = []
    for block in body.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and line[0] != ":")
        if "data" in fields:
            found.append((fields.get("event", "message"), json.loads(fields["data"])))
    return found


def text_of(found: list[tuple[str, dict[str, Any]]]) -> str:
    return "".join(data["text"] for name, data in found if name == "text")
