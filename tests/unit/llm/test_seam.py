"""A continued text joins its prefix without a character twice or missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.llm.providers.seam import MIN_OVERLAP, Seam, overlap

WHOLE = (
    "올해는 나무의 기운이 강하게 들어와요. 하반기에는 불의 기운이 더해져 일이 빨라집니다. 건강을 챙기세요."
)


def joined(prefix: str, pieces: list[str]) -> tuple[str, bool]:
    seam = Seam(prefix)
    text = "".join(seam.join(piece) for piece in pieces) + seam.flush()
    return text, seam.restarted


@given(st.integers(BEGIN := 24, len(WHOLE)), st.integers(MIN_OVERLAP, 20), st.integers(1, 9))
def test_a_repeated_end_is_dropped_however_it_arrives(at: int, repeated: int, size: int) -> None:
    again = WHOLE[at - repeated :]
    pieces = [again[i : i + size] for i in range(0, len(again), size)]
    assert joined(WHOLE[:at], pieces) == (WHOLE[at:], False)


@given(st.integers(BEGIN, len(WHOLE) - 1), st.integers(1, 9))
def test_a_text_that_goes_on_properly_is_untouched(at: int, size: int) -> None:
    rest = WHOLE[at:]
    assert joined(WHOLE[:at], [rest[i : i + size] for i in range(0, len(rest), size)]) == (rest, False)


def test_a_text_that_starts_over_with_other_words_is_told() -> None:
    anew = WHOLE[:30] + "그러나 다르게 이어집니다."
    assert joined(WHOLE[:60], list(anew)) == (anew, True)


def test_a_text_that_is_said_again_in_full_goes_on_where_it_stopped() -> None:
    assert joined(WHOLE[:40], list(WHOLE)) == (WHOLE[40:], False)


def test_one_word_that_comes_twice_is_no_repetition() -> None:
    assert joined("좋은 일이 생기고 또 좋은", [" 좋은", " 사람을 만나요."])[0] == " 좋은 사람을 만나요."


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=8))
def test_only_a_repetition_of_the_end_is_ever_dropped(prefix: str, pieces: list[str]) -> None:
    said = "".join(pieces)
    text, _ = joined(prefix, pieces)
    assert said.endswith(text)
    assert prefix.endswith(said[: len(said) - len(text)])


@given(st.text(alphabet="가나", max_size=30), st.text(alphabet="가나", max_size=30))
def test_the_overlap_is_the_longest_there_is(before: str, after: str) -> None:
    lengths = [n for n in range(MIN_OVERLAP, len(after) + 1) if before.endswith(after[:n])]
    assert overlap(before, after) == max(lengths, default=0)
