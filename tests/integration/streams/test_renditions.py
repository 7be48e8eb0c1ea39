"""Pages and what they are sent beside the text: the same for all, made once, and whole for those who come back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.streams import Annotator, Status
from core.streams.delivery.frames import Frames
from core.streams.hub import rendition
from core.streams.hub.channel import Channel, Position
from core.streams.hub.outcome import Outcome
from fortune.readings.facts.evidence import Evidence
from fortune.readings.rendering.render import Blocks, blocks
from tests.page import Page
from tests.unit.readings.charts import inputs

EVIDENCE = Evidence.of(inputs())
SCRAPS = st.sampled_from(
    ["## 제목\n", "봄이 와요. ", "**굳은** 나무예요. [[ilgan]]\n\n", "- 하나\n- 둘\n", "🌱 ", "일주는 갑자예요. ",
     "[[pillar.day, ilgan]]", "**", "\n", "<script>", "가" * 400]
)  # fmt: skip
# A text in pieces; a browser does something after each.
STORIES = st.lists(
    st.tuples(SCRAPS, st.lists(st.sampled_from(["take", "cut", "new"]), max_size=3)), max_size=25
)


class Browser:
    """A page that takes frames, is cut off, and comes back from the last id that it received."""

    def __init__(self, channel: Channel, make: Callable[[], Annotator]) -> None:
        self.channel, self.make = channel, make
        self.page, self.position, self.sent = Page(), None, 0
        self.frames = Frames(channel, None, make)

    def take(self, *, cut: float = 1.0) -> None:
        """Take what follows; of a frame that is cut, only whole events arrive."""
        data = self.frames.data_to_send()
        self.sent += len(data)
        for event in data[: int(len(data) * cut)].split(b"\n\n")[:-1]:
            fields = dict(line.split(b": ", 1) for line in event.split(b"\n"))
            if b"id" in fields:
                self.position = fields[b"id"].decode()
            self.page.take(fields[b"event"].decode(), json.loads(fields[b"data"]))

    def connect(self) -> None:
        self.frames = Frames(self.channel, Position.parse(self.position), self.make)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("enough", [1, rendition.ENOUGH])
def test_whenever_pages_come_and_are_cut_off_they_show_what_the_server_renders(
    shared: bool, enough: int, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STREAM_SHARED_RENDITIONS = shared
    monkeypatch.setattr(rendition, "ENOUGH", enough)
    _every_page_is_whole()


@given(STORIES, st.floats(0, 1))
@settings(max_examples=150, deadline=None)
def _every_page_is_whole(story: list[tuple[str, list[str]]], cut: float) -> None:
    channel = Channel(uuid.uuid4(), 1)
    make = lambda: Blocks(EVIDENCE)  # noqa: E731
    browsers, text = [Browser(channel, make)], ""
    for scrap, deeds in story:
        text += scrap
        channel.publish(scrap.encode())
        browsers[0].take()
        for deed in deeds:
            if deed == "new":
                browsers.append(Browser(channel, make))
            browsers[-1].take(cut=cut if deed == "cut" else 1.0)
            if deed == "cut":
                browsers[-1].connect()
    channel.finish(Outcome(Status.DONE))
    for browser in browsers:
        browser.take()
        assert browser.frames.is_ended
        assert browser.page.blocks == [block.html for block in blocks(text, EVIDENCE)]
        assert browser.position == f"1-{len(text.encode())}"


class Counted(Blocks):
    """An annotator that counts what is asked of all of its kind."""

    made: list[Counted]
    fed: list[str]

    def __init__(self) -> None:
        super().__init__(EVIDENCE)
        self.made.append(self)

    def feed(self, text: str) -> dict[str, Any]:
        self.fed.append(text)
        return super().feed(text)


@pytest.mark.parametrize("shared", [True, False])
def test_what_is_made_of_a_text_is_made_once_for_all_who_watch(shared: bool, settings: Any) -> None:
    settings.STREAM_SHARED_RENDITIONS = shared
    Counted.made, Counted.fed = [], []
    channel = Channel(uuid.uuid4(), 1)
    browsers = [Browser(channel, Counted) for _ in range(5)]
    text = "올해는 나무의 기운이 강하게 들어와요. 마음이 편안해지고, 새로운 일을 시작하기 좋아요.\n\n" * 20
    for at in range(0, len(text), 30):
        channel.publish(text[at : at + 30].encode())
        for browser in browsers:
            browser.take()
    channel.finish(Outcome(Status.DONE))
    for browser in browsers:
        browser.take()
        assert browser.page.blocks == [block.html for block in blocks(text, EVIDENCE)]
        assert browser.sent < 2 * len(text.encode()) + 200
    times = 1 if shared else len(browsers)
    assert len(Counted.made) == times
    assert sorted("".join(Counted.fed)) == sorted(text * times)


def test_a_page_gets_its_first_text_at_once_and_more_by_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendition, "PATIENCE", 10**6)
    channel = Channel(uuid.uuid4(), 1)
    browser = Browser(channel, lambda: Blocks(EVIDENCE))
    channel.publish("봄이 ".encode())
    browser.take()
    assert browser.page.open == "봄이 "
    channel.publish("와요. ".encode())
    browser.take()
    assert browser.page.open == "봄이 "
    assert browser.frames.is_behind
    channel.publish(("가" * 28).encode())
    browser.take()
    assert browser.page.open == "봄이 와요. " + "가" * 28
    channel.publish("나".encode())
    monkeypatch.setattr(rendition, "PATIENCE", 0.0)  # a moment has passed
    browser.take()
    assert browser.page.open.endswith("가나")


def test_a_new_epoch_begins_anew_for_pages_too() -> None:
    channel = Channel(uuid.uuid4(), 1)
    browsers = [Browser(channel, lambda: Blocks(EVIDENCE)) for _ in range(2)]
    channel.publish("## 하나\n\n둘".encode())
    browsers[0].take()
    channel.begin(2, "## 셋\n".encode())
    channel.finish(Outcome(Status.STOPPED))
    for browser in browsers:
        browser.take()
        assert browser.page.blocks == ['<h3 data-section="1">셋</h3>']


def test_an_annotator_that_fails_once_harms_no_later_page() -> None:
    class Failing(Blocks):
        fails = True

        def feed(self, text: str) -> dict[str, Any]:
            made = super().feed(text)
            if "!" in text and Failing.fails:
                raise ValueError(text)
            return made

    channel = Channel(uuid.uuid4(), 1)
    browser = Browser(channel, lambda: Failing(EVIDENCE))
    channel.publish("하나\n\n둘".encode())
    browser.take()
    channel.publish("셋!\n\n".encode() * 20)
    with pytest.raises(ValueError, match="셋"):
        browser.take()
    Failing.fails = False
    browser.connect()
    channel.finish(Outcome(Status.DONE))
    browser.take()
    assert browser.page.blocks == [b.html for b in blocks("하나\n\n둘" + "셋!\n\n" * 20, EVIDENCE)]
