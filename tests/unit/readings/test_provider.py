"""The interpreter as a provider: it streams, goes on from its own text, and stops at once."""

from __future__ import annotations

import threading

import pytest

from core.llm.cancel import Cancel, Cancelled
from core.llm.types import Deadlines, Prompt, ProviderError, TextStream
from fortune.readings.classic import ClassicProvider, compose
from tests.unit.readings.charts import inputs


def _open(prefix: str = "", *, pace: float = 0, cancel: Cancel | None = None) -> TextStream:
    prompt = Prompt("", (), prefix=prefix, inputs=inputs())
    return ClassicProvider(pace=pace).open(prompt, deadlines=Deadlines(), cancel=cancel or Cancel())


def _read_all(stream: TextStream) -> list[str]:
    return list(iter(stream.read, None))


def test_without_a_pace_the_whole_text_comes_at_once() -> None:
    stream = _open()
    assert _read_all(stream) == [compose(inputs())]
    assert stream.finish_reason == "stop"


def test_at_a_pace_it_comes_in_small_steps_that_keep_words_whole() -> None:
    pieces = _read_all(_open(pace=100_000))
    assert "".join(pieces) == compose(inputs())
    assert max(map(len, pieces)) <= 41
    assert sum(piece.endswith((" ", "\n")) for piece in pieces) > 0.8 * len(pieces)


@pytest.mark.parametrize("length", [0, 1, 777])
def test_it_goes_on_exactly_from_its_own_prefix(length: int) -> None:
    whole = compose(inputs())
    stream = _open(whole[:length])
    assert stream.continues
    assert whole[:length] + "".join(_read_all(stream)) == whole


def test_after_another_writers_prefix_it_starts_over() -> None:
    stream = _open("다른 모델이 쓰던 글")
    assert not stream.continues
    assert "".join(_read_all(stream)) == compose(inputs())


@pytest.mark.parametrize("how", ["cancel", "close"])
def test_a_stop_wakes_a_waiting_read(how: str) -> None:
    cancel = Cancel()
    stream = _open(pace=0.001, cancel=cancel)  # the second step is a quarter of an hour away
    assert stream.read()
    outcome: list[BaseException] = []

    def wait() -> None:
        try:
            stream.read()
        except Cancelled as stopped:
            outcome.append(stopped)

    waiting = threading.Thread(target=wait)
    waiting.start()
    stream.close() if how == "close" else cancel.set()
    waiting.join(10)
    assert len(outcome) == 1


def test_closing_does_not_stop_others_under_the_same_wish() -> None:
    cancel = Cancel()
    _open(cancel=cancel).close()
    assert not cancel.is_set()


def test_it_needs_inputs() -> None:
    with pytest.raises(ProviderError) as caught:
        ClassicProvider().open(Prompt("", ()), deadlines=Deadlines(), cancel=Cancel())
    assert caught.value.kind == "bad_request"
