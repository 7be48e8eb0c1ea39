"""One client of the fake provider, and what it asks."""

from __future__ import annotations

import socket
from typing import Any

import httptools

from tests.fakes.script import Script
from tests.fakes.tls import TlsEnd


class Connection:
    """One client's socket, the request being read from it, and the answer being paced into it."""

    def __init__(self, sock: socket.socket, tls: TlsEnd | None) -> None:
        self.sock = sock
        self.tls = tls
        self.plan: tuple[bytes, ...] = ()
        self.position = 0
        self.ending: tuple[str, bytes] | None = None  # what follows the plan; None: no answer is under way
        self.out = b""
        self.next = 0.0
        self.interval = 0.0
        self.counted = False
        self.form = ""
        self.keep = True
        self.script = Script()
        self.fresh()

    def fresh(self) -> None:
        """Get ready for the next request on this connection."""
        self.parser: Any = httptools.HttpRequestParser(self)
        self.body: list[bytes] | None = []
        self.url = b""
        self.header: dict[bytes, bytes] = {}

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.header[name.lower()] = value

    def on_body(self, data: bytes) -> None:
        if self.body is not None:
            self.body.append(data)

    def on_message_complete(self) -> None:
        self.next = -1.0  # a whole request is there


def read_request(path: str, query: str, request: Any) -> tuple[str, str, str, str, bool]:
    """(form, model, prefix to go on from, the prompt's text, streams?) of a request."""
    if path.endswith("/chat/completions"):
        messages, last = request["messages"], request["messages"][-1]
        if last.get("prefix") and not path.startswith("/beta/"):
            raise ValueError("prefix completion needs the beta address")
        texts = [message["content"] for message in messages]
        roles = [message["role"] for message in messages]
        streams, form, model = bool(request.get("stream")), "openai", request["model"]
    elif "/models/" in path and path.endswith(("GenerateContent", ":generateContent")):
        model, _, method = path.partition("/models/")[2].rpartition(":")
        turns = request["contents"]
        texts = ["".join(part.get("text", "") for part in turn["parts"]) for turn in turns]
        roles = ["assistant" if turn.get("role") == "model" else "user" for turn in turns]
        streams, form = method == "streamGenerateContent", "gemini"
        if streams and "alt=sse" not in query:
            raise ValueError("only alt=sse is spoken here")
    else:
        raise LookupError(path)
    # Either the answer begun is the last turn, or one instruction to go on follows it.
    prefix = next((texts[i] for i in (-1, -2) if len(texts) >= -i and roles[i] == "assistant"), "")
    return form, model, prefix, "\n".join(texts), streams
