"""The text is read whole whatever stands beside it, and ends as the provider said."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from core.llm.types import ProviderError, Retracted, TextStream
from tests.fakes.oddities import CASES, Case
from tests.fakes.raw import RawProvider, raw_provider
from tests.integration.llm.conftest import Made, ask
from tests.unit.llm.oracles import of_openai


@pytest.fixture(scope="module")
def raw() -> Iterator[RawProvider]:
    with raw_provider() as raw:
        yield raw


def read(stream: TextStream, *, nowait: bool) -> tuple[str, str]:
    """The text, and "stop" or the kind of failure that it ended with."""
    text = ""
    while True:
        try:
            more = stream.read_nowait() if nowait and text else None
            more = stream.read() if more is None else more
        except Retracted:
            text = ""
        except ProviderError as failure:
            return text, failure.kind
        else:
            if more is None:
                return text, "stop"
            text += more
            if not more:
                time.sleep(0.01)  # the provider is a job of this process


@pytest.mark.parametrize("nowait", [False, True], ids=["read", "read_nowait"])
@pytest.mark.parametrize(("form", "case"), CASES, ids=str)
def test_no_word_is_lost_and_no_cut_text_is_whole(
    raw: RawProvider, form: str, case: Case, nowait: bool
) -> None:
    raw.will_answer(case.steps)
    made = Made(raw.url)
    stream = ask(made.of(form), idle=3.0)
    assert read(stream, nowait=nowait) == (case.text, case.end)
    stream.close()
    made.close()


@pytest.mark.parametrize(
    "name",
    ["a cut syllable beside text", "content as a number", "a byte order mark", "a number", "data: null"],
)
def test_the_official_sdk_is_no_oracle_where_it_loses_text(name: str) -> None:
    """It raises or drops text on what we read whole, so that these cases say themselves what is right."""
    case = next(case for form, case in CASES if form == "openai" and case.name == name)
    body = b"".join(step for step in case.steps[1:] if isinstance(step, bytes))
    try:
        text = of_openai([body]).text
    except Exception as error:
        text = repr(error)
    assert text != case.text
