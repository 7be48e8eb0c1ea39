"""From the strings of a provider's chunks to text that may be shown: characters joined, thoughts left out.

A chunk may end inside a character: in the middle of its UTF-8 bytes, or between the two halves of an escaped
surrogate pair. And some servers send a model's thoughts in the text, between tags.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LONE: Final = re.compile("[\ud800-\udbff\udc00-\udc7f\udd00-\udfff]")
_HIGH: Final = re.compile("[\ud800-\udbff]$")

_TAGS: Final = "think|thinking|antthinking|thoughts?|reasoning|reflection|scratchpad|analysis|seed:think"
_OPENING: Final = re.compile(
    rf"<(?:{_TAGS})(?:\s[^<>]{{0,80}})?>|\[THINK\]|\u25c1think\u25b7|<\|begin_of_thought\|>"
    r"|<\|channel\|>(?:analysis|commentary)<\|message\|>|<unused94>",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    rf"</(?:{_TAGS})\s{{0,80}}>|\[/THINK\]|\u25c1/think\u25b7|<\|end_of_thought\|>"
    r"|<\|channel\|>final<\|message\|>|<unused95>",
    re.IGNORECASE,
)
# Marks by which a model ends its turn, and marks without a meaning (Gemma's), which some servers pass on: no words of its own.
_MARK: Final = re.compile(
    r"<\|(?:im_(?:start|end)|endoftext|end|eot_id|eom_id|end_of_text)\|>|</s>|<(?:end_of_turn|eos|unused\d{1,4})>"
    r"|<\uff5cend\u2581of\u2581sentence\uff5c>"
)
_FIRST: Final = re.compile("[<\\[\u25c1]")
# A possible beginning of one of these.
_BEGUN: Final = re.compile(
    rf"<(?:/?[a-z:_]{{0,12}}|unused\d{{0,4}}|/?(?:{_TAGS})\s[^<>]{{0,80}}|\|[a-z_]{{0,20}}\|?|\uff5c[a-z\u2581]{{0,15}}\uff5c?)"
    r"|<\|channel\|>[a-z]{0,10}(?:<[|a-z]{0,9})?|\[/?[think]{0,5}|\u25c1/?[think]{0,5}",
    re.IGNORECASE,
)
_LONGEST: Final = 100


class CharacterJoiner:
    """Joins characters whose parts came in two chunks; what never becomes whole is U+FFFD.

    Bytes that are no UTF-8 are expected as ``surrogateescape`` leaves them.
    """

    __slots__ = ("_bytes", "_high", "_is_holding")

    def __init__(self) -> None:
        self._bytes = codecs.getincrementaldecoder("utf-8")("replace")
        self._high = ""
        self._is_holding = False

    def feed(self, text: str) -> str:
        """Return ``text`` with what was held back before it, without a character that may still be completed."""
        if not self._is_holding and _SURROGATE.search(text) is None:
            return text
        # UTF-16 joins the halves of a pair wherever they came from.
        text = (self._high + text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        high = _HIGH.search(text)
        self._high = high.group() if high else ""
        text = _LONE.sub("\ufffd", text[: high.start()] if high else text)
        joined = self._bytes.decode(text.encode("utf-8", "surrogateescape"))
        self._is_holding = bool(self._high or self._bytes.getstate()[0])
        return joined

    def flush(self) -> str:
        """Return what is held back at the end, as U+FFFD."""
        left = self._bytes.decode(b"", final=True) + ("\ufffd" if self._high else "")
        self._high, self._is_holding = "", False
        return left


class ThoughtFilter:
    """Leaves out what stands between ``<think>`` and ``</think>`` and tags like it, and marks of an end, however cut.

    Where the opening tag was part of the prompt, as some servers do it, only the closing one comes: then all text
    before it was a thought. ``retracts`` says so, once an answer follows and some of the thought has been returned.
    """

    __slots__ = ("_follows_closing", "_has_opened", "_has_shown", "_held", "_is_inside", "retracts")

    def __init__(self) -> None:
        self.retracts = False
        self._held = ""  # what may be the beginning of a tag
        self._is_inside = False
        self._has_opened = False  # an opening tag has been seen: a closing one alone means nothing then
        self._has_shown = False
        # "thought": white space that follows belongs to it; "lone": so does all that came before.
        self._follows_closing = ""

    def feed(self, text: str) -> str:
        """Return what of ``text``, and of what was held back, is no thought."""
        if _FIRST.search(text) is None and not (self._held or self._is_inside or self._follows_closing):
            self._has_shown = self._has_shown or bool(text)
            return text
        text, self._held = self._held + text, ""
        shown = ""
        while text:
            if self._is_inside:
                closing = _CLOSING.search(text)
                if closing is None:
                    self._held = text[-_LONGEST:]
                    break
                text, self._is_inside, self._follows_closing = text[closing.end() :], False, "thought"
                continue
            found = _FIRST.search(text)
            before, text = (text[: found.start()], text[found.start() :]) if found else (text, "")
            shown = self._joined(shown, before)
            if not found:
                break
            rest = self._after_tag(text)
            if rest is None:
                shown, rest = self._joined(shown, text[0]), text[1:]
            text = rest
        self._has_shown = self._has_shown or bool(shown)
        return shown

    def _after_tag(self, text: str) -> str | None:
        """Return what follows the tag, or the beginning of one, that ``text`` begins with; None if it begins with none."""
        if opening := _OPENING.match(text):
            self._is_inside = self._has_opened = True
            return text[opening.end() :]
        if closing := _CLOSING.match(text):
            self._follows_closing = "thought" if self._has_opened else "lone"
            self._has_opened = True
            return text[closing.end() :]
        if mark := _MARK.match(text):
            return text[mark.end() :]
        if _BEGUN.fullmatch(text):
            self._held = text
            return ""
        return None

    def flush(self) -> str:
        """Return what is held back at the end, which turned out to be no tag."""
        held, self._held = self._held, ""
        return "" if self._is_inside else held

    def _joined(self, shown: str, text: str) -> str:
        if self._follows_closing:
            text = text.lstrip()
            if text and self._follows_closing == "lone":
                shown, self.retracts = "", self._has_shown
            if text:
                self._follows_closing = ""
        return shown + text
