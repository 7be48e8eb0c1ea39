"""The shared parts of both formats' parsers: lenient JSON, the words for an end, and what counts as text.

A chunk holds one thing that must not be lost, its text. Everything beside it (usage, names, what a newer server
adds) is taken as it comes, and ignored where it can't be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, ClassVar, Final

from core.llm.http import ErrorEvent, NamedEvent
from core.llm.providers.errors import kind_of_words
from core.llm.providers.text import CharacterJoiner, ThoughtFilter
from core.llm.types import BLOCKED, ProviderError, Usage

# The few words that mean: this was all. Any other one is an answer that was cut short.
WHOLE: Final = frozenset({"stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete", "completed"})
TOO_LONG: Final = frozenset({"length", "max_tokens", "model_length", "max_output_tokens", "max_length"})
REFUSED: Final = frozenset(
    {
        "content_filter",
        "safety",
        "recitation",
        "blocklist",
        "prohibited_content",
        "spii",
        "language",
        "image_safety",
        "refusal",
    }
)
# Not a reason at all.
UNKNOWN: Final = frozenset({"", "null", "none", "finish_reason_unspecified"})
# More tokens than any model takes: a larger number is nonsense, and would not fit its column.
MOST_TOKENS: Final = 2**31 - 1


END: Final[dict[str, Any]] = {}  # stands for the end mark among the objects of an event
_DONE: Final = "[DONE]"
_JSON: Final = json.JSONDecoder(strict=False)
_LENIENT_JSON: Final = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)
_BETWEEN: Final = re.compile(r"(?:[\s,\]\0\ufeff]|\[(?=\s*\{)|data:)*")
_THOUGHT: Final = re.compile("think|thought|reason|summary")


class ChunkParser:
    """Parses the events of one answer. A format says in ``_read`` what its chunks hold.

    ``finish_reason`` counts only as long as no text follows it: ``is_contradicted`` says that some did, so that
    the provider's word needs a proper end of the message beside it. ``failure`` is what went wrong after the
    text that was returned; nothing after it is read. ``has_surplus`` says that something followed the end mark, and
    ``retracts`` that the text returned last is the beginning, because all before it was a thought.
    """

    answers: ClassVar[str]
    """The field of a chunk that holds its text."""

    __slots__ = (
        "_blank",
        "_has_text",
        "_has_words",
        "_index",
        "_joiner",
        "_thoughts",
        "ended",
        "failure",
        "finish_reason",
        "has_surplus",
        "is_contradicted",
        "retracts",
        "usage",
    )

    def __init__(self) -> None:
        self.usage = Usage()
        self.finish_reason: str | None = None
        self.is_contradicted = False
        self.ended = self.has_surplus = self.retracts = False
        self.failure: ProviderError | None = None
        self._index: str | None = None  # of the choice that is ours, once one was seen
        self._has_text = False
        self._has_words, self._blank = False, ""
        self._joiner = CharacterJoiner()
        self._thoughts = ThoughtFilter()

    def text(self, events: list[bytes]) -> str:
        """Return the text in the data of some events, as far as the end or a failure."""
        self.retracts = False
        texts = None if self.ended or self.failure is not None else self._plain_texts(events)
        text = "".join(self._read_each(events) if texts is None else texts)
        if not text:
            return ""
        self._has_text = True
        text = self._thoughts.feed(self._joiner.feed(text))
        self.retracts, self._thoughts.retracts = self._thoughts.retracts, False
        return self._from_first_word(text)

    def _plain_texts(self, events: list[bytes]) -> list[str] | None:
        """Return the texts of events that all hold a text and nothing else; None where they have to be read one by one."""
        return None

    def _read_each(self, events: list[bytes]) -> Iterator[str]:
        for event in events:
            if event.__class__ is NamedEvent:
                if not self._is_chunk(event):
                    continue
                event = bytes(event)  # its name means nothing from here on
            if self.ended or self.failure is not None:
                self.has_surplus = True
                break
            text = self._read(event)
            if text:
                self._has_text = True  # for those that follow
                yield text

    def flush(self) -> str:
        """Return what was held back as a part of a character or of a tag, at the end."""
        return self._from_first_word(self._thoughts.feed(self._joiner.flush()) + self._thoughts.flush())

    def _from_first_word(self, text: str) -> str:
        """Return ``text``; white space before the first word waits for it, as white space alone is no answer."""
        if not self._has_words and text:
            text, self._blank = self._blank + text, ""
            self._has_words = not text.isspace()
            if not self._has_words:
                text, self._blank = "", text
        return text

    def _read(self, event: bytes) -> str:
        """Return the text of one event, and note what else it says."""
        raise NotImplementedError

    def _is_chunk(self, event: bytes) -> bool:
        """Return whether an event with a name of its own holds a chunk all the same, as some gateways name each."""
        try:
            found = next(objects_in(bytes(event)), None)
        except ProviderError:
            return False
        return found is END or bool(found and found.get(self.answers))

    def _read_leniently(self, event: bytes) -> str:
        """Read an event that is not as it should be: several chunks in one, or a chunk of other types."""
        texts: list[str] = []
        try:
            for chunk in objects_in(event):
                self.ended = self.ended or chunk is END
                if self.ended or self.failure is not None:
                    break
                texts.append(self._read_object(chunk))
        except ProviderError as failure:
            self.failure = failure
        return "".join(texts)

    def _read_object(self, chunk: dict[str, Any]) -> str:
        """Return the text of one chunk whatever types its fields have, and note what else it says."""
        raise NotImplementedError

    def _noted(self, text: str, reason: object) -> str:
        """Note the reason that comes with a chunk's text, and pass the text on."""
        if text and self.finish_reason is not None:
            self.finish_reason, self.is_contradicted = None, True
        word = reason.strip().lower()[:40] if isinstance(reason, str) else ""
        # An answer that was cut short stays one, whatever word follows without a text.
        if word not in UNKNOWN and self.finish_reason in (None, "stop"):
            self.finish_reason = _meaning(word)
        return text

    def _ours(self, choices: object) -> dict[str, Any]:
        """Return the choice (Gemini: the candidate) that is ours; none when the chunk holds only another one's.

        Of several answers, each with an index, the first is read to its end: two are never mixed.
        """
        found = [fields(choice) for choice in choices] if isinstance(choices, list) else [fields(choices)]
        indices = [str(choice.get("index") or 0) for choice in found if choice]
        if self._index is None and indices:
            self._index = "0" if "0" in indices else indices[0]
        return next(
            (choice for choice in found if str(choice.get("index") or self._index) == self._index), {}
        )


