"""Packed citations are those that were packed, whichever are asked for, and take a fraction of the memory."""

from __future__ import annotations

import gc
import sys

import pytest

from fortune.readings.facts.citations import citations_of
from fortune.readings.facts.evidence import Evidence
from fortune.readings.rendering.render import blocks
from tests.unit.readings.charts import inputs

WHOLE = Evidence.of(inputs())
PACKED = WHOLE.packed()


def size(thing: object) -> int:
    """Return the bytes of a value and of all that it refers to."""
    seen, waiting, total = set(), [thing], 0
    while waiting:
        one = waiting.pop()
        if id(one) not in seen and not isinstance(one, type):
            seen.add(id(one))
            total += sys.getsizeof(one)
            waiting += gc.get_referents(one)
    return total


def test_they_are_those_that_were_packed() -> None:
    assert dict(PACKED.citations) == dict(WHOLE.citations)
    assert list(PACKED.citations) == list(WHOLE.citations)
    assert len(PACKED.citations) == len(WHOLE.citations)
    assert PACKED.truth is WHOLE.truth


def test_several_come_in_the_order_that_is_asked_for_known_ones_among_them() -> None:
    packed = WHOLE.packed().citations
    facts = list(WHOLE.citations)
    assert packed[facts[3]] == WHOLE.citations[facts[3]]
    asked = [facts[5], facts[3], facts[0]]
    assert (
        citations_of(packed, asked)
        == citations_of(WHOLE.citations, asked)
        == [WHOLE.citations[fact] for fact in asked]
    )


def test_a_fact_that_the_chart_has_not_is_not_among_them() -> None:
    assert "pillar.nowhere" not in PACKED.citations
    with pytest.raises(KeyError):
        PACKED.citations["pillar.nowhere"]
    with pytest.raises(KeyError):
        citations_of(PACKED.citations, ["ilgan", "pillar.nowhere"])


def test_blocks_are_the_same() -> None:
    text = "## 결 [[ilgan]]\n\n나무예요. [[pillar.day, ilgan, nothing]]\n\n" + "".join(
        f"하나예요. [[{fact}]]\n\n" for fact in WHOLE.citations
    )
    assert blocks(text, WHOLE.packed()) == blocks(text, WHOLE)


def test_they_take_a_fifth_of_the_memory() -> None:
    assert size(WHOLE.packed().citations) < size(WHOLE.citations) / 3
