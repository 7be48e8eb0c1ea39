"""A reading's Markdown as safe HTML, block by block, the same while it streams and after a refresh.

A block is closed by an empty line or by the line of a heading; what is still open is shown as plain text.
Each block is rendered by itself, so a block once sent never changes. Only a few tags without any
attribute of the writer's leave this module; links, images and HTML are shown as the text they are, and Hanja is marked. Markdown that
was not asked for (tables, rules, fences, emphasis) is repaired first (``markdown``). The facts that a block rests on
stand folded at its end. A page has its title and that of the text above a block's own, so a block's headings begin at h3.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import nh3
from markdown_it import MarkdownIt

from fortune.readings import grounding
from fortune.readings.facts.citations import citations_of
from fortune.readings.facts.evidence import Evidence
from fortune.readings.rendering import markdown, simple_blocks
from fortune.readings.rendering.hanja import with_marked_hanja
from fortune.readings.rendering.open_text import MARKER, OpenText, without_markers
from fortune.readings.rendering.references import Part, referring

MAX_CITATIONS = 6
# The longest block, so that the cost of any text grows only with its length.
MAX_BLOCK = 3_000
_TAGS = {
    *("h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote", "br"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
# A text that ended inside a marker.
_UNFINISHED = re.compile(r"(?<![ \t])[ \t]*\[\[[a-z0-9_.,\- ]*\]?$", re.MULTILINE)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_CITATIONS = "\ue000"  # stands where facts are cited, as those of ``markdown`` do for other tags
# The word that opens to the facts that a block rests on, by the text's language. A page has it once (static/js/blocks.js).
EVIDENCE = {"ko": "근거", "en": "Evidence"}
_STYLES = {
    markdown.STRONG_ON: "<strong>",
    markdown.STRONG_OFF: "</strong>",
    markdown.EM_ON: "<em>",
    markdown.EM_OFF: "</em>",
}
_SIGNS = (_CITATIONS, *_STYLES)
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
_TAGS_OF_SIGNS = (*_STYLES.items(), (_CITATIONS, ""))
_BETWEEN_CELLS = re.compile(r"\n(?=<td[ >])(?<=</td>\n)|\n(?=<th[ >])(?<=</th>\n)")
_TAG = re.compile(r"<[^>]*>")
_HEADING_TAG = re.compile(r"<(/?)h(\d)>")
_PRIVATE = re.compile("[\ue000-\uf8ff\r]")
_EMPTY = re.compile(r"<p>\s*</p>\n?")
_PIECE = re.compile(f"<[^>]*>|&[a-zA-Z0-9#]+;|{_SIGN.pattern}|[^<&{''.join(_SIGNS)}]+|[<&]")
# Between two of these are words.
_MARKUP = re.compile(r"(<[^>]*>|&[a-zA-Z0-9#]+;)")

_markdown = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable("table")
    .disable(["code", "fence", "html_block", "reference", "lheading", "hr"])
    .disable(["emphasis", "backticks", "link", "image", "autolink", "html_inline"])
)
_sanitiser = nh3.Cleaner(tags=_TAGS, attributes={"ol": {"start"}})


@dataclass(frozen=True, slots=True)
class Block:
    """One closed block: its words as HTML, what they rest on as HTML, as plain words, and the facts.

    ``section`` counts the titles begun so far, this one included.
    """

    words: str
    evidence: str
    plain: str
    facts: tuple[str, ...]
    section: int

    @property
    def html(self) -> str:
        return self.words + self.evidence


@dataclass(frozen=True, slots=True)
class Source:
    """A closed block as it was written, with its section."""

    text: str
    section: int


class Blocks:
    """The blocks of a text that arrives in pieces. An annotator of ``core.streams``.

    The additions to a "text" event refer (``references``) to the open text as it was shown before, followed by the
    text of the event: "blocks", the HTML of each block that it closes, and "tail", the open text where it is not just
    that. A block's evidence is a list of chips, each a list: fact, cells, sentence and label, or only the fact when an
    earlier block has the same chip. The last blocks come in an event of their own, "blocks" {"blocks"}. A page that comes back is first
    sent its open text whole: "tail" {"text"}.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._rest = ""  # the line not yet complete
        self._lines: list[str] = []  # the complete lines of the open block
        self._open = OpenText()
        self._closings = 0  # how often a block was closed, or could have been
        self._section = 0
        self._chips: set[str] = set()  # the facts of the chips that the page has

    def skip(self, text: str) -> list[tuple[str, Any]]:
        """Add text that a page has, with its closed blocks."""
        for source in self._added(text):
            for row in MARKER.findall(source.text):
                self._chips.update(_facts(row, self._evidence))
        return [("tail", {"text": self.tail})]

    def feed(self, text: str) -> dict[str, Any]:
        """Add text; return what is added to the event that carries it."""
        source = self.tail + text
        more: dict[str, Any] = {}
        if closed := self._added(text):
            more["blocks"] = [self._parts(block, source) for block in closed]
        if self.tail != source:
            more["tail"] = referring([self.tail], source)
        return more

    def finish(self) -> list[tuple[str, Any]]:
        """Close the open block and return the last events."""
        source = self.tail
        closed = self._all_closed()
        return [("blocks", {"blocks": [self._parts(block, source) for block in closed]})] if closed else []

    def add(self, text: str) -> list[Block]:
        """Add text and return the blocks that it has closed."""
        return [self._block(source) for source in self._added(text)]

    def close(self) -> list[Block]:
        """Close the open block, if there is one."""
        return [self._block(source) for source in self._all_closed()]

    @property
    def tail(self) -> str:
        """The open text as plain words."""
        return self._open.shown

    def _added(self, text: str) -> list[Source]:
        text = _PRIVATE.sub("", text)
        *complete, rest = (self._rest + text).split("\n")
        closings = self._closings
        closed: list[Source] = []
        for line in complete:
            for part in markdown.repaired(self._shortened(line, closed)):
                closed += self._line(part)
        self._rest = self._shortened(rest, closed)
        if self._closings == closings:
            self._open.add(text)
        else:
            self._open = OpenText("\n".join([*self._lines, self._rest]))
        return closed

    def _shortened(self, line: str, closed: list[Source]) -> str:
        """Cut whole blocks of ``MAX_BLOCK`` off the front of a line, and return the rest."""
        while len(line) > MAX_BLOCK:
            closed += self._closed()
            for part in markdown.repaired(line[:MAX_BLOCK]):
                closed += self._line(part)
            closed += self._closed()
            line = line[MAX_BLOCK:]
        return line

    def _line(self, line: str) -> list[Source]:
        """Add a complete line and return the blocks that it closes."""
        if _HEADING.match(line):
            closed = self._closed()
            self._section += 1
            return [*closed, Source(line, self._section)]
        if not line.strip():
            return self._closed()
        # A list or a paragraph of many lines ends before it grows past the bound.
        full = sum(map(len, self._lines)) + len(line) > MAX_BLOCK
        closed = self._closed() if full else []
        self._lines.append(line)
        return closed

    def _closed(self) -> list[Source]:
        self._closings += 1
        if not self._lines:
            return []
        text, self._lines = "\n".join(self._lines), []
        return [Source(text, self._section)]

    def _all_closed(self) -> list[Source]:
        closed = self._added("\n") if self._rest else []
        closed += self._closed()
        self._open = OpenText()
        return closed

    def _block(self, source: Source) -> Block:
        return _block(source.text, source.section, self._evidence)

    def _parts(self, written: Source, source: str) -> list[Part]:
        block = self._block(written)
        parts = referring(_MARKUP.split(block.words), source)
        if block.facts:
            parts.append([self._chip(fact) for fact in block.facts])
        return parts

    def _chip(self, fact: str) -> list[str]:
        if fact in self._chips:
            return [fact]
        self._chips.add(fact)
        chip = self._evidence.citations[fact]
        return [fact, " ".join(chip.cells), chip.says, self._evidence.label(fact, chip)]


