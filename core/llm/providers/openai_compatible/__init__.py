"""DeepSeek, and every server that speaks OpenAI's chat completions."""

from core.llm.providers.openai_compatible.client import OpenAICompatible

__all__ = ["OpenAICompatible"]
