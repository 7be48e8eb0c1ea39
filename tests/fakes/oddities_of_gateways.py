"""Oddities of what stands between a model and us, and of models that are served by others; see ``oddities``."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any

from tests.fakes import oddities
from tests.fakes.oddities import (
    FORMS,
    HEAD,
    HOLD,
    RESET,
    T1,
    T2,
    T3,
    WHOLE,
    Case,
    Gemini,
    OpenAI,
    raw_content,
    sse,
)
from tests.fakes.raw import Step

MARK = b"\xef\xbb\xbf"
THOUGHTS = (
    ("<think >", "</think >"), ('<think type="x">', "</think>"), ("<THINKING>", "</THINKING>"), ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"), ("<reflection>", "</reflection>"), ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"),
)  # fmt: skip
ENDS = ("<|im_end|>", "<|endoftext|>", "</s>", "<end_of_turn>", "<｜end▁of▁sentence｜>")


def cases(form: OpenAI | Gemini) -> list[Case]:
    """All kinds in one format."""
    texts = [form.event(text) for text in (T1, T2, T3)]
    end = form.end(form.stop) + form.done
    return [
        *_events(form, texts, end),
        *_bodies(texts, end),
        *_texts(form, texts, end),
        *(_of_openai(form, texts) if isinstance(form, OpenAI) else _of_gemini(form, texts)),
    ]


def _events(form: OpenAI | Gemini, texts: list[bytes], end: bytes) -> list[Case]:
    one, two, three = texts
    bare = [text[6:-2] for text in texts]
    quoted = b"data: " + json.dumps(bare[1].decode()).encode() + b"\n\n"
    return [
        *(Case(f"each chunk an event named {name!r}", [HEAD, *(b"event: %s\n" % name.encode() + text for text in texts), end]) for name in ("completion", "chat.completion.chunk", "data", "delta")),
        Case("every event has a name, the last too", [HEAD, *(b"event: delta\n" + text for text in (*texts, end))]),
        Case("an event of another name that is broken", [HEAD, one, b'event: x\ndata: {"choices":[{\n\n', two, three + end]),
        Case("an event of another name behind the end", [HEAD, *texts, end + b"event: x\ndata: {}\n\n"]),
        Case("an indented field", [HEAD, one, b" " + two, b"\t" + three + end]),
        Case("a field in capitals", [HEAD, one, two.replace(b"data", b"Data"), three + end]),
        Case("a byte order mark with each event", [HEAD, *(MARK + text for text in texts), MARK + end]),
        Case("a byte order mark in the data", [HEAD, one, two.replace(b"data: ", b"data: " + MARK), three + end]),
        Case("data: twice", [HEAD, *(b"data: " + text for text in texts), b"data: " + end]),
        Case("an object as a string", [HEAD, one, quoted, three + end]),
        Case("a list of one", [HEAD, one, b"data: [" + bare[1] + b"]\n\n", three + end]),
        Case("a list of two", [HEAD, b"data: [" + b",".join(bare[:2]) + b"]\n\n", three + end]),
        Case("a comma behind", [HEAD, one, b"data: " + bare[1] + b",\n\n", three + end]),
        Case("events on one line", [HEAD, one[:-2] + two, three[:-2] + end]),
        Case("an object over lines", [HEAD, one, b"".join(b"data: %s\n" % line for line in _spread(bare[1])) + b"\n", three + end]),
        Case("an event named Error", [HEAD, one, b'event: Error\ndata: {"message":"no"}\n\n'], T1, "server"),
        Case("an error that is no event", [HEAD, one, two + b'{"error":{"code":429}}\n'], T1 + T2, "rate_limited"),
        Case("an error in a list", [HEAD, one, two + sse([{"error": {"code": 503}}])], T1 + T2, "overloaded"),
        Case("an error in words", [HEAD, one, two + sse({"error": {"status": "RESOURCE_EXHAUSTED"}})], T1 + T2, "rate_limited"),
        Case("an error that says there is none", [HEAD, *(form.event(text, error={"code": 0, "message": ""}) for text in (T1, T2, T3)), end]),
        Case("a chunk without its beginning", [HEAD, one, b"data: " + bare[1][9:] + b"\n\n", three + end], T1, "malformed"),
        Case("a page behind text", [HEAD, one, b"<html>502 Bad Gateway</html>"], T1, "truncated"),
        Case("no space in any", [HEAD, *(text.replace(b"data: ", b"data:").replace(b"\n", b"\r\n") for text in (*texts, end))]),
    ]  # fmt: skip


def _spread(value: bytes) -> list[bytes]:
    return json.dumps(json.loads(value), indent=1, ensure_ascii=False).encode().split(b"\n")


def _bodies(texts: list[bytes], end: bytes) -> list[Case]:
    whole = [*texts, end]

    def head(line: bytes) -> bytes:
        return HEAD.replace(b"Connection: close", line)

    packed = HEAD.replace(b"Connection", b"Content-Encoding: gzip\r\nConnection")
    chunked = [b"%x\r\n%s\r\n" % (len(part), part) for part in whole]
    size = len(texts[0]) + len(texts[1])
    page = HEAD.replace(b"text/event-stream", b"text/html; charset=utf-8")
    return [
        Case("said to be packed, and is not", [packed, *whole]),
        Case("each write packed for itself", [packed, *map(gzip.compress, whole)]),
        Case("all of them in one read", [packed, b"".join(map(gzip.compress, whole))]),
        Case("packed without its end", [packed, gzip.compress(b"".join(whole))[:-8]]),
        Case("events that are called a page", [page, *whole]),
        Case("a length that is too large", [head(b"Content-Length: 99999"), *whole]),
        Case("a length that is too small", [head(b"Content-Length: %d" % size), *whole], T1 + T2, "truncated"),
        Case("chunks without the last", [head(b"Transfer-Encoding: chunked"), *chunked]),
        Case("chunks, then nonsense", [head(b"Transfer-Encoding: chunked"), *chunked[:2], b"zz\r\nno"], T1 + T2, "malformed"),
        Case("HTTP/1.0", [HEAD.replace(b"HTTP/1.1", b"HTTP/1.0"), *whole]),
        Case("early hints first", [b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + HEAD, *whole]),
    ]  # fmt: skip


def _texts(form: OpenAI | Gemini, texts: list[bytes], end: bytes) -> list[Case]:
    one, two, three = texts

    def thought(opening: str, closing: str) -> Sequence[Step]:
        return [HEAD, form.event(opening + "음, "), form.event("그러면" + closing), *texts, end]

    return [
        *(Case(f"a thought in {opening}", thought(opening, closing)) for opening, closing in THOUGHTS),
        *(Case(f"a mark {mark}", [HEAD, *texts, form.event(mark[:3]), form.event(mark[3:]) + end]) for mark in ENDS),
        Case("a thought letter by letter", [HEAD, *map(form.event, "<think>음</think>"), *texts, end]),
        Case("what only looks like a thought", [HEAD, form.event("a < b <thi"), form.event("s> [1"), form.event("] ") + three + end], "a < b <this> [1] " + T3),
        Case("white space first", [HEAD, form.event("\n"), form.event(" ") + one, two + three + end], "\n " + WHOLE),
        Case("control characters", [HEAD, raw_content(form, rb"a\u0001b\u0085c\u2028d") + three + end], "a\x01b\x85c\u2028d" + T3),
        *(Case(f"reason {word!r}", [HEAD, *texts, form.end(word) + form.done]) for word in ("Stop", "stop ", "EOS")),
        Case("reason 'max_length'", [HEAD, *texts, form.end("max_length") + form.done], end="length"),
        *(Case(f"reason {word!r}", [HEAD, *texts, form.end(word) + form.done], end="unfinished") for word in ("cancelled", "timeout", "FINISH_REASON_STOP")),
        *(Case(f"reason {word!r}", [HEAD, *texts, form.end(word) + form.done], end="truncated") for word in ({}, ["stop"], True)),  # type: ignore[arg-type]
        Case("the limit with a text", [HEAD, one, two, form.event(T3, form.length) + form.done], end="length"),
        Case("a filter with a text", [HEAD, one, two, form.event(T3, form.refused) + form.done], end="blocked"),
        Case("an end with a text", [HEAD, one, two, form.event(T3, form.stop) + form.done]),
        Case("an end, then a text, then a reset", [HEAD, one, two, form.end(form.stop), three, RESET], end="connect"),
    ]  # fmt: skip


def _of_openai(form: OpenAI, texts: list[bytes]) -> list[Case]:
    one, two, three = texts
    end = form.end(form.stop) + form.done

    def choice(**of_choice: Any) -> bytes:
        return sse({"choices": [{"index": 0, **of_choice}]})

    parts: dict[str, Any] = {
        "an object": {"type": "text", "text": T2},
        "a part of no type": [{"type": None, "text": T2}],
        "a part of a delta": [{"type": "text_delta", "text": T2}],
        "a part by another name": [{"type": "text", "content": T2}],
        "parts in an object": {"parts": [T2]},
        "a reason beside it": [{"type": "reasoning_text", "text": "음"}, {"type": "text", "text": T2}],
    }
    return [
        *(Case(f"content: {name}", [HEAD, one, form.event(part), three + end]) for name, part in parts.items()),
        Case("messages for deltas", [HEAD, *(choice(message={"content": text}) for text in (T1, T2, T3)), end]),
        Case("messages beside empty deltas", [HEAD, *(choice(delta={}, message={"content": text}) for text in (T1, T2, T3)), end]),
        Case("texts for deltas", [HEAD, *(choice(text=text, finish_reason=None) for text in (T1, T2, T3)), end]),
        Case("a delta that is a text", [HEAD, one, choice(delta=T2), three + end]),
        Case("an error of the choice", [HEAD, one, choice(delta={}, error={"code": 502}, finish_reason="stop") + form.done], T1, "server"),
        Case("empty tools and refusals", [HEAD, one, choice(delta={"content": T2, "tool_calls": [], "refusal": ""}), three + end]),
        Case("a refusal that is an object", [HEAD, one, choice(delta={"refusal": {"reason": "no"}}) + end], T1, "blocked"),
        Case("the end mark too early", [HEAD, one, form.done, two, three + end], T1, "truncated"),
        Case("the end mark between spaces", [HEAD, *texts, form.end("stop"), b"data:   [DONE]  \n\n"]),
        Case("the end mark alone, held", [HEAD, *texts, form.end("stop"), b"[DONE]\n", HOLD]),
        Case("a text behind the end, then the mark", [HEAD, one, two, form.end("stop"), three, form.done], end="truncated"),
        Case("a reason by another name", [HEAD, *texts, choice(delta={}, native_finish_reason="stop") + form.done], end="truncated"),
        Case("filter results", [HEAD, sse({"choices": [], "prompt_filter_results": []}), one, choice(content_filter_results={}, finish_reason=None), two, three + end]),
        Case("halves the wrong way round", [HEAD, one, raw_content(form, rb"\ude00\ud83d"), three + end], T1 + "\ufffd\ufffd" + T3),
    ]  # fmt: skip


def _of_gemini(form: Gemini, texts: list[bytes]) -> list[Case]:
    one, two, three = texts
    end = form.end(form.stop)

    def candidate(**fields: Any) -> bytes:
        return sse({"candidates": [fields]})

    contents: dict[str, Any] = {
        "a list": [{"parts": [{"text": T2}]}],
        "a text": T2,
        "without parts": {"text": T2},
        "one part": {"parts": {"text": T2}},
        "parts that are texts": {"parts": [T2]},
    }
    return [
        *(Case(f"content: {name}", [HEAD, one, candidate(content=content), three + end]) for name, content in contents.items()),
        *(Case(f"thought: {said!r}", [HEAD, form.event([{"text": "음", "thought": said}, {"text": T1}]), two, three + end]) for said in ("True", 1, "1")),
        *(Case(f"thought: {said!r}", [HEAD, form.event([{"text": T1, "thought": said}]), two, three + end]) for said in (None, "false", 0)),
        Case("an end, then another word", [HEAD, *texts, end, form.end("OTHER")], end="unfinished"),
        Case("an end mark all the same", [HEAD, *texts, end, b"data: [DONE]\n\n"]),
        Case("a reason by another name", [HEAD, *texts, candidate(finish_reason="STOP")], end="truncated"),
        Case("a candidate that is no list", [HEAD, one, sse({"candidates": {"content": {"parts": [{"text": T2}]}}}), three + end]),
        Case("feedback of nothing", [HEAD, one, sse({"promptFeedback": None}) + sse({"promptFeedback": {}}), two, three + end]),
    ]  # fmt: skip


CASES = [(name, case) for name, form in FORMS.items() for case in (*oddities.cases(form()), *cases(form()))]
