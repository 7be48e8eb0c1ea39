"""Blocks: the same however the text arrives, safe whatever it says, with their evidence."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from unittest.mock import ANY

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.streams import event
from fortune.readings import grounding
from fortune.readings.classic import compose
from fortune.readings.facts.evidence import Evidence
from fortune.readings.rendering import open_text, render
from fortune.readings.rendering.open_text import OpenText, words
from fortune.readings.rendering.render import MAX_BLOCK, Block, Blocks, blocks, plain_text
from tests.page import Page
from tests.unit.readings.charts import READINGS, inputs

EVIDENCE = Evidence.of(inputs())
CLASSIC = compose(inputs())
HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[눌러요](javascript:alert(1))",
    '![x](x" onerror="alert(1))',
    '<a href="https://evil.example">x</a> https://evil.example <https://evil.example>',
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    '[[ilgan"><script>alert(1)</script>]]',
    "[[<b>]] [[ilgan,pillar.day]] [[",
    "<scr\nipt>alert(1)</script>",
    "<!-- --><svg/onload=alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "\ue000\ue001\ue002 **<b onclick=x>갑자**",
    "일주는 <b>갑자</b>예요. 일주는 갑&#51088;예요.",
    "|a|b|\n|-|-|\n|<script>|x|",
    "# <iframe src=x>\n## [[ilgan]] 제목\n=====\n---",
    "편재가 <script>alert(1)</script> 3개, 편재가 **3개** [[ilgan]]예요.",
]


class _Reader(HTMLParser):
    """An HTML parser that collects tags and attributes, and checks that every tag is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.open: list[str] = []
        self.balanced = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(name for name, _ in attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.balanced = self.balanced and bool(self.open) and self.open.pop() == tag


ALLOWED = {
    "h3": {("data-section",)},
    "details": {("class",)},
    "button": {("type", "class", "data-fact", "data-cells", "title")},
    "mark": {("class",)},
    "span": {("class",), ("lang",)},
    "ol": {(), ("start",)},
    **{tag: {()} for tag in ("h4", "summary", "p", "ul", "li", "strong", "em", "blockquote", "br")},
    **{tag: {()} for tag in ("table", "thead", "tbody", "tr", "th", "td")},
}


def _assert_safe(row: Block) -> None:
    reader = _Reader()
    reader.feed(row.html)
    reader.close()
    assert reader.balanced
    assert reader.open == []
    for tag, attributes in reader.seen:
        assert attributes in ALLOWED.get(tag, set()), row.html
    for letter in "\ue000\ue001\ue002\ue003\ue004":
        assert letter not in row.html + row.plain


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_written_becomes_a_tag(text: str) -> None:
    for row in blocks(text, EVIDENCE):
        _assert_safe(row)


SCRAPS = st.lists(
    st.one_of(
        st.sampled_from(
            [*HOSTILE, "## 제목", "\n", "\n\n", "- 하나", "1. 하나", "> 말", "**", "*", "[[", "]]", "[[ilgan]]",
             "일주는 갑자예요.", "편재가 강해요.", "가나다 " * 900, "- 하나\n" * 700, " ", "\r\n", "#", "<", "&", "`"]
        ),
        st.text(max_size=12),
    ),
    max_size=14,
).map("".join)  # fmt: skip


# The first half of the emphasis stands in a cell that the table has no column for.
@example("|a|b|\n|-|-|\n|c|d|**e\nf**")
@example("|a|b|\n|-|-|\n|c|d|*e*|**f\n*g*|h**")
@given(SCRAPS)
@settings(max_examples=300, deadline=None)
def test_no_scrap_of_text_becomes_a_tag(text: str) -> None:
    for row in blocks(text, EVIDENCE):
        _assert_safe(row)


def _cut(text: str, places: list[int]) -> list[str]:
    marks = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[a:b] for a, b in itertools.pairwise(marks)]


TEXTS = st.one_of(st.just(CLASSIC), SCRAPS)
PLACES = st.lists(st.integers(0, 10_000), max_size=40)


@pytest.mark.usefixtures("read_once")
@given(TEXTS, PLACES)
@settings(max_examples=200, deadline=None)
def test_any_cut_of_the_text_gives_the_blocks_of_the_whole(text: str, places: list[int]) -> None:
    page, reader = Page(), Blocks(EVIDENCE)
    for piece in _cut(text, places):
        page.take("text", {"text": piece, **reader.feed(piece)})
        assert page.open == reader.tail
    page.take_all(reader.finish())
    assert page.blocks == [row.html for row in blocks(text, EVIDENCE)]