def _meaning(word: str) -> str:
    """Return "stop", "length" or ``BLOCKED`` for a provider's word for an end; any other word as it is."""
    if word in WHOLE:
        return "stop"
    if word in TOO_LONG:
        return "length"
    return BLOCKED if word in REFUSED else word


def objects_in(event: bytes) -> Iterator[dict[str, Any]]:
    """Return the objects in an event's data, whatever types their fields have; ``END`` for the end mark.

    Proxies put several into an event, with or without a list around them, put ``data:`` before them twice, or write an
    object as a string. Numbers come as they were written, and bytes that are no UTF-8 as ``surrogateescape`` leaves
    them. A word that some servers send as a heartbeat is none. An event named ``error`` is one whatever it holds.
    Raises ProviderError("malformed") at what should be an object, and is not whole.
    """
    if isinstance(event, ErrorEvent):
        yield _error_in(event)
        return
    text, at = event.decode("utf-8", "surrogateescape"), 0
    while (gap := _BETWEEN.match(text, at)) and (at := gap.end()) < len(text):
        if text[at : at + len(_DONE)].upper() == _DONE:
            yield END
            return
        try:
            value, at = _LENIENT_JSON.raw_decode(text, at)
        except RecursionError:
            return  # nested deeper than any chunk: nothing that could be shown
        except ValueError:
            if "{" in text[at:]:
                raise ProviderError("malformed") from None
            return
        if isinstance(value, dict):
            yield value
        elif isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            yield from objects_in(value.encode("utf-8", "surrogatepass"))


def _error_in(event: ErrorEvent) -> dict[str, Any]:
    try:
        found = next(objects_in(bytes(event)), {})
    except ProviderError:
        found = {}
    return {**found, "error": found.get("error") or found or "error"}


def values_in(text: bytes) -> list[bytes]:
    """Return the JSON values that stand one behind the other, and at last what is none."""
    whole, found, at = text.decode("utf-8", "surrogateescape"), [], 0
    while (gap := _BETWEEN.match(whole, at)) and (at := gap.end()) < len(whole):
        try:
            _, end = _JSON.raw_decode(whole, at)
        except (ValueError, RecursionError):
            end = len(whole)
        found.append(whole[at:end].encode("utf-8", "surrogateescape"))
        at = end
    return found


def fields(value: object) -> dict[str, Any]:
    """Return an object's fields; none when it is something else."""
    return value if isinstance(value, dict) else {}


def shown_text(content: object, depth: int = 3) -> str:
    """Return what of a chunk's content is meant to be read: a string, a number, or parts of which some are thoughts."""
    parts = content if isinstance(content, list) else [content]
    return "".join([_text_of_part(part, depth) for part in parts])


def _text_of_part(part: object, depth: int) -> str:
    if isinstance(part, str):
        return part
    part = fields(part)
    if str(part.get("thought")).lower() in ("true", "1") or not _is_text(part.get("type")) or not depth:
        return ""
    inner = next((part[name] for name in ("text", "parts", "content", "value") if part.get(name)), None)
    return shown_text(inner, depth - 1)


def _is_text(kind: object) -> bool:
    """Return whether a part of this type is read: text, output_text, text_delta, or any where none is given."""
    return not kind or (isinstance(kind, str) and "text" in kind and not _THOUGHT.search(kind))


def count(value: object) -> int:
    """Return a number of tokens; 0, unknown, for what can't be one."""
    try:
        number = float(value) if isinstance(value, (str, int, float)) and value is not True else 0.0
    except (ValueError, OverflowError):
        return 0
    return int(number) if 0 <= number <= MOST_TOKENS else 0


def failure_of(chunk: dict[str, Any]) -> ProviderError | None:
    """Return the failure that a chunk tells of, in a field or as a whole; None for an empty one, which is none."""
    error = chunk.get("error") or (chunk if chunk.get("object") == "error" else None)
    if not error or error in ("null", "none"):
        return None
    if isinstance(error, dict) and all(value in ("", "0", None, False, [], {}) for value in error.values()):
        return None
    return ProviderError(kind_of_words(*map(fields(error).get, ("code", "status", "type"))))
