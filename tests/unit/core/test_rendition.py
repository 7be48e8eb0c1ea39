"""A rendition: the frames that all pages of one language share, and those of a page that is elsewhere."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.utils import translation

from core.streams.hub import rendition
from core.streams.hub.channel import Channel, Position
from core.streams.hub.rendition import Rendition, event

LINE = 84  # bytes of text that a page is sent at once


class Counting:
    """An annotator that tells the text it has, and in which language it was made and finished."""

    def __init__(self, made: list[Counting]) -> None:
        made.append(self)
        self.languages = [translation.get_language()]
        self.text = ""
        self.fed = 0

    def skip(self, text: str) -> list[tuple[str, Any]]:
        self.text = text
        self.languages.append(translation.get_language())
        return [("begun", len(text))]

    def feed(self, text: str) -> dict[str, Any]:
        self.fed += 1
        self.text += text
        return {"all": len(self.text)}

    def finish(self) -> list[tuple[str, Any]]:
        self.languages.append(translation.get_language())
        return [("whole", len(self.text))]


class Watched:
    """A channel with one rendition, for a page that has the text before ``offset``."""

    def __init__(self, data: bytes = b"", *, offset: int | None = None, language: str = "ko") -> None:
        self.made: list[Counting] = []
        self.channel = Channel(uuid.uuid4(), 1, data)
        position = None if offset is None else Position(1, offset)
        self.rendition = Rendition(self.channel, lambda: Counting(self.made), language, position)

    def text(self, offset: int, *, follows: bool = True, is_last: bool = False) -> tuple[bytes, int]:
        return self.rendition.text(offset, follows=follows, is_last=is_last)


def frame(text: str, end: int, known: int) -> bytes:
    return f'id: 1-{end}\nevent: text\ndata: {{"text":"{text}","all":{known}}}\n\n'.encode()


@pytest.fixture(autouse=True)
def endless_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendition, "PATIENCE", 10**9)


def test_an_event_has_an_id_only_where_it_was_given_one() -> None:
    assert event("done", {"a": "글"}) == 'event: done\ndata: {"a":"글"}\n\n'.encode()
    assert event("text", [1], "2-7") == b"id: 2-7\nevent: text\ndata: [1]\n\n"


def test_a_frame_is_made_once_for_all_pages_that_are_where_it_begins() -> None:
    watched = Watched()
    watched.channel.publish(b"abc")
    first, end = watched.text(0)
    assert (first, end) == (frame("abc", 3, 3), 3)
    assert watched.text(0)[0] is first
    assert watched.text(3) == (b"", 3)
    watched.channel.publish(b"d")
    second, end = watched.text(3, is_last=True)
    assert (second, end) == (frame("d", 4, 4), 4)
    assert watched.text(3, is_last=True)[0] is second
    assert watched.text(4, is_last=True) == (b"", 4)
    assert [made.fed for made in watched.made] == [2]


def test_a_page_that_is_elsewhere_gets_a_frame_of_its_own() -> None:
    watched = Watched()
    watched.channel.publish(b"abcdef")
    watched.text(0)
    watched.channel.publish(b"g" * LINE)
    watched.text(6)
    behind, end = watched.text(2)
    assert end == 6 + LINE
    assert behind == b"event: begun\ndata: 2\n\n" + frame("cdef" + "g" * LINE, end, end)
    told, end = watched.text(6, follows=False)
    assert told == b"event: begun\ndata: 6\n\n" + frame("g" * LINE, end, end)
    anew, end = watched.text(0, follows=False)
    assert anew == frame("abcdef" + "g" * LINE, end, end)
    assert len(watched.made) == 4


@pytest.mark.parametrize(("length", "is_due"), [(LINE - 1, False), (LINE, True), (LINE + 1, True)])
def test_after_the_first_text_a_line_is_sent_at_once(length: int, is_due: bool) -> None:
    watched = Watched()
    watched.channel.publish(b"a")
    assert watched.text(0) == (frame("a", 1, 1), 1)
    watched.channel.publish(b"b" * length)
    expected = (frame("b" * length, 1 + length, 1 + length), 1 + length) if is_due else (b"", 1)
    assert watched.text(1) == expected


def test_a_part_of_a_line_is_sent_after_a_moment_or_with_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched()
    for text in (b"a", b"b"):
        watched.channel.publish(text)
        watched.text(0)
    assert watched.text(1) == (b"", 1)
    monkeypatch.setattr(rendition, "PATIENCE", -1.0)
    assert watched.text(1) == (frame("b", 2, 2), 2)
    monkeypatch.setattr(rendition, "PATIENCE", 10**9)
    watched.channel.publish(b"c")
    assert watched.text(2) == (b"", 2)
    assert watched.text(2, is_last=True) == (frame("c", 3, 3), 3)


def test_a_page_that_comes_back_has_what_was_made_of_its_text_skipped() -> None:
    watched = Watched(b"abcdef", offset=4)
    assert watched.text(4) == (frame("ef", 6, 6), 6)
    for unknown in (None, 7):  # an offset that the channel does not know begins anew
        assert Watched(b"abc", offset=unknown).text(0) == (frame("abc", 3, 3), 3)


def test_an_epoch_that_is_over_has_no_more_frames() -> None:
    watched = Watched()
    watched.channel.publish(b"abc")
    watched.text(0)
    watched.channel.begin(2, b"x" * 500)
    assert watched.text(3, is_last=True) == (b"", 3)
    assert watched.made[0].fed == 1


def test_what_closes_a_text_is_made_once_and_anew_for_a_page_that_missed_some() -> None:
    watched = Watched()
    watched.channel.publish(b"abc")
    watched.text(0, is_last=True)
    whole = b"event: whole\ndata: 3\n\n"
    first = watched.rendition.closing(3, follows=True)
    assert first == whole
    assert watched.rendition.closing(3, follows=True) is first
    assert watched.rendition.closing(3, follows=False) == b"event: begun\ndata: 3\n\n" + whole
    assert len(watched.made) == 2


def test_an_annotator_that_fails_is_replaced_by_one_that_has_had_half_of_nothing() -> None:
    watched = Watched()
    watched.channel.publish(b"abc")
    watched.text(0)
    watched.channel.publish(b"def")

    def fail(text: str) -> dict[str, Any]:
        raise ZeroDivisionError

    watched.made[0].feed = fail  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        watched.text(3, is_last=True)
    assert watched.text(3, is_last=True) == (frame("def", 6, 6), 6)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("active", ["ko", "en"])
def test_all_is_made_in_the_pages_language_whoever_asks(language: str, active: str) -> None:
    with translation.override(active):
        watched = Watched(b"abcd", offset=1, language=language)
        watched.text(1)
        watched.text(2, follows=False)
        watched.rendition.closing(4, follows=True)
        watched.rendition.closing(4, follows=False)
        assert translation.get_language() == active
    asked = [each for made in watched.made for each in made.languages]
    assert len(asked) >= 8
    assert set(asked) == {language}


def test_a_channel_keeps_one_rendition_for_each_language_and_epoch() -> None:
    channel, made = Channel(uuid.uuid4(), 1), list[Counting]()

    def of(language: str = "ko", *, shared: bool = True) -> Rendition:
        return channel.rendition(language, lambda: Counting(made), None, shared=shared)

    first = of()
    assert of() is first
    assert of("en") is not first
    assert of(shared=False) is not first
    assert of() is first
    channel.publish(b"abc")
    channel.fill(1, b"abcd")
    assert of() is first
    channel.begin(2)
    second = of()
    assert second is not first
    assert (first.epoch, second.epoch) == (1, 2)


def test_a_rendition_that_was_made_while_its_epoch_ended_is_not_kept() -> None:
    """On threads an epoch may end at any moment."""
    channel, made = Channel(uuid.uuid4(), 1), list[Counting]()

    def late() -> Counting:
        channel.begin(2)
        return Counting(made)

    left = channel.rendition("ko", late, None, shared=True)
    assert left.epoch == 1
    assert channel.rendition("ko", lambda: Counting(made), None, shared=True).epoch == 2
