"""The browsers' bytes decoded into text with its instants, and compared with the provider's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import httptools
import msgspec

from bench.harness.load import Stream

Form = Literal["fortune", "openai"]


class _Text(msgspec.Struct):
    text: str = ""


class _Delta(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    delta: _Delta


class _Chunk(msgspec.Struct):
    choices: list[_Choice] = []


_FIRST = re.compile(rb"~\d+:([\d.]+)~")
_text = msgspec.json.Decoder(_Text).decode
_chunk = msgspec.json.Decoder(_Chunk).decode


def _fortune(event: bytes) -> str:
    """Return the text of an event of our own form; other events have none."""
    head, _, data = event.partition(b"data: ")
    return _text(data).text if b"event: text" in head else ""


def _openai(event: bytes) -> str:
    """Return the text of a chat completion's chunk, passed on as it came."""
    data = event.partition(b"data: ")[2]
    if not data.startswith(b"{"):
        return ""
    return "".join(choice.delta.content or "" for choice in _chunk(data).choices)


READERS: dict[Form, Callable[[bytes], str]] = {"fortune": _fortune, "openai": _openai}


class _Body:
    """A parser that takes the body out of HTTP's chunks."""

    def __init__(self) -> None:
        self.data = b""
        self.parser: Any = httptools.HttpResponseParser(self)

    def on_body(self, data: bytes) -> None:
        self.data += data


def texts(stream: Stream, form: Form) -> Iterator[tuple[float, str]]:
    """Yield each piece of text with the instant at which it was received whole."""
    body, read = _Body(), READERS[form]
    for part, at in zip(stream.parts, stream.times, strict=True):
        if not part:
            break
        body.parser.feed_data(part)
        whole, end, body.data = body.data.rpartition(b"\n\n")
        if end and (text := "".join(read(event) for event in whole.split(b"\n\n") if event)):
            yield at, text


@dataclass(frozen=True, slots=True)
class Answer:
    """One stream, decoded."""

    number: int
    pieces: tuple[tuple[float, str], ...]


class Wrong(Exception):
    """A browser received something that the provider did not send, or not in this order."""


def answer(stream: Stream, form: Form, rest: str) -> Answer:
    """Decode and compare with what the provider sends. Raises Wrong.

    `rest` is the text after the first token; a stream that was left early must be a beginning of it.
    """
    pieces = tuple(texts(stream, form))
    whole = "".join(text for _, text in pieces)
    first, found, after = whole.removeprefix("~").partition("~ ")
    if not found or not rest.startswith(after):
        raise Wrong(whole[:80])
    if stream.over and not stream.error and after != rest:
        raise Wrong(f"ended after {len(after)} of {len(rest)} characters")
    return Answer(int(first.partition(":")[0]), pieces)


def own_seconds(stream: Stream) -> float:
    """Return the seconds that the provider itself took to the first token, as stated in the text."""
    told = _FIRST.search(b"".join(stream.parts))
    if told is None:
        raise Wrong("text without a first token")
    return float(told[1])


def answers(streams: list[Stream], form: Form, rest: str) -> list[Answer]:
    """Return all streams that had text, checked also against each other: no answer is seen twice. Raises Wrong."""
    found = [answer(stream, form, rest) for stream in streams if stream.first]
    if len({a.number for a in found}) != len(found):
        raise Wrong("two browsers were shown one answer")
    return found
