"""View models: frozen values that a page and its fragments share, so that the two can't drift apart.

- Pages, a module each: ``home``, ``form`` (with ``birth_check``, its answer while somebody types), ``reading``,
  ``conversation``, ``days``, ``years``, ``pillars``, ``people``, ``share``, ``glossary``, ``chart_text``.
- Parts of a chart that several pages show: ``chart``, ``details``, ``luck``, ``gist``, ``scene``, ``pictures``,
  ``comparison`` (of two), ``interactions`` (with a passing pillar), ``labels`` (every name in the visitor's language).
- The text of a reading: ``text`` (as blocks), ``verdicts`` (its reader's).
- How a page is made cheaply: ``components`` and ``parts`` (HTML that follows from a chart alone), ``validator`` (its
  ETag).
"""

from fortune.pages.text import annotators_of

__all__ = ["annotators_of"]
