"""The official openai SDK up to the response's headers; the stream is read by ``EventTextStream``."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any

import httpx2
import openai

from core.llm.cancel import Cancel
from core.llm.http import default_tls_context
from core.llm.providers import transport
from core.llm.providers.errors import GO_ON
from core.llm.providers.openai_compatible.parser import ChatCompletionParser
from core.llm.providers.seam import Seam
from core.llm.providers.stream import EventTextStream
from core.llm.types import Deadlines, Prompt


class OpenAICompatible:
    """One server, key and model. Built after fork, once per process."""

    def __init__(
        self,
        *,
        name: str,
        model: str,
        api_key: str,
        base_url: str,
        max_connections: int,
        prefix_completion: bool = False,
        temperature: float | None = None,
        tls_context: Callable[[], ssl.SSLContext] = default_tls_context,
    ) -> None:
        """Build the SDK.

        ``prefix_completion``: the server has DeepSeek's ``/beta``, which continues a begun answer. ``temperature``: for
        prompts that name none; None leaves it to the server.
        """
        self.name = name
        self.model = model
        self.temperature = temperature
        http_client, self.pool = transport.client(
            base_url, max_connections=max_connections, tls_context=tls_context
        )
        self._client = openai.OpenAI(
            api_key=api_key, base_url=base_url, max_retries=0, timeout=None, http_client=http_client
        )
        root = base_url.rstrip("/").removesuffix("/v1").removesuffix("/beta")
        self._beta = f"{root}/beta/chat/completions" if prefix_completion else None

    def __repr__(self) -> str:
        return f"<{self.name} {self.model}>"

    def open(self, prompt: Prompt, *, deadlines: Deadlines, cancel: Cancel) -> EventTextStream:
        """Send the prompt and return once the response's headers are there. Raises ProviderError or Cancelled."""
        path, messages, seam = self._ask(prompt)
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "max_tokens": prompt.max_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        temperature = self.temperature if prompt.temperature is None else prompt.temperature
        if temperature is not None:
            body["temperature"] = temperature
        with transport.capturing(self.name, deadlines, cancel) as call:
            # `chat.completions.create` validates every message twice; `post` does not, and has the same
            # authentication and errors.
            self._client.post(path, body=body, cast_to=httpx2.Response)
        return call.text_stream(ChatCompletionParser(), model=self.model, seam=seam, prefix=prompt.prefix)

    def _ask(self, prompt: Prompt) -> tuple[str, list[dict[str, object]], Seam | None]:
        messages: list[dict[str, object]] = [{"role": "system", "content": prompt.system}]
        messages += [{"role": message.role, "content": message.text} for message in prompt.messages]
        if not prompt.prefix:
            return "/chat/completions", messages, None
        if self._beta is not None:
            messages.append({"role": "assistant", "content": prompt.prefix, "prefix": True})
            return self._beta, messages, None
        messages.append({"role": "assistant", "content": prompt.prefix})
        messages.append({"role": "user", "content": GO_ON})
        return "/chat/completions", messages, Seam(prompt.prefix)

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()