def blocks(text: str, evidence: Evidence) -> list[Block]:
    """Return all blocks of a finished text."""
    reader = Blocks(evidence)
    return reader.add(text) + reader.close()


def plain_text(text: str) -> str:
    """Return the text for copying: no markers, no Markdown signs."""
    return markdown.without_signs(without_markers(text)).strip() + "\n"


def _facts(row: str, evidence: Evidence) -> tuple[str, ...]:
    """Return the known facts of a row of evidence marks."""
    ids = (word.strip() for word in row.split(","))
    return tuple(dict.fromkeys(i for i in ids if i in evidence.citations))[:MAX_CITATIONS]


def _block(source: str, section: int, evidence: Evidence) -> Block:
    cited: list[tuple[str, ...]] = []

    def cited_by(match: re.Match[str]) -> str:
        cited.append(_facts(match[1], evidence))
        return _CITATIONS

    if "[[" in source:
        source = MARKER.sub(cited_by, source)
        if "[[" in source:
            source = _UNFINISHED.sub("", source)
    markup = markdown.nested(_html(markdown.emphasised(source)))
    plain = _spoken(markup)
    marked = _marked(markup, grounding.check(plain, evidence.truth), evidence.language)
    for sign, tag in _TAGS_OF_SIGNS:
        marked = marked.replace(sign, tag)
    marked = with_marked_hanja(_EMPTY.sub("", marked)).replace("<h3>", f'<h3 data-section="{section}">')
    facts = tuple(dict.fromkeys(fact for ids in cited for fact in ids))
    return Block(marked, _citations(facts, evidence), plain.strip(), facts, section)


