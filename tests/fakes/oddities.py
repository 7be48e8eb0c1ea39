"""Oddities of real model streams, by kind, in both wire formats: the bytes that come, and what is right.

Collected from public bug reports. Each case says which text a reader must be given, and how the answer ends:
"stop" for a whole one, else the kind of failure.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.fakes.raw import HEAD, HOLD, RESET, Step

T1, T2, T3 = "올해는 나무의 기운이 강해요. ", "마음이 편안해지고 ", "새로운 일이 시작돼요."
WHOLE = T1 + T2 + T3
CUT_SYLLABLE = b"\xed\x95"  # two bytes of the three of 한
NESTED = b"data: " + b'{"x":' + b"[" * 5000 + b"]" * 5000 + b"}\n\n"


@dataclass(frozen=True)
class Case:
    """A provider's events, the text that must be left of them, and how that ends."""

    name: str
    steps: Sequence[Step]
    text: str = WHOLE
    end: str = "stop"

    def __str__(self) -> str:
        return self.name


class Form(Protocol):
    """A wire format's events."""

    def event(self, content: Any, reason: str | None = None, **beside: Any) -> bytes: ...

    def end(self, reason: str | None) -> bytes: ...


def sse(value: Any) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n\n"


class OpenAI:
    """Chat completions."""

    done = b"data: [DONE]\n\n"
    stop, length, refused = "stop", "length", "content_filter"
    others = ("error", "abort", "insufficient_quota", "tool_calls", "unknown")
    thought = [{"type": "thinking", "thinking": "음"}, {"type": "text", "text": T1}]
    usages = (
        {"prompt_tokens": "12", "completion_tokens": "abc"},
        {"prompt_tokens": 1.5, "completion_tokens": -3},
        [],
        "none",
        {"prompt_tokens": {"a": 1}, "prompt_tokens_details": [1]},
    )

    def event(self, content: Any, reason: str | None = None, **beside: Any) -> bytes:
        choice = {"index": 0, "delta": {"content": content}, "finish_reason": reason}
        return sse({"choices": [choice], **beside})

    def end(self, reason: str | None) -> bytes:
        return sse({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})

    def usage(self, value: Any) -> bytes:
        return self.event("", usage=value)


class Gemini:
    """streamGenerateContent."""

    done = b""
    stop, length, refused = "STOP", "MAX_TOKENS", "SAFETY"
    others = ("OTHER", "MALFORMED_RESPONSE", "MALFORMED_FUNCTION_CALL", "SOMETHING_NEW")
    thought = [{"text": "음", "thought": True}, {"text": T1}]
    usages = (
        {"promptTokenCount": "12", "candidatesTokenCount": "abc"},
        {"promptTokenCount": 1.5, "candidatesTokenCount": -3},
        [],
        "none",
    )

    def event(self, content: Any, reason: str | None = None, **beside: Any) -> bytes:
        parts = content if isinstance(content, list) else [{"text": content}]
        candidate: dict[str, Any] = {"content": {"parts": parts, "role": "model"}, "index": 0}
        if reason is not None:
            candidate["finishReason"] = reason
        return sse({"candidates": [candidate], **beside})

    def end(self, reason: str | None) -> bytes:
        return self.event("", reason)

    def usage(self, value: Any) -> bytes:
        return self.event("", usageMetadata=value)


def raw_content(form: OpenAI | Gemini, content: bytes) -> bytes:
    """An event whose text is these bytes, which need be no UTF-8 and no valid escape."""
    return form.event("CONTENT").replace(b"CONTENT", content)


