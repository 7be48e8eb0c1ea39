"""The request that the comparators without an SDK send to the provider."""

from __future__ import annotations

import json

PROMPT = "사주 풀이를 해 주세요. " * 100
_BODY = json.dumps(
    {
        "model": "deepseek-chat",
        "messages": [{"role": "user", "content": PROMPT}],
        "stream": True,
    }
).encode()
REQUEST = (
    b"POST /chat/completions HTTP/1.1\r\nHost: provider\r\nAuthorization: Bearer bench\r\n"
    b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_BODY)
) + _BODY
