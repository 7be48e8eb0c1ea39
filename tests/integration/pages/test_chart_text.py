"""The chart as text for other tools: the letters, and neither name nor birth."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> str:
    alice: Any = member("alice")
    hers = reading(owner=alice, label="지우비밀", text="## 한눈에\n\n물.\n")
    page = browser(alice).get(f"/fortune/readings/{hers.id}/text/").content.decode()
    (found,) = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    return str(found)


def test_the_text_has_all_letters_and_stands_in_a_field_that_needs_no_script(text: str):
    for pillar in ("庚午", "辛巳", "庚辰"):
        assert pillar in text
    assert "대운" in text and "일간" in text


def test_it_says_neither_name_nor_birth(text: str):
    assert not [told for told in ("지우비밀", "1990", "14:30", "126.98", "서울") if told in text]
