"""The rule-based interpreter: writes a reading from the chart's facts alone, as a provider of its own.

It is the default without a key and the last resort with one.
"""

from fortune.readings.classic.compose import compose
from fortune.readings.classic.provider import ClassicProvider

__all__ = ["ClassicProvider", "compose"]
