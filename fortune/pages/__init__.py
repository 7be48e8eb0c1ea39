"""View models: frozen values that a page and its fragments share, so that the two can't drift apart."""

from fortune.pages.text import blocks_of

__all__ = ["blocks_of"]
