"""Google's Gemini."""

from core.llm.providers.gemini.client import Gemini

__all__ = ["Gemini"]
