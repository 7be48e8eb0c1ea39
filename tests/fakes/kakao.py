"""Kakao's, Naver's and Google's sign-in, as a server of our own on real sockets.

It plays the browser-facing half (the consent page, which here agrees at once) and the server-facing half
(token, profile), and is strict where the real ones are: the client's id and secret, the redirect address, a
code that works once, a bearer token it has given out itself.

    python -m tests.fakes.kakao PORT
"""

from __future__ import annotations

import json
import secrets
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT_ID, CLIENT_SECRET = "fake-client", "fake-secret"


@dataclass
class Person:
    """The person who is "signed in at Kakao" now. No address: the person ticked the box off."""

    number: int = 4_210_000_001
    email: str | None = "jisu@example.com"
    verified: bool = True
    agrees: bool = True


@dataclass
class Ledger:
    person: Person = field(default_factory=Person)
    codes: dict[str, str] = field(default_factory=dict)  # code → redirect address
    tokens: set[str] = field(default_factory=set)
    token_requests: int = 0
    broken: bool = False  # the token endpoint answers 500


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeKakao

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        match parts.path:
            case "/oauth/authorize" | "/oauth2.0/authorize":
                self._authorize(query)
            case "/v2/user/me" | "/v1/nid/me":
                self._profile(naver=parts.path.startswith("/v1"))
            case _:
                self._answer(404, {"msg": "no such page"})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = parse_qs(self.rfile.read(length).decode())
        form = {key: values[0] for key, values in body.items()}
        if urlsplit(self.path).path in ("/oauth/token", "/oauth2.0/token"):
            self._token(form)
        else:
            self._answer(404, {"msg": "no such page"})

    def _authorize(self, query: dict[str, str]) -> None:
        if query.get("client_id") != CLIENT_ID or query.get("response_type") != "code":
            self._answer(401, {"error": "invalid_client", "error_code": "KOE101"})
            return
        answer = {"state": query.get("state", "")}
        if self.server.ledger.person.agrees:
            code = secrets.token_urlsafe(12)
            self.server.ledger.codes[code] = query["redirect_uri"]
            answer["code"] = code
        else:
            answer |= {"error": "access_denied", "error_description": "User denied access"}
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode(answer)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _token(self, form: dict[str, str]) -> None:
        ledger = self.server.ledger
        ledger.token_requests += 1
        if ledger.broken:
            self._answer(500, {"error": "server_error"})
        elif (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            self._answer(401, {"error": "invalid_client", "error_code": "KOE010"})
        elif ledger.codes.pop(form.get("code", ""), None) != form.get("redirect_uri"):
            self._answer(400, {"error": "invalid_grant", "error_code": "KOE320"})
        else:
            token = secrets.token_urlsafe(16)
            ledger.tokens.add(token)
            self._answer(200, {"token_type": "bearer", "access_token": token, "expires_in": 21599})

    def _profile(self, *, naver: bool) -> None:
        ledger, person = self.server.ledger, self.server.ledger.person
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in ledger.tokens:
            self._answer(401, {"msg": "this access token does not exist", "code": -401})
        elif naver:
            response = {"id": f"naver-{person.number}", "email": person.email, "name": "김지수"}
            self._answer(200, {"resultcode": "00", "message": "success", "response": response})
        else:
            account: dict[str, Any] = {"profile": {"nickname": "지수"}}
            if person.email:
                account |= {
                    "email": person.email,
                    "is_email_valid": True,
                    "is_email_verified": person.verified,
                }
            self._answer(200, {"id": person.number, "kakao_account": account})

    def _answer(self, status: int, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


class FakeKakao(ThreadingHTTPServer):
    """Use it as ``with FakeKakao() as kakao: … kakao.url``."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.ledger = Ledger()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.shutdown()
        self.server_close()


if __name__ == "__main__":
    FakeKakao(int(sys.argv[1])).serve_forever()
