"""Blocks that need no reader of Markdown: the same HTML, and nothing that could be markup."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fortune.readings.facts.evidence import Evidence
from fortune.readings.rendering import markdown, open_text, render, simple_blocks
from tests.unit.readings.charts import inputs

EVIDENCE = Evidence.of(inputs())

# Signs that begin forms in Markdown, letters, and signs that are taken for letters.
SIGNS = list("-+#1.)>|:=~*_`<&\\[]!(\"'/가a木٣·—\u3000\t")
LINES = st.lists(
    st.sampled_from([*SIGNS, " ", "\ue000", "\ue001", "\ue002", "- ", "1. ", "2. ", "## ", "> "]), max_size=7
)
BLOCKS = st.lists(LINES.map("".join), min_size=1, max_size=4).map("\n".join)


def written_in_full(source: str) -> str:
    markup = render._HEADING_TAG.sub(render._lower_heading, render._markdown.render(source))
    return render._sanitiser.clean(markup).strip()


@settings(max_examples=3000)
@given(BLOCKS)
@example("a\n:-:")
@example("1. a\n- b")
@example("1٣. a")
@example("#### a  ")
@example("12. a \n13. b")
@example("## 2. 봄의 기운 ")
@example("### - a")
@example("## 1.")
@example("> a \n> b")
@example("> a\nb")
@example("> 1. a")
@example(">  a")
@example("> a\n> ")
@example('"따옴표" 1990년 5월 15일 — 丙火(병화)\n둘째 줄')
def test_a_simple_block_is_what_the_reader_of_markdown_makes_of_it(source: str) -> None:
    simple = simple_blocks.html_of(source)

    assert simple is None or simple == written_in_full(source)


@pytest.mark.parametrize("sign", ["<", ">", "&", "\\", "[", "]", "`", "*", "|", "\xa0", "\0", "\r", "\u2028"])
def test_nothing_that_could_be_markup_is_simple(sign: str) -> None:
    assert simple_blocks.html_of(f"가{sign}나") is None


@pytest.mark.parametrize(
    "source",
    [
        "갑목은 곧아요.",
        "## 타고난 기질",
        "- 하나\n- 둘",
        "3. 셋\n4. 넷",
        "\ue001굳은 나무\ue002는 \ue000",
        "## 2. 봄의 기운",
        "> 옛말이에요.",
    ],
)
def test_the_usual_blocks_are_simple(source: str) -> None:
    assert simple_blocks.html_of(source) == written_in_full(source)


@pytest.mark.parametrize("level", range(1, 7))
def test_every_title_keeps_its_form(level: int) -> None:
    (block,) = render.blocks(f"{'#' * level} 제목 & 말\n", EVIDENCE)

    assert block.html.startswith("<h3 " if level == 2 else "<h4>")


@given(BLOCKS)
def test_words_without_signs_are_left_as_they_are(source: str) -> None:
    plain = markdown.without_marks(markdown.without_signs(open_text.without_markers(source), is_open=True))

    assert open_text.words(source) == plain


@given(LINES.map("".join))
def test_a_line_without_signs_needs_no_repair(line: str) -> None:
    if not markdown._REPAIRABLE.search(line):
        assert not (
            markdown._RULE.fullmatch(line) or markdown._FENCE.fullmatch(line) or markdown._ROW.fullmatch(line)
        )
        assert markdown._HEADING.sub("", line) == markdown._BREAK.sub("", line) == line


@given(BLOCKS)
def test_signs_are_looked_for_wherever_they_can_stand(source: str) -> None:
    def without_emphasis(text: str) -> str:
        return markdown._EM.sub(lambda sign: sign[1] or sign[2], markdown._STRONG.sub(r"\3\4\5", text))

    pairs = markdown._ITEM.sub("", markdown._BREAK.sub("\n", source))
    assert markdown.without_pairs(source) == without_emphasis(pairs)
    lines = "\n".join(part for line in source.split("\n") for part in markdown.repaired(line))
    if "|" not in source:
        words = markdown._LEFT_OVER.sub("", without_emphasis(markdown._TITLE.sub("", lines)))
        assert markdown.without_signs(source) == words


@settings(max_examples=1000)
@given(
    st.lists(
        st.sampled_from([*"\ue001\ue002\ue003\ue004가\n", "<br>", "<p>", "</p>", "<li>"]), max_size=12
    ).map("".join)
)
@example("\ue001가\ue002\ue003나\ue004")
def test_emphasis_that_is_nested_at_once_is_what_the_closing_of_signs_keeps(markup: str) -> None:
    # Without a sign that opens emphasis there is nothing to close.
    if "\ue001" in markup or "\ue003" in markup:
        assert markdown.nested(markup) == markdown._closed_within(markup)
