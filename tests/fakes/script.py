"""The instructions of the fake provider for one request.

A script is text, `name=value` pairs with commas between: `delay=0.2,interval=0.03,count=300,chaos=stall`.
It is read from, later ones winning: the command line (`--script`), the model's name after an at sign
(`deepseek-chat@count=5`), the header `x-fake`, and the first `[[fake …]]` in the prompt's text.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache

CHAOS = (
    "no_headers",  # takes the request, never answers
    "silence",  # headers, then nothing
    "stall",  # `at` tokens, then nothing
    "rst",  # `at` tokens, then a TCP reset; at=-1 before the headers
    "close",  # `at` tokens, then FIN with the message unfinished; at=-1 before the headers
    "malformed",  # the token `at` is broken JSON
    "error",  # `at` tokens, then the provider's error object as an event
    "keepalive",  # `at` tokens, then comments every `interval` (or 50 ms) for ever
    "no_done",  # everything but the end mark: OpenAI's [DONE], Gemini's finishReason
    "garbage",  # an answer that is not HTTP
)
_IN_PROMPT = re.compile(r"\[\[fake ([^\]]*)\]\]")


@dataclass(frozen=True, slots=True)
class Script:
    delay: float = 0.0  # seconds from the request to the first token
    interval: float = 0.0  # seconds between tokens; 0 sends all of them at once
    count: int = 40  # tokens of the whole answer, a continued prefix included
    reasoning: int = 0  # reasoning tokens before the text
    text: str = "ko"  # ko, ascii, emoji or markdown, which repeat; written_ko or written_en, which don't
    cut: int = 0  # cut the body anew into HTTP chunks of this many bytes
    chaos: str = ""  # one of CHAOS
    at: int = 3  # tokens sent before the chaos sets in
    status: int = 200  # other: this HTTP error instead of a stream
    retry_after: str = ""  # Retry-After of an error; Gemini's RetryInfo as well
    times: int = 0  # apply chaos and status to the first so many requests with this `id` only
    id: str = ""
    finish: str = "stop"  # stop, length or filter
    usage: str = "last"  # last: a chunk of its own, inline: with the finish reason, none
    repeat: int = 0  # a continuation says the last so many characters of the prefix again
    restart: int = 0  # 1: a continuation starts the text over
    keep: int = 1  # 0: Connection: close


_TYPES = {name: type(value) for name, value in dataclasses.asdict(Script()).items()}


@lru_cache(maxsize=4096)
def parse(base: Script, *texts: str) -> Script:
    """Lay the scripts in `texts` over `base`. Raises ValueError on an unknown name or value."""
    values: dict[str, object] = {}
    for text in texts:
        for pair in filter(None, text.split(",")):
            name, _, value = pair.partition("=")
            if name not in _TYPES:
                raise ValueError(f"unknown knob {name!r}")
            values[name] = _TYPES[name](value)
    script = dataclasses.replace(base, **values)  # type: ignore[arg-type]
    if script.chaos and script.chaos not in CHAOS:
        raise ValueError(f"unknown chaos {script.chaos!r}")
    return script


def of_request(base: Script, model: str, header: str, prompt: str) -> Script:
    """Gather the scripts of one request."""
    found = _IN_PROMPT.search(prompt)
    return parse(base, model.partition("@")[2], header, found.group(1) if found else "")
