"""Characters and thoughts, however they are cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.llm.providers.text import CharacterJoiner, ThoughtFilter

TEXTS = st.text(st.sampled_from("가나 a<b>/think\n🌱"), max_size=40)


def pieces_of(text: str, data: st.DataObject) -> list[str]:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def filtered(pieces: list[str]) -> str:
    thoughts, text = ThoughtFilter(), ""
    for piece in pieces:
        new = thoughts.feed(piece)
        text = new if thoughts.retracts else text + new
        thoughts.retracts = False
    return text + thoughts.flush()


@given(TEXTS, st.data())
def test_the_cuts_change_nothing(text: str, data: st.DataObject) -> None:
    assert filtered(pieces_of(text, data)) == filtered([text])


@given(st.text("가나 a<b>/", max_size=20), st.text("생각 <\n", max_size=20), st.data())
def test_a_thought_in_tags_is_left_out(answer: str, thought: str, data: st.DataObject) -> None:
    whole = f"<think>{thought}</think>\n\n{answer}"
    assert filtered(pieces_of(whole, data)) == answer.lstrip()


@given(st.text("생각 나무", min_size=1, max_size=20), st.data())
def test_a_closing_tag_alone_takes_back_what_came_before_it(thought: str, data: st.DataObject) -> None:
    assert filtered(pieces_of(f"{thought}</think>\n\n올해는 좋아요.", data)) == "올해는 좋아요."


def test_a_closing_tag_after_which_nothing_comes_costs_no_text() -> None:
    assert filtered(["올해는 ", "좋아요.", "</think>", "\n"]) == "올해는 좋아요."


def test_tags_that_are_no_thoughts_stay() -> None:
    text = "3 < 4, <b>굵게</b>, <thin"
    assert filtered([text]) == text


def test_a_second_closing_tag_takes_nothing_back() -> None:
    assert filtered(["<think>음</think>", "올해는 ", "</think>", "좋아요."]) == "올해는 좋아요."


@given(TEXTS, st.data())
def test_halves_of_characters_are_joined(text: str, data: st.DataObject) -> None:
    """Characters are cut between bytes anywhere, and between the halves of UTF-16."""
    raw = text.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=6)))
    parts = [raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)]
    joiner = CharacterJoiner()
    fed = "".join(joiner.feed(part.decode("utf-8", "surrogateescape")) for part in parts)
    assert fed + joiner.flush() == text

    wide = text.encode("utf-16-le")
    units = [wide[i : i + 2].decode("utf-16-le", "surrogatepass") for i in range(0, len(wide), 2)]
    joiner = CharacterJoiner()
    assert "".join(map(joiner.feed, units)) + joiner.flush() == text


@given(st.text(max_size=10), st.text(st.characters(codec="utf-8"), max_size=10))
def test_what_never_becomes_whole_costs_nothing_else(before: str, after: str) -> None:
    joiner = CharacterJoiner()
    before = before.encode("utf-8", "replace").decode()
    fed = joiner.feed(before) + joiner.feed("\udced\udc95") + joiner.feed(after + "\ud83d") + joiner.flush()
    assert fed == f"{before}\ufffd{after}\ufffd"
