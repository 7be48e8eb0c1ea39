"""The open text of a block while it arrives: plain words, at a cost that follows what is new.

It is as near as possible to its final look: a sign that appears and then vanishes would flicker. The end that more
text can still change is kept as source and worked out anew; the text before it is settled.
"""

from __future__ import annotations

import re
from typing import Final

from fortune.readings.rendering import markdown

# A row of evidence marks, and one that has only begun.
MARKER: Final = re.compile(r"(?<![ \t])[ \t]*\[\[([^\[\]\n]{0,300})\]\]")
_OPEN_MARKER: Final = re.compile(r"(?<![ \t])[ \t]*\[(?:\[[^\]\n]*\]?)?$")
# Signs that may change what is shown, wherever they stand in a line.
_SIGNS: Final = frozenset("*_`|~<>[]\n")
_SIGN: Final = re.compile(r"[*_`|~<>\[\]\n]")
# Without one of these a text is plain words already.
_FORMS: Final = re.compile(r"[*_`|~<>\[\]#+-]")
# Signs that more text can still give another meaning, once pairs and markers are taken out.
_PENDING: Final = re.compile(r"[*_`|~<]|\[(?:\[|$)")


class OpenText:
    """Text that only grows. ``shown`` is all of it as plain words."""

    __slots__ = ("_is_plain", "_loose", "_settled", "shown")

    def __init__(self, source: str = "") -> None:
        self.shown = self._settled = self._loose = ""
        self._is_plain = False  # whether ``_loose`` begins with a letter, and has no sign
        self.add(source)

    def add(self, source: str) -> None:
        self._loose += source
        if self._is_plain and not _SIGN.search(source):
            self.shown += source
        else:
            self.shown = self._settled + words(self._loose)
            self._is_plain = False
        self._settle()

    def _settle(self) -> None:
        """Settle everything before the last letter, if no sign stands after it or waits for its other half."""
        rest = 0
        for sign in reversed(self._loose):
            rest += 1
            if sign in _SIGNS:
                return
            if sign.isalpha():
                break
        else:
            return
        if self._is_plain or not _PENDING.search(markdown.without_pairs(MARKER.sub("", self._loose))):
            self._settled, self._loose = self.shown[:-rest], self._loose[-rest:]
            self._is_plain = True


def words(source: str) -> str:
    """Return the open text of a block as plain words, without markers, whole or begun."""
    if not _FORMS.search(source):
        return source
    return markdown.without_marks(markdown.without_signs(without_markers(source), is_open=True))


def without_markers(source: str) -> str:
    if "[" not in source:
        return source
    return _OPEN_MARKER.sub("", MARKER.sub("", source))
