"""View models: frozen values that a page and its fragments share, so that the two can't drift apart.

- Pages: ``births`` (the forms), ``reading``, ``conversation``, ``days``, ``years``, ``share``, ``glossary``, ``chart_text``.
- ``charts``: the parts of a chart that several pages show.
- The text of a reading: ``text`` (as blocks), ``verdicts`` (its reader's).
- How a page is made cheaply: ``parts`` (HTML that follows from a chart alone), ``validator`` (its ETag).
"""

from fortune.pages.text import annotators_of

__all__ = ["annotators_of"]
