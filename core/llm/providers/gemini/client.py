"""The official google-genai SDK up to the response's headers; the stream is read by ``EventTextStream``."""

from __future__ import annotations

import ssl

import httpx2
from google import genai
from google.genai import types

from core.llm.cancel import Cancel
from core.llm.providers import transport
from core.llm.providers.errors import GO_ON
from core.llm.providers.gemini.parser import GeminiParser
from core.llm.providers.seam import Seam
from core.llm.providers.stream import EventTextStream
from core.llm.types import Deadlines, Prompt


class Gemini:
    """One key and model. Built after fork, once per process and key."""

    def __init__(
        self,
        *,
        model: str,
        api_key: str,
        base_url: str,
        http_client: httpx2.Client,
        name: str = "gemini",
        temperature: float | None = None,
    ) -> None:
        """Build the SDK on an ``http_client`` of ``transport.client``; keys may share it, and so its connections.

        ``temperature``: for prompts that name none; None leaves it to the service.
        """
        self.name = name
        self.model = model
        self.temperature = temperature
        options = types.HttpOptions(
            base_url=base_url,
            httpx_client=http_client,
            httpx_async_client=_NO_ASYNC_CLIENT,
            async_client_args={"ssl": _NO_CERTIFICATES},
            retry_options=types.HttpRetryOptions(attempts=1),
        )
        self._client = genai.Client(api_key=api_key, vertexai=False, http_options=options)

    def __repr__(self) -> str:
        return f"<{self.name} {self.model}>"

    def open(self, prompt: Prompt, *, deadlines: Deadlines, cancel: Cancel) -> EventTextStream:
        """Send the prompt and return once the response's headers are there. Raises ProviderError or Cancelled."""
        config = types.GenerateContentConfig(
            system_instruction=prompt.system or None,
            max_output_tokens=prompt.max_tokens,
            temperature=self.temperature if prompt.temperature is None else prompt.temperature,
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
            automatic_continuation=False,
            # The SDK validates every turn three times, 0.3 ms each: they are passed as they are.
            http_options=types.HttpOptions(
                extra_body={"contents": _contents(prompt)}, timeout=int(deadlines.total * 1000)
            ),
        )
        with transport.capturing(self.name, deadlines, cancel) as call:
            answer = self._client.models.generate_content_stream(
                model=self.model, contents="see extra_body", config=config
            )
            # A generator: the request is sent on the first step, which finds the body empty.
            next(answer, None)
        seam = Seam(prompt.prefix) if prompt.prefix else None
        return call.text_stream(GeminiParser(), model=self.model, seam=seam, prefix=prompt.prefix)


# Passed so that the SDK does not build an asyncio client, with a TLS context, that nobody uses.
_NO_ASYNC_CLIENT = httpx2.AsyncClient(transport=httpx2.AsyncBaseTransport(), trust_env=False)
# Passed for the same reason: the SDK would load the system's certificates for websockets, 75 ms of CPU for every key.
# This context trusts nobody.
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _contents(prompt: Prompt) -> list[dict[str, object]]:
    turns = [("user" if message.role == "user" else "model", message.text) for message in prompt.messages]
    if prompt.prefix:
        turns += [("model", prompt.prefix), ("user", GO_ON)]
    return [{"role": role, "parts": [{"text": text}]} for role, text in turns]
