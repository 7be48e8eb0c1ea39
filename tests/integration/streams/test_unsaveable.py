"""Every run is saved with an end, whatever a provider sends: otherwise it would be taken over and paid for again."""

from __future__ import annotations

import pytest

from core import streams
from core.llm.types import Usage
from core.streams import Status
from core.streams.node import node
from tests.integration.streams.conftest import Script, collect, new_run
from tests.integration.streams.test_writing import ended, open_events, texts


@pytest.mark.parametrize("pieces", [["가\0나", "\0", " 다"], ["\0", "가나", "\0 다\0"]])
def test_what_postgresql_can_not_store_is_left_out_for_everybody(script: Script, pieces: list[str]) -> None:
    script.pieces = list(pieces)
    run = new_run()
    streams.start(run)
    events = collect(open_events(run))
    saved = ended(run)
    assert (saved.status, saved.text) == (Status.DONE, "가나 다")
    assert texts(events) == node().log.tail([(run.subject, 1, 0)])[0].data.decode() == saved.text


def test_a_text_of_nothing_that_can_be_stored_is_a_failure(script: Script) -> None:
    script.pieces = ["\0\0"]
    run = new_run()
    streams.start(run)
    assert (ended(run).status, ended(run).error_code) == (Status.FAILED, "empty")


@pytest.mark.parametrize("usage", [Usage(10**12, 10**30), Usage(-1, -(10**12))])
def test_nonsense_about_tokens_keeps_no_text_from_being_saved(script: Script, usage: Usage) -> None:
    script.usage = usage
    run = new_run()
    streams.start(run)
    saved = ended(run)
    assert (saved.status, saved.text) == (Status.DONE, "가나다 라마바 사아자.")
    assert 0 <= saved.output_tokens < 2**31
