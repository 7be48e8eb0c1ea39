"""The verdicts of an item that is not as it must be."""

from __future__ import annotations


class Wrong(Exception):
    """The site can't serve like this."""


class Doubtful(Exception):
    """The site can serve, but an operator should know."""