def cases(form: OpenAI | Gemini) -> list[Case]:
    """All kinds in one format."""
    e1, e2, e3 = map(form.event, (T1, T2, T3))
    whole_end = form.end(form.stop) + form.done
    everything = e1 + e2 + e3 + whole_end
    error = sse({"error": {"code": 500, "message": "no"}})
    case = Case
    return [
        *_characters(form, e1, e2, e3, whole_end),
        *_ends(form, e1, e2, e3),
        *_beside_text(form, e1, e2, e3, whole_end),
        *_other_bodies(form, everything, error),
        *_choices(form, e1, e2, e3, whole_end),
        *(_of_openai(form, e1, e2, e3) if isinstance(form, OpenAI) else _of_gemini(form, e1, e2, e3)),
        case(
            "a failure as a whole chunk",
            [HEAD, e1, e2 + sse({"object": "error", "code": 429})],
            T1 + T2,
            "rate_limited",
        ),
        case(
            "a word as a heartbeat",
            [HEAD, e1 + b"data: ping\n\n" + e2 + b"data: : PROCESSING\n\n" + e3 + whole_end],
        ),
        case("ids and retries beside", [HEAD, b"id: 1\nretry: 5\n" + e1 + b"id: 2\n" + e2 + e3 + whole_end]),
        case(
            "the same in single bytes",
            [HEAD, *(everything[at : at + 99] for at in range(0, len(everything), 99))],
        ),
        case("a very long text", [HEAD, form.event(T1 * 2000) + whole_end], T1 * 2000),
        case("several chunks in an event", [HEAD, (e1 + e2).replace(b"\n\ndata: ", b""), e3 + whole_end]),
        case("events without an empty line", [HEAD, (e1 + e2 + e3).replace(b"\n\n", b"\n"), whole_end]),
        case(
            "a broken chunk behind a whole one",
            [HEAD, e1 + e2[:-2] + b"{broken\n\n" + e3],
            T1 + T2,
            "malformed",
        ),
        case("a NUL behind a chunk", [HEAD, e1[:-2] + b"\0\n\n" + e2, e3 + whole_end]),
        case("a NUL", [HEAD, raw_content(form, rb"a\u0000b") + e3 + whole_end], "a\0b" + T3),
        case("a cut, then stop", [HEAD, e1, e2 + e3 + form.end(form.length) + whole_end], end="length"),
        case("a filter, then stop", [HEAD, e1, e2 + e3 + form.end(form.refused) + whole_end], end="blocked"),
        case("stop twice", [HEAD, e1, e2 + e3 + form.end(form.stop) + whole_end]),
        case("an error in one read with text", [HEAD, e1, e2 + error], T1 + T2, "server"),
        case("nonsense in one read with text", [HEAD, e1, e2 + b"data: {nonsense\n\n"], T1 + T2, "malformed"),
        case("an event named error", [HEAD, e1, e2 + b"event: error\ndata: no\n\n"], T1 + T2, "server"),
        case("an empty error is none", [HEAD, e1 + sse({"error": None}) + e2 + e3 + whole_end]),
        case("a reset after text", [HEAD, e1, e2, RESET], T1 + T2, "connect"),
        case("a reset behind a chunk without its empty line", [HEAD, e1, e2[:-2], RESET], T1 + T2, "connect"),
        case("a reset in a chunk", [HEAD, e1, e2[:-9], RESET], T1, "connect"),
        case(
            "a silence behind a chunk without its empty line",
            [HEAD, e1, e2[:-2], HOLD],
            T1 + T2,
            "timeout_idle",
        ),
        case("an end without a word", [HEAD, e1, e2], T1 + T2, "truncated"),
        *(
            case(f"media type {kind!r}", [_head(kind), everything])
            for kind in (
                None,
                "Text/Event-Stream",
                "application/json, text/event-stream",
                "text/plain",
                "application/json",
                "application/x-ndjson",
            )
        ),
        case("a byte order mark", [HEAD, b"\xef\xbb\xbf" + everything]),
        case("a byte order mark in pieces", [HEAD, b"\xef", b"\xbb\xbf" + everything]),
        case("CR line ends", [HEAD, everything.replace(b"\n", b"\r")]),
        case("no space after data:", [HEAD, everything.replace(b"data: ", b"data:")]),
    ]


def _characters(form: OpenAI | Gemini, e1: bytes, e2: bytes, e3: bytes, end: bytes) -> list[Case]:
    cut = raw_content(form, CUT_SYLLABLE)
    rest = raw_content(form, b"\x9c")
    high, low = raw_content(form, rb"\ud83d"), raw_content(form, rb"\ude00")
    return [
        Case("a cut syllable beside text", [HEAD, e1, e2 + cut, e3 + end], T1 + T2 + "\ufffd" + T3),
        Case("a cut syllable first", [HEAD, cut, e1 + e2 + e3 + end], "\ufffd" + WHOLE),
        Case("a cut syllable whose rest comes", [HEAD, e1, cut, rest + e3 + end], T1 + "한" + T3),
        Case("a cut syllable last", [HEAD, e1, e2 + cut + end], T1 + T2 + "\ufffd"),
        Case("halves of an emoji", [HEAD, e1 + high, low + e3 + end], T1 + "😀" + T3),
        Case("half an emoji", [HEAD, e1 + high + e3 + end], T1 + "\ufffd" + T3),
        Case("the other half of an emoji", [HEAD, e1 + low + e3 + end], T1 + "\ufffd" + T3),
    ]


