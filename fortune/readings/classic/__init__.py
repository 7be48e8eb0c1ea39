"""The rule-based interpreter: writes a reading from the chart's facts alone, as a provider of its own.

It is the default without a key and the last resort with one. ``provider`` streams what ``compose`` writes.

- ``kinds``: the kinds of reading. An ``answer`` is one too, to a ``question`` that is read by rules.
- ``paragraphs``: those that several kinds have.
- ``draft``: the text while it is written, and what of it is told otherwise by age, or not told again.
"""

from fortune.readings.classic.compose import compose
from fortune.readings.classic.provider import ClassicProvider

__all__ = ["ClassicProvider", "compose"]