def spoken(source: str) -> str:
    """Return the letters of a block that its statements are read from: no signs of Markdown, a tab between two cells."""
    return _spoken(markdown.nested(_html(markdown.emphasised(source))))


def _spoken(markup: str) -> str:
    return _SIGN.sub("", html.unescape(_TAG.sub("", _BETWEEN_CELLS.sub("\t", markup))))


def _html(source: str) -> str:
    simple = simple_blocks.html_of(source)
    if simple is not None:
        return simple
    written = _HEADING_TAG.sub(_lower_heading, _markdown.render(source))
    return _sanitiser.clean(written).strip()


def _lower_heading(tag: re.Match[str]) -> str:
    """Return a heading's tag one level down: sections are h3, whatever else is a heading h4."""
    return f"<{tag[1]}h{3 if tag[2] == '2' else 4}>"


def _citations(ids: tuple[str, ...], evidence: Evidence) -> str:
    """Return what a block rests on: one quiet line that opens to a chip for each fact."""
    if not ids:
        return ""
    buttons = (
        f'<button type="button" class="chip" data-fact="{html.escape(fact)}"'
        f' data-cells="{html.escape(" ".join(chip.cells))}"'
        f' title="{html.escape(chip.says)}">{html.escape(evidence.label(fact, chip))}</button>'
        for fact, chip in zip(ids, citations_of(evidence.citations, ids), strict=True)
    )
    summary = f"<summary>{EVIDENCE[evidence.language]} {len(ids)}</summary>"
    return f'<details class="evidence">{summary} <span class="chips">{" ".join(buttons)}</span></details>'


def _marked(markup: str, findings: tuple[grounding.Finding, ...], language: str) -> str:
    """Return ``markup`` with each finding's letters in <mark>, followed by the engine's statement."""
    if not findings:
        return markup
    out: list[str] = []
    at, todo, inside = 0, list(findings), False  # so many letters are written
    for piece in _PIECE.findall(markup):
        if piece.startswith("<") or piece in _SIGNS:
            # A mark never spans a tag: it is closed before it and opened again after.
            out.append(f'</mark>{piece}<mark class="contradiction">' if inside else piece)
            continue
        letters = list(piece) if piece[0] != "&" else [piece]
        first, end = 0, at + len(html.unescape(piece))
        while todo and (inside or todo[0].start < end):
            if not inside:
                start = max(0, todo[0].start - at)
                out += [*letters[first:start], '<mark class="contradiction">']
                first, inside = start, True
            if todo[0].end > end:
                break
            found = todo.pop(0)
            out += letters[first : found.end - at]
            note = html.escape(found.truth_ko if language == "ko" else found.truth_en)
            out.append(f'</mark><span class="contradiction-note">{note}</span>')
            first, inside = found.end - at, False
        out += letters[first:]
        at = end
    return "".join(out)