def _ends(form: OpenAI | Gemini, e1: bytes, e2: bytes, e3: bytes) -> list[Case]:
    texts = [e1, e2, e3]
    every = [form.event(text, form.stop) for text in (T1, T2, T3)]
    return [
        Case("the length limit", [HEAD, *texts, form.end(form.length) + form.done], end="length"),
        Case("a filter", [HEAD, *texts, form.end(form.refused) + form.done], end="blocked"),
        *(
            Case(f"reason {word!r}", [HEAD, *texts, form.end(word) + form.done], end="unfinished")
            for word in form.others
        ),
        Case("no reason at all", [HEAD, *texts, form.done], end="truncated"),
        Case("an empty reason, then a reset", [HEAD, *(form.event(t, "") for t in (T1, T2, T3)), RESET], end="connect"),
        Case("an empty reason, then an end", [HEAD, *(form.event(t, "") for t in (T1, T2, T3))], end="truncated"),
        Case("stop in every chunk, then a reset", [HEAD, *every, RESET], end="connect"),
        Case("stop first, text after it, then a reset", [HEAD, form.end(form.stop), *texts, RESET], end="connect"),
        Case("stop first, text after it, then an end", [HEAD, form.end(form.stop), *texts, form.done], end="truncated"),
        Case("stop, and the connection stays open", [HEAD, *texts, form.end(form.stop), HOLD]),
        Case("stop, then a reset", [HEAD, *texts, form.end(form.stop), RESET]),
        Case("a word of another server", [HEAD, *texts, form.end("end_turn") + form.done]),
    ]  # fmt: skip


def _beside_text(form: OpenAI | Gemini, e1: bytes, e2: bytes, e3: bytes, end: bytes) -> list[Case]:
    beside = {
        "data: with nothing": b"data:\n\n",
        "data: null": b"data: null\n\n",
        "a number": b"data: 5\n\n",
        "a list": b"data: []\n\n",
        "a string": b'data: "ping"\n\n',
        "a foreign event": b"event: ping\ndata: {}\n\nevent: x\ndata: not JSON\n\n",
        "a comment": b": keep-alive\n\n",
        "deep nesting": NESTED,
        "an unknown object": b'data: {"object":"queue","position":3}\n\n',
        "choices that are none": b'data: {"choices":"none","candidates":5}\n\n',
    }
    openai_only = [
        Case("content as a number", [HEAD, e1, form.event(12) + e3 + end], T1 + "12" + T3),
        Case(
            "content as a list of parts", [HEAD, form.event([{"type": "text", "text": T1}]) + e2 + e3 + end]
        ),
    ]
    return [
        *(Case(name, [HEAD, e1 + odd + e2, odd + e3 + odd + end]) for name, odd in beside.items()),
        *(
            Case(f"usage {value!r}", [HEAD, e1, e2 + form.usage(value) + e3 + form.usage(value) + end])
            for value in form.usages
        ),
        Case("a thinking part first", [HEAD, form.event(form.thought) + e2, e3 + end]),
        Case("a thought in tags", [HEAD, form.event("<think>음, "), form.event("그러면</thi"), form.event("nk>\n\n") + e1, e2 + e3 + end]),
        Case("a closing tag alone", [HEAD, form.event("음, "), form.event("그러면</think>\n\n"), e1, e2 + e3 + end]),
        Case("a thought in a small model's marks", [HEAD, form.event("<unus"), form.event("ed94>thought\n음"), form.event("<unused9"), form.event("5>") + e1, e2 + e3 + end]),
        Case("marks without a meaning", [HEAD, e1 + form.event("<unused7"), form.event("7>") + e2, e3 + form.event("<unused99>") + end]),
        Case("a closing tag first", [HEAD, form.event("</think>\n\n" + T1), e2 + e3 + end]),
        Case("a raw tab in a string", [HEAD, raw_content(form, b"a\tb") + e3 + end], "a\tb" + T3),
        *(openai_only if isinstance(form, OpenAI) else []),
    ]  # fmt: skip