@pytest.mark.usefixtures("read_once")
@given(TEXTS, PLACES, st.integers(0, 10_000))
@settings(max_examples=200, deadline=None)
def test_a_page_that_comes_back_anywhere_gets_the_blocks_of_the_whole(
    text: str, places: list[int], at: int
) -> None:
    """The server's HTML up to some place, and from there on whatever another worker streams."""
    at %= len(text) + 1
    page, before, after = Page(), Blocks(EVIDENCE), Blocks(EVIDENCE)
    page.load([block.html for block in before.add(text[:at])])
    page.take_all(after.skip(text[:at]))
    assert page.open == before.tail
    for piece in _cut(text[at:], places):
        page.take("text", {"text": piece, **after.feed(piece)})
    page.take_all(after.finish())
    assert page.blocks == [row.html for row in blocks(text, EVIDENCE)]


@given(st.deferred(lambda: st.one_of(TEXTS, WRITTEN)), PLACES)
@example("000A000##0", [1, 4])  # signs of a heading that stand within a line are words
@settings(max_examples=300, deadline=None)
def test_the_open_text_is_the_same_however_it_arrives(text: str, places: list[int]) -> None:
    source = ""
    shown = OpenText()
    for piece in _cut(text.replace("\r", ""), places):
        source += piece
        shown.add(piece)
        assert shown.shown == words(source)


