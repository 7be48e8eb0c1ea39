"""The answers of real providers, as bytes: DeepSeek's (OpenAI's form) and Gemini's.

Everything is encoded before it is paced: a stream is a list of byte strings shared by all requests alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from tests.fakes.script import Script

# Whole readings as a model writes them, evidence included. They are nobody's, and no sentence of them is in this project's
# own texts: what is made from those (fortune/readings/packing) meets them as it meets a model's.
TEXTS = Path(__file__).parent / "texts"
WRITTEN = "written_"
_WORDS = {
    "ko": (
        "올해",
        "는 ",
        "나무",
        "의 ",
        "기운이 ",
        "강하게 ",
        "들어와요. ",
        "마음이 ",
        "편안해지고, ",
        "새로운 ",
    ),
    "ascii": ("The ", "year ", "brings ", "wood, ", "and ", "rest.\n"),
    # As readings are asked for: titles, paragraphs, bold words, evidence.
    "reading": (
        *(
            "봄의 ",
            "기운\n\n",
            "태어난 ",
            "달은 ",
            "초여",
            "름, ",
            "볕이 ",
            "힘을 ",
            "얻어 ",
            "가는 ",
            "달이에",
            "요. ",
        ),
        *(
            "그 ",
            "계절 ",
            "한가운",
            "데에서 ",
            "**굳은 ",
            "나무**는 ",
            "햇볕을 ",
            "받으며 ",
            "단단해",
            "지는 ",
            "자리에 ",
        ),
        *(
            "서 ",
            "있어요",
            ". ",
            "그래서 ",
            "서두르",
            "지 ",
            "않아도 ",
            "뿌리가 ",
            "먼저 ",
            "자라요",
            ". ",
            "[[ilgan,",
        ),
        *(
            "pillar.",
            "month]]\n\n",
            "올해는 ",
            "맡은 ",
            "일이 ",
            "늘기 ",
            "쉬워요. ",
            "처음에는 ",
            "버겁게 ",
            "느껴져",
            "도, ",
        ),
        *(
            "한 ",
            "철을 ",
            "지나면 ",
            "손에 ",
            "익어요. ",
            "쉬는 ",
            "날을 ",
            "먼저 ",
            "정해 ",
            "두면 ",
            "마음이 ",
            "한결 ",
        ),
        *("가벼워", "져요. ", "[[", "pillar.day", "]]\n\n", "## "),
    ),
    # As models write: every sign comes in pieces.
    "markdown": (
        "봄이 ",
        "와요.\n",
        "\n#",
        "# 제",
        "목이에",
        "요\n",
        "당신은 **",
        "굳은 나",
        "무*",
        "*예요. ",
        "[",
        "[pillar",
        ".day]",
        "]\n\n",
        "- 하나",
        "는 *",
        "*불*",
        "*\n",
        "- 둘\n\n",
        "> 옛말",
        "이에요.\n\n",
        "##",
        "# 작은",
        " 제목\n",
        "끝이 ",
        "**길고",
        " 길어",
        "요** 그",
        "래서 ",
        "좋아요. ",
        "마음이 ",
        "편해요.\n\n",
    ),
    "emoji": ("🌱새싹 ", "🔥", "甲木 ", "— “따옴표” ", 'a\\b/c"d ', "줄\n바꿈 ", "끝\t"),
}
_GEMINI_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}
_CREATED = 1_790_000_000
_FINISH = {
    "openai": {"stop": "stop", "length": "length", "filter": "content_filter"},
    "gemini": {"stop": "STOP", "length": "MAX_TOKENS", "filter": "SAFETY"},
}


@lru_cache(maxsize=256)
def tokens(kind: str, count: int) -> tuple[str, ...]:
    """The whole answer in tokens; each round begins with its number, since real texts don't repeat."""
    if kind.startswith(WRITTEN):
        return _pieces((TEXTS / f"{kind.removeprefix(WRITTEN)}.md").read_text(), count)
    words = _WORDS[kind]
    rounds = range(count // (len(words) + 1) + 1)
    every = [word for i in rounds for word in (f"{i + 1}. ", *words)]
    return tuple(every[:count])


def _pieces(text: str, count: int) -> tuple[str, ...]:
    """Cut a text into so many pieces of nearly the same length."""
    ends = [len(text) * number // count for number in range(count + 1)]
    return tuple(text[start:end] for start, end in pairwise(ends))


def whole_text(script: Script) -> str:
    """The answer an undisturbed request is given."""
    return "".join(tokens(script.text, script.count))


def remaining(script: Script, prefix: str) -> tuple[str, ...]:
    """The tokens that follow `prefix`; all of them when the answer doesn't begin with it."""
    every = tokens(script.text, script.count)
    if not prefix or script.restart:
        return every
    whole = "".join(every)
    if not whole.startswith(prefix):
        return every
    start = max(0, len(prefix) - script.repeat)
    return tuple(whole[i : i + 4] for i in range(start, len(whole), 4))


def chunk(data: bytes) -> bytes:
    """One HTTP chunk."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def head(status: int, headers: dict[str, str]) -> bytes:
    """Status line and headers."""
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def stream_head(form: str, script: Script) -> bytes:
    """The head of a streamed answer."""
    headers = {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Transfer-Encoding": "chunked",
        "Cache-Control": "no-cache",
        "Connection": "keep-alive" if script.keep else "close",
    }
    return head(200, headers)


def plain(status: int, body: object, **headers: str) -> bytes:
    """A whole answer with a JSON body."""
    data = _json(body)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return (
        head(status, {"Content-Type": "application/json", "Content-Length": str(len(data)), **names}) + data
    )


def error(form: str, status: int, retry_after: str) -> bytes:
    """An HTTP error as the provider words it."""
    headers = {"Retry_After": retry_after} if retry_after else {}
    return plain(status, error_object(form, status, retry_after), **headers)


def error_object(form: str, status: int, retry_after: str = "") -> dict[str, object]:
    """The JSON of an error."""
    if form == "openai":
        body = {"message": "fake failure", "type": "fake", "param": None, "code": "invalid_request_error"}
        return {"error": body}
    names = {
        400: "INVALID_ARGUMENT",
        401: "UNAUTHENTICATED",
        403: "PERMISSION_DENIED",
        429: "RESOURCE_EXHAUSTED",
    }
    detail: dict[str, object] = {
        "code": status,
        "message": "fake failure",
        "status": names.get(status, "INTERNAL"),
    }
    if retry_after.replace(".", "").isdigit():
        kind = "type.googleapis.com/google.rpc.RetryInfo"
        detail["details"] = [{"@type": kind, "retryDelay": f"{retry_after}s"}]
    return {"error": detail}


def _openai_event(model: str, delta: Mapping[str, object], finish: str | None, usage: object) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    body = {
        "id": "9a1f6f0e-6c2c-4c6a-9d5c-2f3b1f0c7a11",
        "object": "chat.completion.chunk",
        "created": _CREATED,
        "model": model,
        "system_fingerprint": "fp_fake",
        "choices": [choice],
        "usage": usage,
    }
    return b"data: " + _json(body) + b"\n\n"


def usage_of(form: str, script: Script, sent: int) -> dict[str, object]:
    """Token counts: 100 in, 64 of them from the cache."""
    if form == "openai":
        return {
            "prompt_tokens": 100,
            "completion_tokens": sent,
            "total_tokens": 100 + sent,
            "prompt_tokens_details": {"cached_tokens": 64},
            "prompt_cache_hit_tokens": 64,
            "prompt_cache_miss_tokens": 36,
        }
    return {
        "promptTokenCount": 100,
        "candidatesTokenCount": sent - script.reasoning,
        "thoughtsTokenCount": script.reasoning,
        "totalTokenCount": 100 + sent,
        "cachedContentTokenCount": 64,
        "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 100}],
    }


def _openai_events(model: str, script: Script, texts: tuple[str, ...]) -> tuple[list[bytes], list[bytes]]:
    events = [
        _openai_event(model, {"role": "assistant", "content": None, "reasoning_content": ""}, None, None)
    ]
    for i in range(script.reasoning):
        thought = {"content": None, "reasoning_content": f"생각 {i} "}
        events.append(_openai_event(model, thought, None, None))
    first = {"role": "assistant", "content": texts[0] if texts else ""}
    text_events = [_openai_event(model, first, None, None)]
    text_events += [_openai_event(model, {"content": text}, None, None) for text in texts[1:]]
    # The opening event travels with what follows it, so that an index in the list is a count of tokens.
    paced = [*events[1:], *text_events]
    paced[0] = events[0] + paced[0]
    usage = usage_of("openai", script, len(texts) + script.reasoning)
    inline = usage if script.usage == "inline" else None
    end = [_openai_event(model, {"content": ""}, _FINISH["openai"][script.finish], inline)]
    if script.usage == "last":
        body = {"id": "fake", "object": "chat.completion.chunk", "created": _CREATED, "model": model}
        end.append(b"data: " + _json({**body, "choices": [], "usage": usage}) + b"\n\n")
    if script.chaos != "no_done":
        end.append(b"data: [DONE]\n\n")
    return paced, end


def _gemini_event(
    model: str, parts: Sequence[Mapping[str, object]], finish: str | None, usage: object
) -> bytes:
    candidate: dict[str, object] = {"content": {"parts": parts, "role": "model"}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    body = {"candidates": [candidate], "usageMetadata": usage, "modelVersion": model, "responseId": "fake"}
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\r\n\r\n"


def _gemini_events(model: str, script: Script, texts: tuple[str, ...]) -> tuple[list[bytes], list[bytes]]:
    early = {"promptTokenCount": 100, "totalTokenCount": 100}
    thoughts: list[dict[str, object]] = [
        {"text": f"생각 {i} ", "thought": True} for i in range(script.reasoning)
    ]
    paced = [_gemini_event(model, [part], None, early) for part in thoughts]
    paced += [_gemini_event(model, [{"text": text}], None, early) for text in texts]
    usage = usage_of("gemini", script, len(texts) + script.reasoning)
    finish = None if script.chaos == "no_done" else _FINISH["gemini"][script.finish]
    end = [_gemini_event(model, [{"text": ""}], finish, usage if script.usage != "none" else None)]
    return paced or [b": nothing\n\n"], end


@lru_cache(maxsize=512)
def stream(form: str, model: str, script: Script, prefix: str) -> tuple[tuple[bytes, ...], bytes]:
    """(tokens as HTTP chunks, the closing events with the last chunk)."""
    build = _openai_events if form == "openai" else _gemini_events
    paced, end = build(model, script, remaining(script, prefix))
    if script.chaos == "malformed":
        at = min(script.at, len(paced) - 1)
        paced[at] = (
            paced[at].replace(b'"created"', b'"created', 1).replace(b'"candidates"', b'"candidates', 1)
        )
    if script.cut:
        body = b"".join(paced + end)
        pieces = [body[i : i + script.cut] for i in range(0, len(body), script.cut)]
        return tuple(chunk(piece) for piece in pieces), b"0\r\n\r\n"
    return tuple(chunk(event) for event in paced), b"".join(chunk(event) for event in end) + b"0\r\n\r\n"


def error_event(form: str) -> bytes:
    """A failure told in the middle of a stream."""
    return chunk(b"data: " + _json(error_object(form, 500)) + b"\n\n")


def completion(form: str, model: str, script: Script, prefix: str) -> bytes:
    """The answer of a request that doesn't stream."""
    texts = remaining(script, prefix)
    text, usage = "".join(texts), usage_of(form, script, len(texts) + script.reasoning)
    finish = _FINISH[form][script.finish]
    if form == "openai":
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
        body = {"id": "fake", "object": "chat.completion", "created": _CREATED, "model": model}
        return plain(200, {**body, "choices": [choice], "usage": usage})
    candidate = {"content": {"parts": [{"text": text}], "role": "model"}, "finishReason": finish, "index": 0}
    return plain(200, {"candidates": [candidate], "usageMetadata": usage, "modelVersion": model})
