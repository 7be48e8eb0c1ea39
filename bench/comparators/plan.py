"""The competing plan: Django async views, AsyncOpenAI, uvicorn. Nothing else: no session, no database.

    uvicorn bench.comparators.plan:application --workers 2 --loop uvloop --http httptools

A view of the plan turned its synchronous generator into an asynchronous one and `OpenAI` into `AsyncOpenAI`.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path
from openai import AsyncOpenAI

from bench.comparators.request import PROMPT

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])
django.setup()

client = AsyncOpenAI(api_key="bench", base_url=os.environ["DEEPSEEK_BASE_URL"])


async def saju_streaming_api(request: HttpRequest) -> StreamingHttpResponse:
    async def events() -> AsyncIterator[bytes]:
        stream = await client.chat.completions.create(
            model="deepseek-chat",
            messages=[{"role": "user", "content": PROMPT}],
            stream=True,
        )
        async for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                data = json.dumps({"text": chunk.choices[0].delta.content})
                yield f"event: text\ndata: {data}\n\n".encode()
        yield b"event: done\ndata: {}\n\n"

    return StreamingHttpResponse(events(), content_type="text/event-stream")


urlpatterns = [path("fortune/api/streaming/", saju_streaming_api)]
application = get_asgi_application()