def test_what_is_made_of_a_text_costs_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block is rendered and checked once, and of an open paragraph only what more text can change is looked at."""
    rendered, checked, looked_at = [], [], []
    real_render, real_check, real_words = render._block, grounding.check, words
    monkeypatch.setattr(
        render, "_block", lambda text, *rest: rendered.append(text) or real_render(text, *rest)
    )
    monkeypatch.setattr(grounding, "check", lambda *given: checked.append(given) or real_check(*given))
    monkeypatch.setattr(open_text, "words", lambda text: looked_at.append(len(text)) or real_words(text))
    paragraph = "올해는 **나무의 기운**이 들어와요. 마음이 편안해져요. [[ilgan]] " * 30
    text = f"## 제목\n\n{paragraph}\n\n{paragraph}"
    reader = Blocks(EVIDENCE)
    for at in range(0, len(text), 3):
        reader.feed(text[at : at + 3])
    reader.finish()
    assert len(rendered) == len(checked) == 3
    assert sum(looked_at) < 6 * len(text)


def test_what_is_sent_is_not_twice_the_text() -> None:
    paragraph = "올해는 나무의 기운이 강하게 들어와요. 마음이 편안해지고, 새로운 일을 시작하기 좋아요. " * 4
    text = "\n\n".join(f"## {n}번째 제목\n\n{paragraph}" for n in range(8))
    reader, sent = Blocks(EVIDENCE), 0
    for at in range(0, len(text), 34):  # 84 bytes, the least that is sent at once
        piece = text[at : at + 34]
        sent += len(event("text", {"text": piece, **reader.feed(piece)}, f"1-{at * 3}"))
    sent += sum(len(event(*last)) for last in reader.finish())
    assert sent < 2 * len(text.encode())


@pytest.mark.parametrize("scrap", ["가", "[[", "**a", "[[ilgan]]", "- a\n", " ", "편재가 3개 ", "<", "## "])
def test_a_text_without_an_end_is_cut_into_bounded_blocks(scrap: str) -> None:
    rows = blocks(scrap * 20_000, EVIDENCE)
    assert all(len(row.plain) <= MAX_BLOCK + len(scrap) for row in rows)
    reader = Blocks(EVIDENCE)
    reader.add(scrap * 20_000)
    assert len(reader.tail) <= 2 * MAX_BLOCK


def test_what_is_open_is_shown_as_plain_words_without_markers() -> None:
    page, reader = Page(), Blocks(EVIDENCE)
    shown = []
    for piece in ("## 한눈에", " 보는 나\n\n당신은 **단단", "**해요. [[ilg", "an]]"):
        page.take("text", {"text": piece, **reader.feed(piece)})
        shown.append((len(page.blocks), page.open))
    assert shown == [(0, "한눈에"), (1, "당신은 단단"), (1, "당신은 단단해요."), (1, "당신은 단단해요.")]
    page.take_all(reader.finish())
    assert (len(page.blocks), page.open) == (2, "당신은 단단해요.")  # which the end takes away


def test_words_that_the_page_has_are_not_sent_again() -> None:
    reader = Blocks(EVIDENCE)
    assert reader.feed("당신은 **굳은 나무") == {"tail": [4, -2, 5]}
    assert reader.feed("**예요. [[ilgan]]\n\n") == {
        "blocks": [
            [
                "<p>",
                4,
                "<strong>",
                5,
                "</strong>예요.</p>",
                [["ilgan", "day.stem", ANY, "일간 경금"]],
            ]
        ],
        "tail": [],
    }


SENTENCES = st.sampled_from(
    [
        "봄이 와요.",
        "2 * 3은 6이에요.",
        "**굳은 나무**예요.",
        "끝이 **길어요** 그래서 좋아요 [[ilgan]].",
        "#표와 5-3.",
        "*기울임*은 _그냥_ 둬요.",
        "***아주*** __굵게__ 말해요.",
        "**주의: **다음을 봐요.",
        "**두 줄에\n걸쳐** 굵어요.",
        "`코드`는 글이에요.",
        "줄을<br>바꿔요.",
        "닫지 않은 **굵은 글",
        "그래서 *별표 하나",
    ]
)
WRITTEN = st.lists(
    st.one_of(
        st.builds("{}{}".format, st.sampled_from(["## ", "### ", "# "]), st.just("제목")),
        st.builds("\n".join, st.lists(SENTENCES, min_size=1, max_size=3)),
        st.builds("- {}\n- {}".format, SENTENCES, SENTENCES),
        st.builds("* {}".format, SENTENCES),
        st.builds("> {}".format, SENTENCES),
        st.sampled_from(["---", "***", "* * *", "##제목", "```\n말\n```", "|가|나|\n|-|-|\n|다|라|", "|가|나|\n|다|라|"]),
    ),
    max_size=8,
).map("\n\n".join)  # fmt: skip


@example("- 봄이 와요.\n\n- 줄을<br>바꿔요.\n", [20])
@example("줄을<br>바꿔요.\n", [6])
@given(WRITTEN, st.lists(st.integers(0, 400), max_size=60))
@settings(max_examples=300, deadline=None)
def test_nothing_that_could_be_read_is_taken_away_or_said_twice(text: str, places: list[int]) -> None:
    reader = Blocks(EVIDENCE)
    closed, seen = "", ""
    for piece in _cut(text, places):
        closed += "".join(block.plain for block in reader.add(piece))
        now = re.sub(r"\s", "", closed + re.sub("^ *• ", "", reader.tail, flags=re.MULTILINE))
        assert now.startswith(seen)
        seen = now


def test_chips_name_known_facts_with_their_cells() -> None:
    (row,) = blocks("단단해요. [[pillar.day, ilgan, unknown.fact, pillar.day]]", EVIDENCE)
    assert row.facts == ("pillar.day", "ilgan")
    assert 'data-fact="pillar.day" data-cells="day.stem day.branch"' in row.html
    assert ">일주 경진</button>" in row.html
    assert row.plain == "단단해요."


def test_a_block_says_once_and_at_its_end_what_it_rests_on() -> None:
    (row,) = blocks("- 하나 [[ilgan]]\n- 둘 [[pillar.day, ilgan]]", EVIDENCE)
    assert row.html.endswith("</button></span></details>")
    assert row.html.count("<details") == 1 and "<summary>근거 2</summary>" in row.html
    assert row.html.index("</ul>") < row.html.index("ilgan") < row.html.index("pillar.day")
    assert "<details" not in blocks("근거가 없어요.", EVIDENCE)[0].html


def test_what_only_cites_leaves_no_empty_paragraph() -> None:
    (row,) = blocks("[[ilgan]]", EVIDENCE)
    assert row.html.startswith("<details")


def test_headings_begin_below_the_title_of_the_text() -> None:
    found = [row.html for row in blocks("# 가\n\n## 나\n\n### 다", EVIDENCE)]
    assert found == ["<h4>가</h4>", '<h3 data-section="2">나</h3>', "<h4>다</h4>"]


def test_the_second_person_has_chips_of_their_own() -> None:
    evidence = Evidence.of(inputs("match"))
    (row,) = blocks("부드러워요. [[b.ilgan]]", evidence)
    assert 'data-cells="b.day.stem"' in row.html
    assert ">상대 일간 무토</button>" in row.html


def test_a_contradiction_is_marked_with_the_truth() -> None:
    (row,) = blocks("당신의 일주는 **갑자**라서 곧아요.", EVIDENCE)
    assert '<mark class="contradiction">일주는 </mark>' in row.html
    assert '<strong><mark class="contradiction">갑자</mark>' in row.html
    assert (
        '<span class="contradiction-note">명식의 일주는 경진(<span lang="ko-Hani">庚辰</span>)이에요.</span>'
        in row.html
    )
    _assert_safe(row)


@pytest.mark.parametrize(
    "text", ["壬申(임신)일이라 좋아요.", "**오후 3시 반(壬申시)쯤부터** — 쉬세요.", "### 甲木", "- 甲\n- 乙"]
)
def test_hanja_is_marked_as_such_wherever_it_stands(text: str) -> None:
    (row,) = blocks(text, EVIDENCE)
    outside = re.sub(r'<span lang="ko-Hani">[^<]+</span>', "", row.html)
    assert outside != row.html
    assert not re.search("[\u4e00-\u9fff]", outside)
    assert row.plain == re.sub("^(### |- )|\\*\\*", "", text, flags=re.MULTILINE)
    _assert_safe(row)


def test_bold_works_before_a_korean_particle() -> None:
    (row,) = blocks("**일간(경금)**은 단단해요.", EVIDENCE)
    assert "<strong>일간(경금)</strong>은" in row.html


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("가\n\n---\n\n나", "<p>가</p><p>나</p>"),
        ("가\n***\n나", "<p>가</p><p>나</p>"),
        ("* * *", ""),
        ("*기울임*은", "<p><em>기울임</em>은</p>"),
        ("_기울임_은", "<p><em>기울임</em>은</p>"),
        ("***x***", "<p><strong>x</strong></p>"),
        ("__x__예요", "<p><strong>x</strong>예요</p>"),
        ("**굵은\n두 줄**이", "<p><strong>굵은<br>두 줄</strong>이</p>"),
        ("**주의: **다음", "<p><strong>주의:</strong> 다음</p>"),
        ("** 주의 **다음", "<p> <strong>주의</strong> 다음</p>"),
        ("닫지 **않은 글", "<p>닫지 않은 글</p>"),
        ("2 * 3은 6", "<p>2 * 3은 6</p>"),
        ("##제목", '<h3 data-section="1">제목</h3>'),
        ("하나<br>둘<BR/>셋", "<p>하나<br>둘<br>셋</p>"),
        ("하나<br><br>둘", "<p>하나</p><p>둘</p>"),
        ("```python\n말\n```", "<p>말</p>"),
        ("`말`이에요", "<p>말이에요</p>"),
        (
            "|가|나|\n|:-|-:|\n|다|**라**|",
            "<table><thead><tr><th>가</th><th>나</th></tr></thead>"
            "<tbody><tr><td>다</td><td><strong>라</strong></td></tr></tbody></table>",
        ),
        ("|가|나|\n|다|라|", "<p>가  나<br>다  라</p>"),
    ],
)
def test_markdown_that_nobody_asked_for_becomes_something_decent(source: str, markup: str) -> None:
    found = "".join(row.html for row in blocks(source, EVIDENCE))
    assert re.sub(r"(?<=>)\n|\n(?=<)", "", found) == markup.replace("<p> ", "<p>")
    seen, reader = "", Blocks(EVIDENCE)
    for letter in source:
        reader.feed(letter)
        seen += reader.tail
    assert not set("*_`#|<") & set(seen) - set("*" if "2 * 3" in source else "")


def test_sections_are_counted() -> None:
    rows = blocks("## 하나\n가\n## 둘\n\n나", EVIDENCE)
    assert [(row.section, row.plain) for row in rows] == [(1, "하나"), (1, "가"), (2, "둘"), (2, "나")]


def test_the_copy_is_plain() -> None:
    text = plain_text("## 제목\n\n**굵게** 말해요. [[ilgan,pillar.day]]\n\n- 하나 [[x]]\n")
    assert text == "제목\n\n굵게 말해요.\n\n- 하나\n"


@pytest.mark.parametrize(("kind", "mode", "topic"), READINGS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_citable_fact_has_a_short_label_and_a_sentence(
    kind: str, mode: str, topic: str, language: str
) -> None:
    evidence = Evidence.of(inputs(kind, mode, topic, language=language))
    for fact, chip in evidence.citations.items():
        label = evidence.label(fact, chip)
        assert 0 < len(label) <= 44, fact
        assert chip.says
        assert language == "ko" or not re.search("[가-힣]", label)
