"""HTML that a worker keeps: bounded, and the same as what would be made again."""

from __future__ import annotations

import gc
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.utils.translation import override
from jinja2 import Environment, UndefinedError

from fortune.fragment_cache import FragmentCache
from fortune.models import Kind, Mode, Reading
from fortune.pages.charts import components, labels, luck
from fortune.pages.charts.components import _environment, component, warm_up, with_constants
from fortune.pages.parts import ReadingChart
from fortune.pages.text import LINE, OPEN, annotators_of, blocks_html
from fortune.saju import Birth, cast

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
TEXT = "## 타고난 결\n\n나무의 **기운**이에요. [[pillar.day]]\n\n## 마음\n\n물이 맑아요.\n"


def reading(**more: object) -> Reading:
    chart = cast(Birth("solar", 1990, 5, 15, 14, 30, "female", 126.98, "Asia/Seoul"))
    return Reading(kind=Kind.FULL, mode=Mode.GENERAL, chart=chart.to_json(), created_at=NOW, **more)


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    cache = FragmentCache(most_bytes=3_000)
    cache.put("one", ("a" * 900,))
    cache.put("two", ("b" * 900,))
    cache.find("one", lambda: ("not made again",))
    cache.put("three", ("c" * 900,))
    cache.put("four", ("d" * 900,))
    assert cache.bytes <= 3_000
    assert cache.find("one", lambda: ("made again",)) == ("a" * 900,)
    assert cache.find("two", lambda: ("made again",)) == ("made again",)


def test_a_value_that_takes_anothers_place_is_counted_once() -> None:
    cache = FragmentCache(most_bytes=10_000)
    for _ in range(50):
        cache.put("one", ("a" * 900,))
    assert len(cache) == 1
    assert cache.bytes < 1_100


def test_a_value_beyond_the_bound_is_returned_and_not_kept() -> None:
    cache = FragmentCache(most_bytes=100)
    assert cache.find("one", lambda: ("a" * 900,)) == ("a" * 900,)
    assert (len(cache), cache.bytes) == (0, 0)


def test_the_page_is_given_the_blocks_that_the_stream_has_made() -> None:
    """The very string: nothing is rendered a second time."""
    row = reading()
    reader = annotators_of(row)()
    for letter in TEXT:
        reader.feed(letter)
    reader.finish()
    streamed = blocks_html(row, TEXT)
    assert streamed is blocks_html(row, TEXT)
    other = reading()  # the same chart and text, of which nothing is kept
    assert streamed == blocks_html(other, TEXT)


def test_a_title_shows_how_the_next_block_begins_and_nothing_at_the_end_of_a_text() -> None:
    html = blocks_html(reading(), "## 하나\n\n## 둘\n\n" + "가" * 80 + "\n\n## 셋\n")
    lines = re.findall('<span class="line">([^<]*)</span></summary>', html)
    assert lines == ["둘", "가" * LINE + "…", ""]
    assert html.count("<details") == html.count("</details>") == 3
    assert html.count(" open") == OPEN


def test_how_a_block_begins_is_cut_behind_a_word() -> None:
    text = "## 하나\n\n" + "열 글자씩 일곱 " * 7 + "\n\n## 둘\n\n모두 들어가는 한 줄이에요.\n"
    first, second = re.findall('<span class="line">([^<]*)</span></summary>', blocks_html(reading(), text))
    assert len(first) <= LINE + 1 and first.endswith(("열…", "글자씩…", "일곱…"))
    assert second == "모두 들어가는 한 줄이에요."


@pytest.mark.parametrize(("language", "word"), [("ko", "나"), ("en", "Me")])
def test_words_without_a_variable_are_written_into_a_template_once(language: str, word: str) -> None:
    environment = _environment(language)
    assert with_constants('<b>{{ _("나") }}</b>', environment) == f"<b>{word}</b>"
    assert with_constants('{{ term("sipseong") }}', environment).startswith('<a class="term" href="/')
    for left in (
        '{{ _("%(n)s가지") % {"n": n} }}',
        "{{ term(row.key) }}",
        "{{ _(word) }}",
        '{% set a = _("나") %}',
    ):
        assert with_constants(left, environment) == left
    assert environment.from_string('{{ _("나") }} {{ _(word) }}').render(word="나") == f"{word} {word}"


