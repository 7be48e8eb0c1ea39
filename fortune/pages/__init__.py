"""View models: frozen values that a page and its fragments share, so that the two can't drift apart."""

from fortune.pages.text import annotators_of

__all__ = ["annotators_of"]
