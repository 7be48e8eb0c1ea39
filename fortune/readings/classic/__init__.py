"""The rule-based interpreter: writes a reading from the chart's facts alone, as a provider of its own.

It is the default without a key and the last resort with one. ``provider`` streams what ``compose`` writes.

- Kinds of reading: ``full``, ``topics``, ``days``, ``years``, ``pairs``, ``questions``.
- A question: ``asked`` (what is asked), which ``recognise`` finds in the words, by the phrases of ``vocabulary`` and the
  dictionary ``words``, and ``named_time`` (the year); ``timing`` (when), ``answers`` (the first sentence), ``aims``
  (what is wanted beyond the form).
- Paragraphs that several kinds have: ``portrait`` (the chart itself), ``contacts`` (between its signs), ``luck``
  and ``flow`` (time), ``habits``.
- The text: ``page`` (sections and paragraphs with their facts), ``memory`` (sentences that the reader knows already), ``lives`` (what
  is said otherwise to a child, to somebody in midlife, or of great age).
"""

from fortune.readings.classic.compose import compose
from fortune.readings.classic.provider import ClassicProvider

__all__ = ["ClassicProvider", "compose"]