def test_a_text_is_made_in_the_language_of_its_page_whatever_the_flush_speaks() -> None:
    row = reading(language="ko")
    with override("ko"):
        reader = annotators_of(row)()
    with override("en"):
        events = reader.feed(TEXT)
    with override("ko"):
        reader.finish()
        other = annotators_of(row)()
        assert events == other.feed(TEXT)
        assert "근거" in blocks_html(row, TEXT)


def test_a_streams_annotators_keep_no_row() -> None:
    """A row holds the owner, the names and the conversation for as long as the text is written."""
    row = reading()
    make = annotators_of(row)
    make()
    held, waiting = set(), [make]
    while waiting:
        for thing in gc.get_referents(waiting.pop()):
            if id(thing) not in held and not isinstance(thing, (type, ModuleType)):
                held.add(id(thing))
                waiting.append(thing)
                assert not isinstance(thing, Reading)


def test_blocks_of_the_second_half_alone_are_not_taken_for_the_whole_text() -> None:
    """A page that comes back has the first half already: its annotator makes the rest only."""
    row = reading()
    reader = annotators_of(row)()
    half = TEXT.index("## 마음")
    reader.skip(TEXT[:half])
    reader.feed(TEXT[half:])
    reader.finish()
    assert blocks_html(row, TEXT) == blocks_html(reading(), TEXT)
    assert "기운" in blocks_html(row, TEXT)


def test_a_readings_parts_are_made_once_for_each_language() -> None:
    row = reading()
    with override("ko"):
        korean = ReadingChart(row).parts()
        assert ReadingChart(row).parts() is korean
    with override("en"):
        assert ReadingChart(row).parts().side != korean.side
    assert ReadingChart(reading()).parts() == korean


def test_the_timeline_is_kept_for_one_day_in_korea_and_no_longer() -> None:
    row = reading()
    november, later = NOW, NOW + timedelta(days=40)
    shown = ReadingChart(row).luck(now=november, decade=None, year=None)
    assert ReadingChart(row).luck(now=november + timedelta(hours=11), decade=None, year=None) is shown
    assert ReadingChart(row).luck(now=later, decade=None, year=None) != shown


def test_a_name_is_no_markup_in_a_component() -> None:
    row = reading(label="<b>나</b>")
    row.kind, row.other_chart, row.other_label = Kind.MATCH, row.chart, "<i>"
    parts = ReadingChart(row).parts()
    assert "<b>나" not in parts.side + parts.facts
    assert "&lt;b&gt;나" in parts.side


def test_a_component_that_is_not_given_what_it_shows_says_so() -> None:
    with pytest.raises(UndefinedError):
        component("strip")


def test_all_components_compile() -> None:
    warm_up()


def test_what_one_worker_compiled_the_next_one_loads_until_there_is_another_release(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def compiled() -> int:
        """Return how many templates a new worker compiles."""
        count = 0

        def compile_(environment: Environment, *arguments: Any, **more: Any) -> Any:
            nonlocal count
            count += 1
            return actual(environment, *arguments, **more)

        with monkeypatch.context() as patch:
            actual = Environment.compile
            patch.setattr(Environment, "compile", compile_)
            found = _environment.__wrapped__("ko")
            assert found.get_template("luck_letters.html").name == "luck_letters.html"
        return count

    monkeypatch.setattr(components, "COMPILED", tmp_path / "new")
    assert compiled() > 0
    assert compiled() == 0
    monkeypatch.setattr(components, "release", lambda: "another")
    assert compiled() > 0
    (tmp_path / "file").touch()
    monkeypatch.setattr(components, "COMPILED", tmp_path / "file" / "new")
    assert compiled() > 0  # nothing can be kept there


def test_the_letters_of_the_timeline_are_there_before_the_first_chart() -> None:
    luck.warm_up()
    made = luck._letters.cache_info().misses
    for language in ("ko", "en"):
        with override(language):
            ReadingChart(reading()).luck(now=NOW, decade=None, year=None)
    assert luck._letters.cache_info().misses == made


def test_a_part_asks_for_the_language_once_and_the_next_one_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(labels, "get_language", lambda: asked.append("ko") or "ko")
    with labels.in_one_language():
        assert labels.name_of("ilgan") == labels.name_of("ilgan") == "일간"
    assert len(asked) == 1
    monkeypatch.setattr(labels, "get_language", lambda: "en")
    assert labels.english()
