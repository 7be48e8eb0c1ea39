"""The reader stays lean, measured against the SDKs in the same minute on the same machine."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.fakes import formats
from tests.fakes.script import Script
from tests.unit.llm.oracles import of_genai, of_openai, of_ours

CHUNKS = 600


def cpu(call: Callable[[], object]) -> float:
    """Return the least CPU of three calls, the figure that other processes disturb least."""
    seconds = []
    for _ in range(3):
        begun = time.process_time()
        call()
        seconds.append(time.process_time() - begun)
    return min(seconds)


# Measured: 20 times less when every chunk comes alone, 50 when a flush gathers eight. A much lower factor
# means that somebody added work to the path of every token.
@pytest.mark.parametrize(("together", "times_less"), [(1, 8), (8, 20)])
@pytest.mark.parametrize(("form", "sdk"), [("openai", of_openai), ("gemini", of_genai)])
def test_a_chunk_costs_a_fraction_of_the_sdks(
    form: str, sdk: Callable[[list[bytes]], object], together: int, times_less: int
) -> None:
    plan, last = formats.stream(form, "m", Script(count=CHUNKS), "")
    head = formats.stream_head(form, Script())
    bodies = [chunk.split(b"\r\n", 1)[1][:-2] for chunk in plan]
    arriving = [b"".join(plan[i : i + together]) for i in range(0, CHUNKS, together)]
    ours = cpu(lambda: of_ours(form, [head, *arriving, last]))
    theirs = cpu(lambda: sdk(bodies)) - cpu(lambda: sdk(bodies[:1]))
    figures = f"{ours / CHUNKS * 1e6:.1f} µs of ours, {theirs / CHUNKS * 1e6:.1f} of the SDK"
    assert theirs > times_less * ours, figures