def _other_bodies(form: OpenAI | Gemini, everything: bytes, error: bytes) -> list[Case]:
    """Answers that are framed, packed or written otherwise."""
    chunked = _head("text/event-stream").replace(b"Connection: close", b"Transfer-Encoding: chunked")
    sized = chunked.replace(b"Transfer-Encoding: chunked", b"Content-Length: %d" % len(everything))
    packed = gzip.compress(everything)
    objects = [
        part.removeprefix(b"data: ") for part in everything.split(b"\n\n") if part.startswith(b"data: {")
    ]
    parts = [everything[:40], everything[40:90], everything[90:]]
    json_head = _head("application/json; charset=UTF-8")
    return [
        Case("a body with its length", [sized, everything]),
        Case("chunks", [chunked, b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"]),
        Case("chunks with extensions and a trailer", [chunked, b"".join(b"%X;a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nX: y\r\n\r\n"]),
        Case("another answer behind it", [sized, everything + sized + everything]),
        Case("nonsense behind it", [sized, everything + b"\0\0nonsense"]),
        Case("packed", [_head("text/event-stream\r\nContent-Encoding: gzip"), packed[:50], packed[50:]]),
        Case("a list in place of events", [json_head, b"[" + b",\r\n".join(objects) + b"]"]),
        Case("a list in pieces", [json_head, b"[" + objects[0], b",\n" + objects[1][:20], objects[1][20:] + b"\n,\n" + b",".join(objects[2:]), b"]\n"]),
        Case("an object a line", [json_head, b"\n".join(objects)]),
        Case("a list that breaks off", [json_head, b"[" + objects[0] + b"," + objects[1]], T1 + T2, "truncated"),
        Case("a list that is reset", [json_head, b"[" + objects[0] + b"," + objects[1], RESET], T1 + T2, "connect"),
        Case("a list that breaks off in an object", [json_head, b"[" + objects[0] + b"," + objects[1][:30]], T1, "malformed"),
    ]  # fmt: skip


def _choices(form: OpenAI | Gemini, e1: bytes, e2: bytes, e3: bytes, end: bytes) -> list[Case]:
    """Chunks with none, another, or several choices (Gemini: candidates)."""

    def at(event: bytes, index: object) -> bytes:
        return event.replace(b'"index": 0', b'"index": %s' % str(index).encode())

    one, two = form.event(T1)[6:-2], at(form.event("다른 답"), 1)[6:-2]
    name = "choices" if isinstance(form, OpenAI) else "candidates"
    both = [json.loads(two)[name][0], json.loads(one)[name][0]]
    return [
        Case("another answer between", [HEAD, e1 + at(form.event("다른 답"), 1), at(form.event("", form.length), 1) + e2 + e3 + end]),
        Case("two answers in a chunk", [HEAD, sse({name: both}), e2 + e3 + end]),
        *(Case(f"index {index}", [HEAD, *(at(event, index) for event in (e1, e2, e3, end))]) for index in (1, -1, '"0"', "null", 0.0)),
        Case("no index", [HEAD, *(event.replace(b'"index": 0, ', b"").replace(b', "index": 0', b"") for event in (e1, e2, e3, end))]),
        Case("no choices", [HEAD, e1, sse({name: []}) + e2, sse({name: None}) + e3 + sse({name: [None]}) + sse({name: [{}]}) + end]),
    ]  # fmt: skip


def _of_openai(form: OpenAI, e1: bytes, e2: bytes, e3: bytes) -> list[Case]:
    def delta(value: Any, **beside: Any) -> bytes:
        return sse({"choices": [{"index": 0, "delta": value, "finish_reason": None}], **beside})

    end, usage = form.end(form.stop), {"prompt_tokens": 3, "completion_tokens": 4}
    whole = {"index": 0, "message": {"role": "assistant", "content": WHOLE}, "finish_reason": "stop"}
    tool = [{"index": 0, "function": {"name": "f", "arguments": "{}"}}]
    return [
        Case("a usage chunk at the end", [HEAD, e1, e2 + e3 + end + sse({"choices": [], "usage": usage}) + form.done]),
        Case("odd deltas", [HEAD, delta({"role": "assistant"}) + delta(None) + e1, delta({}) + delta([]) + e2, delta({"content": None}) + e3 + end + form.done]),
        Case("reasoning beside", [HEAD, delta({"content": None, "reasoning_content": "음"}), delta({"content": "", "reasoning": "음"}) + e1, e2 + e3 + end + form.done]),
        Case("a refusal", [HEAD, e1, e2 + e3 + delta({"refusal": "안 돼요"}) + end + form.done], end="blocked"),
        Case("a tool is called", [HEAD, e1, e2 + e3 + delta({"tool_calls": tool}) + form.end("tool_calls") + form.done], end="unfinished"),
        Case("an error that is a word", [HEAD, e1, e2 + sse({"error": "overloaded"})], T1 + T2, "server"),
        Case("an error beside text", [HEAD, e1, form.event(T2, error={"code": "429"})], T1 + T2, "rate_limited"),
        Case("words after the end", [HEAD, e1, e2 + e3 + end + form.done + form.event("더"), form.event("더") + form.done]),
        Case("an end mark in quotes", [HEAD, e1, e2 + e3 + end + b'data: "[DONE]"\n\n', form.event("더")]),
        Case("an end mark in small letters", [HEAD, e1, e2 + e3 + end + b"data:[done] \n\n", form.event("더")]),
        Case("an answer that is not streamed", [_head("application/json"), json.dumps({"choices": [whole], "usage": usage}).encode()]),
        Case("all of it again at the end", [HEAD, e1, e2 + e3 + sse({"choices": [whole]}) + form.done]),
        Case("text as parts of other kinds", [HEAD, form.event([{"type": "text", "text": T1}, {"type": "image_url", "image_url": {}}, "…"]) + e2 + e3 + end + form.done], T1 + "…" + T2 + T3),
    ]  # fmt: skip


def _of_gemini(form: Gemini, e1: bytes, e2: bytes, e3: bytes) -> list[Case]:
    def candidate(**fields: Any) -> bytes:
        return sse({"candidates": [fields]})

    rated = [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"}]
    end = form.end(form.stop)
    return [
        Case("a prompt that is blocked late", [HEAD, e1, e2 + e3 + sse({"promptFeedback": {"blockReason": "SAFETY"}}) + end], end="blocked"),
        Case("feedback that blocks nothing", [HEAD, e1 + sse({"promptFeedback": {"safetyRatings": rated}}), e2 + e3 + sse({"promptFeedback": {"blockReason": "BLOCK_REASON_UNSPECIFIED"}}) + end]),
        Case("ratings alone", [HEAD, candidate(safetyRatings=rated, index=0) + e1, e2 + candidate(content={"role": "model"}) + e3 + candidate(content={"parts": None}) + end]),
        Case("a signature beside text", [HEAD, form.event([{"text": T1, "thoughtSignature": "c2ln"}]), e2 + form.event([{"thoughtSignature": "c2ln", "text": ""}]) + e3 + end]),
        Case("parts without text", [HEAD, form.event([{"functionCall": {"name": "f"}}, {"text": T1}, {"inlineData": {}}, {"executableCode": {}}]), e2 + form.event([]) + e3 + end]),
        Case("citations", [HEAD, e1 + candidate(citationMetadata={"citations": [{"uri": "x"}]}, groundingMetadata={}), e2 + e3 + end]),
        *(Case(f"reason {word!r}", [HEAD, e1, e2 + e3 + form.end(word)], end="blocked") for word in ("RECITATION", "PROHIBITED_CONTENT", "SPII", "BLOCKLIST", "IMAGE_SAFETY", "LANGUAGE")),
        *(Case(f"reason {word!r}", [HEAD, e1, e2 + e3 + form.end(word)], end="unfinished") for word in ("TOO_MANY_TOOL_CALLS", "UNEXPECTED_TOOL_CALL", "NO_IMAGE")),
        Case("an unspecified reason", [HEAD, e1, e2 + e3 + form.end("FINISH_REASON_UNSPECIFIED")], end="truncated"),
    ]  # fmt: skip


def _head(kind: str | None) -> bytes:
    line = f"Content-Type: {kind}\r\n" if kind else ""
    return HEAD.replace(b"Content-Type: text/event-stream\r\n", line.encode())


FORMS: dict[str, Callable[[], OpenAI | Gemini]] = {"openai": OpenAI, "gemini": Gemini}
