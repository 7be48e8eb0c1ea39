"""A module makes its people and texts once, and does not keep them for those after it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module

import pytest

from fortune.readings import grounding
from fortune.readings.classic.draft import memory
from tests.unit.readings import charts


@pytest.fixture(scope="module", autouse=True)
def of_one_module() -> Iterator[None]:
    """Compose each text once, also where another follows it: a full reading comes before a dozen others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("fortune.readings.classic.compose"), "compose", charts.compose)
        patch.setattr(memory, "told_in", cache(memory.told_in))
        yield
    charts.compose.cache_clear()
    charts.person.cache_clear()


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """Read the claims of a paragraph once: beside every chart they are the same."""
    sentences, claims_of = grounding.sentences, grounding.claims_of
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grounding, "sentences", cache(lambda text: tuple(sentences(text))))
        patch.setattr(grounding, "claims_of", cache(lambda sentence: tuple(claims_of(sentence))))
        yield
